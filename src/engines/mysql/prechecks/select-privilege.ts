import type { Precheck } from '../../ports.js';
import { DmsctlError } from '../../../errors/dmsctl-error.js';
import type { Endpoint } from '../../../model/endpoint.js';
import type { Finding } from '../../../model/finding.js';
import { formatTableName, type TableName } from '../../../model/table.js';
import type { MysqlConnection } from '../connection.js';
import type { ConnectionPool } from '../connection-pool.js';
import { quoteTable } from '../identifiers.js';

const NAME = 'mysql.select-privilege';

export function selectPrivilege(pool: ConnectionPool, endpoint: Endpoint, tables: readonly TableName[]): Precheck {
  return {
    name: NAME,
    run: (signal) =>
      pool.use(signal, async (connection) => {
        const findings: Finding[] = [];
        for (const table of tables) {
          if (await isReadable(connection, table, signal)) continue;
          findings.push(missingRight(table, endpoint));
        }
        return findings;
      }),
  };
}

/** Asked by reading nothing: rights may come by role, by wildcard or by column, and the server knows best. */
async function isReadable(connection: MysqlConnection, table: TableName, signal: AbortSignal): Promise<boolean> {
  try {
    await connection.query(`SELECT * FROM ${quoteTable(table)} LIMIT 0`, {
      doing: `reading ${formatTableName(table)}`,
      signal,
    });
    return true;
  } catch (error) {
    if (error instanceof DmsctlError && error.code === 'MYSQL_MISSING_RIGHTS') return false;
    throw error;
  }
}

function missingRight(table: TableName, endpoint: Endpoint): Finding {
  return {
    check: NAME,
    severity: 'error',
    object: formatTableName(table),
    found: `the account ${endpoint.user} may not read every column of the table.`,
    why: 'Its rows cannot be loaded.',
    fix: `Grant it on the source, for the host that the account logs in from:\n  GRANT SELECT ON ${quoteTable(table)} TO '${endpoint.user.replaceAll("'", "''")}'@'%';`,
  };
}
