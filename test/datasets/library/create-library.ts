import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestDatabase } from '../../servers/create-database.js';
import { libraryRows, type Cell } from './rows.js';
import { LIBRARY_TABLES } from './tables.js';

/** What one INSERT holds. */
const ROWS_PER_STATEMENT = 200;

/** Makes the tables in the source's own types and fills them. */
export async function createLibrary(database: TestDatabase): Promise<void> {
  const isPostgres = database.server.name === 'postgres';
  const sql = await readFile(join(import.meta.dirname, isPostgres ? 'postgres.sql' : 'mysql.sql'), 'utf8');
  for (const statement of sql.split(/;\n/).filter((text) => text.trim() !== '')) await database.query(statement);
  const dialect = isPostgres ? POSTGRES : MYSQL;
  const rows = libraryRows();
  for (const { name } of LIBRARY_TABLES) {
    const literals = rows[name].map((row) => `(${row.map((cell) => literal(cell, dialect)).join(', ')})`);
    for (let start = 0; start < literals.length; start += ROWS_PER_STATEMENT) {
      const values = literals.slice(start, start + ROWS_PER_STATEMENT).join(', ');
      await database.query(`INSERT INTO ${dialect.quote(name)} VALUES ${values}`);
    }
  }
}

interface Dialect {
  quote(name: string): string;
  text(value: string): string;
  bytes(hex: string): string;
}

const POSTGRES: Dialect = {
  quote: (name) => `"${name}"`,
  text: (value) => `'${value.replaceAll(`'`, `''`)}'`,
  bytes: (hex) => `'\\x${hex}'`,
};

const MYSQL: Dialect = {
  quote: (name) => `\`${name}\``,
  text: (value) => `'${value.replaceAll('\\', '\\\\').replaceAll(`'`, `''`)}'`,
  bytes: (hex) => `x'${hex}'`,
};

function literal(cell: Cell, dialect: Dialect): string {
  if (cell === null) return 'NULL';
  if (Buffer.isBuffer(cell)) return dialect.bytes(cell.toString('hex'));
  return typeof cell === 'string' ? dialect.text(cell) : String(cell);
}
