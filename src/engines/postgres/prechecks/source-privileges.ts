import type { Precheck } from '../../ports.js';
import type { Finding } from '../../../model/finding.js';
import { formatTableName, type TableName } from '../../../model/table.js';
import type { PostgresConnections } from '../connection-pool.js';
import { quoteIdentifier, quoteTable } from '../identifiers.js';

const NAME = 'postgres.source-privileges';

export interface TableRights extends TableName {
  readonly user: string;
  /** Null when the table is gone. */
  readonly hasSelect: 't' | 'f' | null;
  readonly hasUsage: 't' | 'f' | null;
}

export function sourcePrivileges(connections: PostgresConnections, tables: readonly TableName[]): Precheck {
  return {
    name: NAME,
    run: (signal) =>
      connections.use(signal, async (connection) => {
        const rights = await connection.query<TableRights>(
          `SELECT wanted.schema, wanted."table", current_user AS user,
             has_schema_privilege(n.oid, 'USAGE') AS "hasUsage", has_table_privilege(c.oid, 'SELECT') AS "hasSelect"
           FROM json_to_recordset($1::json) AS wanted(schema text, "table" text)
           LEFT JOIN pg_namespace n ON n.nspname = wanted.schema
           LEFT JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted."table"`,
          [JSON.stringify(tables)],
          'reading privileges',
        );
        return judgePrivileges(rights);
      }),
  };
}

/** One finding a schema, then one a table: a missing USAGE would otherwise be told for every table in it. */
export function judgePrivileges(rights: readonly TableRights[]): readonly Finding[] {
  const closedSchemas = new Map(rights.filter(({ hasUsage }) => hasUsage === 'f').map((row) => [row.schema, row.user]));
  return [
    ...[...closedSchemas].map(([schema, user]) =>
      missing(`schema ${schema}`, `${user} has no USAGE on the schema.`, [
        `GRANT USAGE ON SCHEMA ${quoteIdentifier(schema)} TO ${quoteIdentifier(user)};`,
      ]),
    ),
    ...rights
      .filter(({ hasSelect }) => hasSelect === 'f')
      .map((row) =>
        missing(formatTableName(row), `${row.user} has no SELECT on the table.`, [
          `GRANT SELECT ON ${quoteTable(row)} TO ${quoteIdentifier(row.user)};`,
        ]),
      ),
  ];
}

function missing(object: string, found: string, sql: readonly string[]): Finding {
  return {
    check: NAME,
    severity: 'error',
    object,
    found,
    why: 'Its rows cannot be read.',
    fix: ['Run on the source, as the owner or a superuser:', ...sql.map((line) => `  ${line}`)].join('\n'),
  };
}
