import type { TableName } from '../../model/table.js';

/** Longest identifier in bytes (NAMEDATALEN - 1); the server cuts longer ones silently. */
export const IDENTIFIER_BYTES_MAX = 63;

export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quoteTable(name: TableName): string {
  return `${quoteIdentifier(name.schema)}.${quoteIdentifier(name.table)}`;
}

/** A literal for any text. Backslashes go into an E'' string, which reads alike under both standard_conforming_strings. */
export function quoteLiteral(text: string): string {
  const quoted = `'${text.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`;
  return text.includes('\\') ? `E${quoted}` : quoted;
}
