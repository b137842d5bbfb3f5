/** Bounds from the key itself: every n-th value of its index, however skewed it is. */
import type { SnapshotTable } from '../ports.js';
import { bug } from '../../errors/dmsctl-error.js';
import type { KeyRange } from '../../model/load-part.js';
import type { ColumnDefinition } from '../../model/table.js';
import type { TableMapping } from '../../model/table-mapping.js';
import type { MysqlConnection, QueryContext } from './connection.js';
import { quoteIdentifier, quoteTable } from './identifiers.js';
import { equalsCondition, keyText, rangeCondition } from './key-range.js';

type Bound = readonly string[];
type KeyRow = readonly (Buffer | null)[];

/**
 * Upper bounds of all parts but the last, in the server's order, at most twice as many as wanted. None where the rows
 * around a bound are not in the parts that the index says: a comparison that differs from the index would lose rows.
 */
export async function walkedBounds(
  connection: MysqlConnection,
  { mapping }: SnapshotTable,
  columns: readonly ColumnDefinition[],
  { partCount, context }: { readonly partCount: number; readonly context: QueryContext },
): Promise<readonly Bound[]> {
  const readKeys = keyReader(connection, mapping, columns, context);
  let rowsPerPart = Math.max(1, Math.ceil((mapping.size.estimatedRows ?? partCount) / partCount));
  let bounds: Bound[] = [];
  for (;;) {
    const after = bounds.at(-1) ?? null;
    const offset = Math.max(0, rowsPerPart - 2);
    const rows = await readKeys({ after, upTo: null }, `LIMIT 3 OFFSET ${offset}`);
    const upToBound = rows.slice(0, rowsPerPart - offset);
    const row = upToBound.at(-1);
    if (row === undefined || upToBound.length < rowsPerPart - offset) return bounds;
    const bound = toBound(columns, row);
    // A value that the text does not lead back to (bytes that are invalid in its character set) could break the order.
    const [found] = await connection.queryBytes(
      `SELECT 1 FROM ${quoteTable(mapping.source)} WHERE ${equalsCondition(columns, bound)} LIMIT 1`,
      context,
    );
    if (found === undefined) return bounds;
    const before = await readKeys({ after, upTo: bound }, 'LIMIT 2', 'DESC');
    const behind = await readKeys({ after: bound, upTo: null }, 'LIMIT 1');
    if (!areSame(before.toReversed(), upToBound) || !areSame(behind, rows.slice(upToBound.length))) return [];
    bounds.push(bound);
    if (bounds.length >= partCount * 2) {
      // The table holds far more rows than the server estimated: every other bound is enough.
      bounds = bounds.filter((_, index) => index % 2 === 1);
      rowsPerPart *= 2;
    }
  }
}

type ReadKeys = (range: KeyRange, limit: string, direction?: 'ASC' | 'DESC') => Promise<readonly KeyRow[]>;

/** Reads keys of a range in the order of the index. */
function keyReader(
  connection: MysqlConnection,
  mapping: TableMapping,
  columns: readonly ColumnDefinition[],
  context: QueryContext,
): ReadKeys {
  if (mapping.sourceKey === null) throw bug('a table without a key was to be split.');
  const names = columns.map(({ name }) => quoteIdentifier(name));
  const index = quoteIdentifier(mapping.sourceKey.name);
  const from = `SELECT ${names.join(', ')} FROM ${quoteTable(mapping.source)} FORCE INDEX (${index})`;
  return (range, limit, direction = 'ASC') => {
    const condition = rangeCondition(mapping, range);
    const where = condition === null ? '' : ` WHERE ${condition}`;
    const order = names.map((name) => `${name} ${direction}`).join(', ');
    return connection.queryBytes(`${from}${where} ORDER BY ${order} ${limit}`, context);
  };
}

function areSame(left: readonly KeyRow[], right: readonly KeyRow[]): boolean {
  const isSameValue = (one: Buffer | null, other: Buffer | null | undefined): boolean =>
    one === null ? other === null : other instanceof Buffer && one.equals(other);
  return (
    left.length === right.length &&
    left.every((row, at) => row.every((value, column) => isSameValue(value, right[at]?.[column])))
  );
}

function toBound(columns: readonly ColumnDefinition[], row: readonly (Buffer | null)[]): Bound {
  return columns.map((column, index) => {
    const value = row[index] ?? null;
    if (value === null) throw bug(`the key column ${column.name} holds NULL.`);
    return keyText(column, value);
  });
}
