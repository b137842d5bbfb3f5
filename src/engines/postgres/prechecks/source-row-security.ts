import type { Precheck } from '../../ports.js';
import type { Finding } from '../../../model/finding.js';
import { formatTableName, type TableName } from '../../../model/table.js';
import type { PostgresConnections } from '../connection-pool.js';
import { quoteIdentifier } from '../identifiers.js';

const NAME = 'postgres.source-row-security';

export interface SecuredTable extends TableName {
  readonly user: string;
}

export function sourceRowSecurity(connections: PostgresConnections, tables: readonly TableName[]): Precheck {
  return {
    name: NAME,
    run: (signal) =>
      connections.use(signal, async (connection) => {
        const secured = await connection.query<SecuredTable>(
          `SELECT wanted.schema, wanted."table", current_user AS user
           FROM json_to_recordset($1::json) AS wanted(schema text, "table" text)
           JOIN pg_namespace n ON n.nspname = wanted.schema
           JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted."table"
           WHERE row_security_active(c.oid)`,
          [JSON.stringify(tables)],
          'looking for row security',
        );
        return judgeRowSecurity(secured);
      }),
  };
}

export function judgeRowSecurity(secured: readonly SecuredTable[]): readonly Finding[] {
  return secured.map((row) => ({
    check: NAME,
    severity: 'error',
    object: formatTableName(row),
    found: `row security policies apply to ${row.user}.`,
    why: 'They would hide rows, and the target would silently lack them; dmsctl reads no table through a policy.',
    fix: `Run on the source, as a superuser:\n  ALTER ROLE ${quoteIdentifier(row.user)} BYPASSRLS;`,
  }));
}
