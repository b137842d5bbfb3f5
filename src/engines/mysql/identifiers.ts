/** Names and literals in MySQL's SQL, for sessions with sql_mode ''. */
import type { TableName } from '../../model/table.js';

export function quoteIdentifier(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

export function quoteTable(name: TableName): string {
  return `${quoteIdentifier(name.schema)}.${quoteIdentifier(name.table)}`;
}

/** A text literal that no sql_mode and no character set can change the meaning of. */
export function textLiteral(text: string): string {
  return text === '' ? "_utf8mb4''" : `_utf8mb4 x'${Buffer.from(text, 'utf8').toString('hex')}'`;
}
