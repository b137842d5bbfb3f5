/**
 * Edge values of types, as data. A table of a family has a column for each case and a row for each value: row 1 holds the
 * first value of every case, row 2 the second… A last row holds NULL throughout.
 */
import type { TestDatabase } from '../../servers/create-database.js';
import type { TextRow } from '../../servers/text-connection.js';

export interface TypeCase {
  /** Also the name of the column. */
  readonly name: string;
  /** What follows the column's name in CREATE TABLE. */
  readonly type: string;
  /** The target's type, as its format_type() writes it. */
  readonly target: string;
  /** What the target shows instead of the value's text: SQL in which `?` stands for the column. */
  readonly shown?: string;
  /** SQL on the source, and the text on the target. */
  readonly values: readonly (readonly [sql: string, text: string | null])[];
  /** Stands in rows for which there is no value. */
  readonly filler?: readonly [sql: string, text: string | null];
}

export interface TypeFamily {
  readonly table: string;
  readonly cases: readonly TypeCase[];
  /** Run on the source's session first. */
  readonly before?: readonly string[];
  /** Follows the columns in CREATE TABLE. */
  readonly options?: string;
}

const NULL_VALUE = ['NULL', null] as const;

/** The bits of floats, because two texts may stand for one value, and one text for two. */
export const FLOAT4_BITS = `encode(float4send(?), 'hex')`;
export const FLOAT8_BITS = `encode(float8send(?), 'hex')`;
/** For values too long to be stated. */
export const LENGTH_AND_SHA256 = `octet_length(?) || ' ' || encode(sha256(?), 'hex')`;

export async function createFamilies(
  source: TestDatabase,
  families: readonly TypeFamily[],
  quote: '"' | '`',
): Promise<void> {
  for (const { table, cases, before = [], options = '' } of families) {
    for (const statement of before) await source.query(statement);
    const columns = cases.map(({ name, type }) => `${quote}${name}${quote} ${type}`);
    await source.query(`CREATE TABLE ${table} (id int PRIMARY KEY, ${columns.join(', ')}) ${options}`);
    const names = cases.map(({ name }) => `${quote}${name}${quote}`);
    for (let row = 0; row < rowCount(cases); row++) {
      const values = cases.map((typeCase) => valueAt(typeCase, row)[0]);
      await source.query(`INSERT INTO ${table} (id, ${names.join(', ')}) VALUES (${row + 1}, ${values.join(', ')})`);
    }
  }
}

/** What stands in the target's column, row by row. */
export async function shownValues(
  target: TestDatabase,
  table: string,
  { name, shown = '?::text' }: TypeCase,
): Promise<readonly (string | null)[]> {
  const rows = await target.query(`SELECT ${shown.replaceAll('?', `"${name}"`)} AS shown FROM ${table} ORDER BY id`);
  return rows.map((row: TextRow) => row.shown ?? null);
}

export function expectedValues({ cases }: TypeFamily, typeCase: TypeCase): readonly (string | null)[] {
  return Array.from({ length: rowCount(cases) }, (_, row) => valueAt(typeCase, row)[1]);
}

/** `column` → type, as the target's catalog has it. */
export async function targetTypes(target: TestDatabase, table: string): Promise<ReadonlyMap<string, string>> {
  const rows = await target.query(
    `SELECT attname, format_type(atttypid, atttypmod) AS type FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
    [table],
  );
  return new Map(rows.map(({ attname, type }) => [attname ?? '', type ?? '']));
}

function valueAt({ values, filler = NULL_VALUE }: TypeCase, row: number): readonly [sql: string, text: string | null] {
  return values[row] ?? filler;
}

function rowCount(cases: readonly TypeCase[]): number {
  return Math.max(...cases.map(({ values }) => values.length)) + 1;
}
