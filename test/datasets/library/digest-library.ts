/** What a database holds of the library, in a form that does not depend on the database. */
import { createHash } from 'node:crypto';
import { canonicalJson, type JsonValue } from '../../../src/lib/canonical-json.js';
import type { TestDatabase } from '../../servers/create-database.js';
import { LIBRARY_TABLES, type ColumnKind, type LibraryTable } from './tables.js';

/** Rows, and the SHA-256 over the rows' texts in the order of their bytes. */
export type LibraryDigest = Readonly<Record<string, string>>;

export async function digestLibrary(database: TestDatabase, schema: string): Promise<LibraryDigest> {
  const entries: [string, string][] = [];
  for (const table of LIBRARY_TABLES) entries.push([table.name, await digestTable(database, schema, table)]);
  return Object.fromEntries(entries);
}

async function digestTable(database: TestDatabase, schema: string, { name, columns }: LibraryTable): Promise<string> {
  const { quote, shown } = database.server.name === 'postgres' ? POSTGRES : MYSQL;
  const kinds = Object.entries(columns);
  const list = kinds.map(([column, kind], index) => `${shown(kind, quote(column))} AS ${quote(`c${index}`)}`);
  const rows = await database.query(`SELECT ${list.join(', ')} FROM ${quote(schema)}.${quote(name)}`);
  const texts = rows.map((row) =>
    JSON.stringify(kinds.map(([, kind], index) => canonicalText(kind, row[`c${index}`] ?? null))),
  );
  const hash = createHash('sha256');
  for (const text of texts.map((row) => Buffer.from(`${row}\n`)).sort((left, right) => Buffer.compare(left, right))) {
    hash.update(text);
  }
  return `${rows.length} rows ${hash.digest('hex')}`;
}

interface Reader {
  readonly quote: (name: string) => string;
  /** SQL for a text that says all about the value. */
  readonly shown: (kind: ColumnKind, column: string) => string;
}

const POSTGRES: Reader = {
  quote: (name) => `"${name}"`,
  shown: (kind, column) => (kind === 'bytes' ? `encode(${column}, 'hex')` : column),
};

const MYSQL: Reader = {
  quote: (name) => `\`${name}\``,
  shown: (kind, column) => {
    if (kind === 'bytes') return `LOWER(HEX(${column}))`;
    return kind === 'json' ? `CAST(${column} AS CHAR)` : column;
  },
};

function canonicalText(kind: ColumnKind, text: string | null): string | null {
  if (text === null) return null;
  switch (kind) {
    case 'number':
    case 'text':
    case 'bytes':
      return text;
    case 'float':
      return String(Number(text));
    case 'moment':
      // MySQL prints every digit of the column's fraction, PostgreSQL none after the last that counts.
      return text.replace(/\.(\d*?)0*$/, (_zeros, digits: string) => (digits === '' ? '' : `.${digits}`));
    case 'truth':
      return text === 't' || text === '1' ? '1' : '0';
    case 'json':
      return canonicalJson(JSON.parse(text) as JsonValue);
  }
}
