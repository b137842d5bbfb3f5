/** In which format the rows of a family travel from PostgreSQL to PostgreSQL. */
import type { TypeFamily } from '../type-case.js';
import { FAMILIES } from './suite.js';

/** The families all of whose types have a binary form that every version reads alike. */
export const BINARY_TABLES: readonly string[] = [
  'arrays',
  'documents',
  'moments',
  'networks',
  'numbers',
  'shapes',
  'texts',
];

/** The same values beside a type that has no such form, which turns the whole table to text. */
export const BINARY_FAMILIES_AS_TEXT: readonly TypeFamily[] = FAMILIES.filter(({ table }) =>
  BINARY_TABLES.includes(table),
).map((family) => ({
  ...family,
  table: `${family.table}_as_text`,
  cases: [...family.cases, { name: 'turns_to_text', type: 'tsvector', target: 'tsvector', values: [["'a'", "'a'"]] }],
}));

/** The tables that a server with log_statement = all was asked for in binary form, sorted. */
export function tablesReadInBinary(log: string): readonly string[] {
  const statements = log.matchAll(/COPY \(SELECT .* FROM ONLY "public"\."(\w+)"[^\n]* TO STDOUT \(FORMAT binary\)/g);
  return [...new Set([...statements].map(([, table]) => table ?? ''))].sort();
}
