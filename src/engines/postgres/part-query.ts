/** The SQL that reads a part of a table. */
import type { SnapshotTable } from '../ports.js';
import { bug } from '../../errors/dmsctl-error.js';
import type { KeyRange, LoadPart } from '../../model/load-part.js';
import type { BatchFormat } from '../../model/row-batch.js';
import type { TableName } from '../../model/table.js';
import { quoteIdentifier, quoteLiteral, quoteTable } from './identifiers.js';

export interface PartQuery {
  readonly part: LoadPart;
  readonly format: BatchFormat;
  readonly isPartitioned: boolean;
}

/** Every type's output text is its canonical text already, so whatever a column is delivered as, it is read as it is. */
export function copyPartSql({ mapping, columns }: SnapshotTable, { part, format, isPartitioned }: PartQuery): string {
  const list = columns.map(({ source }) => quoteIdentifier(source.name)).join(', ');
  const condition = rangeCondition(mapping.sourceKey?.columns ?? [], part.range);
  const where = condition === null ? '' : ` WHERE ${condition}`;
  const options = format === 'copy-binary' ? ' (FORMAT binary)' : '';
  return `COPY (SELECT ${list} FROM ${ownRows(mapping.source, { isPartitioned })}${where}) TO STDOUT${options}`;
}

/** A table without those that inherit from it, which are tables of their own; a partitioned one with its partitions. */
export function ownRows(name: TableName, { isPartitioned }: { readonly isPartitioned: boolean }): string {
  return isPartitioned ? quoteTable(name) : `ONLY ${quoteTable(name)}`;
}

/**
 * The condition for `range`, or null when it is open at both ends. The server compares, by the columns' own types and
 * collations: an untyped literal takes the type of the column beside it.
 */
export function rangeCondition(keyColumns: readonly string[], { after, upTo }: KeyRange): string | null {
  const conditions = [
    ...(after === null ? [] : [compare(keyColumns, '>', after)]),
    ...(upTo === null ? [] : [compare(keyColumns, '<=', upTo)]),
  ];
  return conditions.length === 0 ? null : conditions.join(' AND ');
}

function compare(keyColumns: readonly string[], operator: '>' | '<=', bound: readonly string[]): string {
  if (keyColumns.length !== bound.length || bound.length === 0) {
    throw bug(`a bound of ${bound.length} values for ${keyColumns.length} key columns`);
  }
  const columns = keyColumns.map(quoteIdentifier).join(', ');
  return `(${columns}) ${operator} (${bound.map(quoteLiteral).join(', ')})`;
}
