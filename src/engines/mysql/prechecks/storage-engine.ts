import type { Precheck } from '../../ports.js';
import type { Finding } from '../../../model/finding.js';
import { formatTableName, type TableName } from '../../../model/table.js';
import type { TextRow } from '../connection.js';
import type { ConnectionPool } from '../connection-pool.js';

const NAME = 'mysql.storage-engine';

/** A consistent snapshot covers the rows of transactional engines only. */
export function storageEngine(pool: ConnectionPool, tables: readonly TableName[]): Precheck {
  return {
    name: NAME,
    run: (signal) =>
      pool.use(signal, async (connection) => {
        const rows = await connection.query<TextRow<'schemaName' | 'tableName' | 'engine'>>(
          `SELECT t.TABLE_SCHEMA AS schemaName, t.TABLE_NAME AS tableName, t.ENGINE AS engine
           FROM information_schema.TABLES t JOIN information_schema.ENGINES e ON e.ENGINE = t.ENGINE
           WHERE e.TRANSACTIONS <> 'YES' OR e.TRANSACTIONS IS NULL`,
          { doing: 'reading the storage engines of the tables', signal },
        );
        const engines = new Map(rows.map((row) => [`${row.schemaName}.${row.tableName}`, row.engine]));
        return tables.flatMap((table) => {
          const engine = engines.get(formatTableName(table)) ?? null;
          return engine === null ? [] : [finding(table, engine)];
        });
      }),
  };
}

function finding(table: TableName, engine: string): Finding {
  return {
    check: NAME,
    severity: 'warning',
    object: formatTableName(table),
    found: `the table is kept by ${engine}, which has no transactions.`,
    why: 'Rows written while the table loads may be in the load or not.',
    fix: `Stop writing to the table while it loads, or convert it on the source:\n  ALTER TABLE ${formatTableName(table)} ENGINE = InnoDB;`,
  };
}
