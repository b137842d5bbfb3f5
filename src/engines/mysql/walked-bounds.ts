/** Bounds from the key itself: every n-th value of its index, however skewed it is. */
import type { SnapshotTable } from '../ports.js';
import { bug } from '../../errors/dmsctl-error.js';
import type { ColumnDefinition } from '../../model/table.js';
import type { MysqlConnection, QueryContext } from './connection.js';
import { quoteIdentifier, quoteTable } from './identifiers.js';
import { equalsCondition, keyText, rangeCondition } from './key-range.js';

type Bound = readonly string[];

/** Upper bounds of all parts but the last, in the server's order, at most twice as many as wanted. */
export async function walkedBounds(
  connection: MysqlConnection,
  { mapping }: SnapshotTable,
  columns: readonly ColumnDefinition[],
  { partCount, context }: { readonly partCount: number; readonly context: QueryContext },
): Promise<readonly Bound[]> {
  if (mapping.sourceKey === null) throw bug('a table without a key was to be split.');
  const table = quoteTable(mapping.source);
  const keyColumns = columns.map(({ name }) => quoteIdentifier(name)).join(', ');
  const from = `SELECT ${keyColumns} FROM ${table} FORCE INDEX (${quoteIdentifier(mapping.sourceKey.name)})`;
  let rowsPerPart = Math.max(1, Math.ceil((mapping.size.estimatedRows ?? partCount) / partCount));
  let bounds: Bound[] = [];
  for (;;) {
    const condition = rangeCondition(mapping, { after: bounds.at(-1) ?? null, upTo: null });
    const where = condition === null ? '' : ` WHERE ${condition}`;
    const [row] = await connection.queryBytes(
      `${from}${where} ORDER BY ${keyColumns} LIMIT 1 OFFSET ${rowsPerPart - 1}`,
      context,
    );
    if (row === undefined) return bounds;
    const bound = toBound(columns, row);
    // A value that the text does not lead back to (bytes that are invalid in its character set) could break the order.
    const [found] = await connection.queryBytes(
      `SELECT 1 FROM ${table} WHERE ${equalsCondition(columns, bound)} LIMIT 1`,
      context,
    );
    if (found === undefined) return bounds;
    bounds.push(bound);
    if (bounds.length >= partCount * 2) {
      // The table holds far more rows than the server estimated: every other bound is enough.
      bounds = bounds.filter((_, index) => index % 2 === 1);
      rowsPerPart *= 2;
    }
  }
}

function toBound(columns: readonly ColumnDefinition[], row: readonly (Buffer | null)[]): Bound {
  return columns.map((column, index) => {
    const value = row[index] ?? null;
    if (value === null) throw bug(`the key column ${column.name} holds NULL.`);
    return keyText(column, value);
  });
}
