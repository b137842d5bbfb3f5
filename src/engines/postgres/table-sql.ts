/** The statements that make, fill and finish a table. Pure. */
import type { BatchFormat } from '../../model/row-batch.js';
import { type ColumnMapping, loadedColumns, type TableMapping } from '../../model/table-mapping.js';
import { quoteIdentifier, quoteTable } from './identifiers.js';
import { ownRows } from './part-query.js';

/** Without its key, which is built after the rows: one sort instead of an index insertion a row. */
export function createTableSql(mapping: TableMapping): string {
  const columns = mapping.columns.map((column) => `\n  ${columnSql(column)}`);
  return `CREATE TABLE ${quoteTable(mapping.target)} (${columns.join(',')}\n)`;
}

/** `null` for a table without a key. PostgreSQL names the constraint or index: that name is free in the schema. */
export function createKeySql(mapping: TableMapping): string | null {
  if (mapping.key === null) return null;
  const table = quoteTable(mapping.target);
  const columns = mapping.key.columns.map(quoteIdentifier).join(', ');
  switch (mapping.key.kind) {
    case 'primary':
      return `ALTER TABLE ${table} ADD PRIMARY KEY (${columns})`;
    case 'unique':
      return `CREATE UNIQUE INDEX ON ${table} (${columns})`;
  }
}

/**
 * ONLY: tables that inherit from this one are tables of their own, which the same run may have loaded already. A partitioned
 * table cannot be named with it: its rows are those of its partitions.
 */
export function truncateSql({ target }: TableMapping, { isPartitioned }: { readonly isPartitioned: boolean }): string {
  return `TRUNCATE TABLE ${ownRows(target, { isPartitioned })}`;
}

/** Without CASCADE: views and foreign keys that depend on the table are somebody's, and stop the drop by name. */
export function dropTableSql(mapping: TableMapping): string {
  return `DROP TABLE ${quoteTable(mapping.target)}`;
}

export function analyzeSql(mapping: TableMapping): string {
  return `ANALYZE ${quoteTable(mapping.target)}`;
}

export function copySql(mapping: TableMapping, format: BatchFormat): string {
  const columns = loadedColumns(mapping).map(({ targetName }) => quoteIdentifier(targetName));
  // A table without columns has rows too; COPY takes no empty list.
  const list = columns.length === 0 ? '' : ` (${columns.join(', ')})`;
  return `COPY ${quoteTable(mapping.target)}${list} FROM STDIN WITH (FORMAT ${COPY_FORMATS[format]})`;
}

const COPY_FORMATS: Readonly<Record<BatchFormat, string>> = { 'copy-text': 'text', 'copy-binary': 'binary' };

function columnSql({ targetName, targetType, isNullable, generated }: ColumnMapping): string {
  return [
    quoteIdentifier(targetName),
    targetType,
    generated === null ? null : `GENERATED ALWAYS AS (${generated.expression}) ${generated.storage.toUpperCase()}`,
    isNullable ? null : 'NOT NULL',
  ]
    .filter((part) => part !== null)
    .join(' ');
}
