/** Ranges of a key as SQL, and key values as canonical text and back. The server compares, in the order of its own collation. */
import { bug } from '../../errors/dmsctl-error.js';
import type { KeyRange } from '../../model/load-part.js';
import type { ColumnDefinition } from '../../model/table.js';
import type { TableMapping } from '../../model/table-mapping.js';
import { quoteIdentifier, textLiteral } from './identifiers.js';
import { collationAt } from './range-basis.js';
import { nativeTypeOf } from './types.js';

/** The leading columns of the key that ranges can be written over; none when the key does not identify a row. */
export function rangeColumns({ sourceKey, columns, rangeBasis }: TableMapping): readonly ColumnDefinition[] {
  if (sourceKey?.identifiesRow !== true) return [];
  const definitions = sourceKey.columns.map((name) => {
    const mapping = columns.find(({ source }) => source.name === name);
    if (mapping === undefined) throw bug(`the key column ${name} is not in the mapping.`);
    return mapping.source;
  });
  const firstUnfit = definitions.findIndex(
    ({ nativeType }, index) =>
      !nativeTypeOf(nativeType).isWalkable || isComparedUnlikeIndexed(nativeType, collationAt(rangeBasis, index)),
  );
  return firstUnfit === -1 ? definitions : definitions.slice(0, firstUnfit);
}

/**
 * MariaDB pads a CHAR with spaces in the index even when its collation has none, and compares it without them: `'a' < 'a\t'`,
 * but the index has them the other way round, so that a range of it from `'a'` on misses `'a\t'`. Seen in 10.11.
 */
function isComparedUnlikeIndexed(nativeType: string, collation = ''): boolean {
  return /^char\b/i.test(nativeType) && collation.includes('_nopad_');
}

/** The condition for `range`, or null when it is open at both ends. */
export function rangeCondition(mapping: TableMapping, { after, upTo }: KeyRange): string | null {
  const columns = rangeColumns(mapping);
  const conditions = [
    ...(after === null ? [] : [compareWith(columns, after, { side: '>', last: '>' })]),
    ...(upTo === null ? [] : [compareWith(columns, upTo, { side: '<', last: '<=' })]),
  ];
  return conditions.length === 0 ? null : conditions.join(' AND ');
}

export function equalsCondition(columns: readonly ColumnDefinition[], bound: readonly string[]): string {
  return columns
    .map((column, index) => `${quoteIdentifier(column.name)} = ${literalAt(columns, bound, index)}`)
    .join(' AND ');
}

/** `(a > x) OR (a = x AND b > y)`: MySQL scans no range of an index for `(a, b) > (x, y)`. */
function compareWith(
  columns: readonly ColumnDefinition[],
  bound: readonly string[],
  operators: { readonly side: '>' | '<'; readonly last: '>' | '<=' },
): string {
  if (columns.length !== bound.length || columns.length === 0) {
    throw bug(`a bound of ${bound.length} values for ${columns.length} key columns.`);
  }
  const alternatives = columns.map((column, index) => {
    const operator = index === columns.length - 1 ? operators.last : operators.side;
    const equalBefore = index === 0 ? '' : `${equalsCondition(columns.slice(0, index), bound)} AND `;
    return `(${equalBefore}${quoteIdentifier(column.name)} ${operator} ${literalAt(columns, bound, index)})`;
  });
  return `(${alternatives.join(' OR ')})`;
}

function literalAt(columns: readonly ColumnDefinition[], bound: readonly string[], index: number): string {
  const column = columns[index];
  const text = bound[index];
  if (column === undefined || text === undefined) throw bug('a bound is shorter than its key.');
  return keyLiteral(column, text);
}

/** A literal of the column's own kind, so that the index is used. Bounds come back from the target's control tables. */
export function keyLiteral(column: ColumnDefinition, text: string): string {
  const { form } = nativeTypeOf(column.nativeType);
  if (form === 'text') return textLiteral(text);
  if (form === 'bytes' && /^\\x([0-9a-f]{2})*$/.test(text)) return `x'${text.slice(2)}'`;
  if (form === 'number' && /^-?\d+(\.\d+)?$/.test(text)) return text;
  if ((form === 'date' || form === 'plain') && /^[-0-9a-fA-F:. ]+$/.test(text)) return `'${text}'`;
  throw bug(`a bound of column ${column.name} is not a ${column.nativeType}.`);
}

/** Canonical text of a key value as the server sends it. */
export function keyText(column: ColumnDefinition, value: Buffer): string {
  const { form } = nativeTypeOf(column.nativeType);
  if (form === 'bytes') return `\\x${value.toString('hex')}`;
  const text = value.toString('utf8');
  return form === 'number' ? text.replace(/^(-?)0+(?=\d)/, '$1') : text;
}
