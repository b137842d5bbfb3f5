import type { Precheck } from '../../ports.js';
import { DmsctlError } from '../../../errors/dmsctl-error.js';
import type { Endpoint } from '../../../model/endpoint.js';
import type { Finding } from '../../../model/finding.js';
import { formatTableName, type TableName } from '../../../model/table.js';
import type { MysqlConnection } from '../connection.js';
import type { ConnectionPool } from '../connection-pool.js';
import { quoteTable } from '../identifiers.js';

const NAME = 'mysql.select-privilege';

/** Enough that round trips do not matter, few enough that finding the unreadable one is cheap. */
const TABLES_PER_LOOK = 50;

export function selectPrivilege(pool: ConnectionPool, endpoint: Endpoint, tables: readonly TableName[]): Precheck {
  return {
    name: NAME,
    run: (signal) =>
      pool.use(signal, async (connection) => {
        const unreadable: TableName[] = [];
        for (let start = 0; start < tables.length; start += TABLES_PER_LOOK) {
          unreadable.push(...(await findUnreadable(connection, tables.slice(start, start + TABLES_PER_LOOK), signal)));
        }
        return unreadable.map((table) => missingRight(table, endpoint));
      }),
  };
}

/** All at once; only when one of them may not be read, one by one to learn which. */
async function findUnreadable(
  connection: MysqlConnection,
  tables: readonly TableName[],
  signal: AbortSignal,
): Promise<readonly TableName[]> {
  if (await areReadable(connection, tables, signal)) return [];
  const unreadable: TableName[] = [];
  for (const table of tables) {
    if (!(await areReadable(connection, [table], signal))) unreadable.push(table);
  }
  return unreadable;
}

/** Asked by reading nothing: rights may come by role, by wildcard or by column, and the server knows best. */
async function areReadable(
  connection: MysqlConnection,
  tables: readonly TableName[],
  signal: AbortSignal,
): Promise<boolean> {
  const looks = tables.map((table) => `SELECT 1 FROM (SELECT * FROM ${quoteTable(table)} LIMIT 0) AS t`);
  try {
    await connection.query(looks.join(' UNION ALL '), {
      doing: tables.length === 1 ? `reading ${tables.map(formatTableName).join()}` : 'asking which tables may be read',
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
