import type { ColumnType } from './column-type.js';
import type { ColumnDefinition, GeneratedColumn, KeyDefinition, TableName, TableSize, UserType } from './table.js';

/** How one source column arrives on the target. */
export interface ColumnMapping {
  readonly source: ColumnDefinition;
  readonly targetName: string;
  /** In the target engine's DDL. */
  readonly targetType: string;
  readonly isNullable: boolean;
  /** The type whose canonical text the source must send: `source.type`, or what the target asked for instead. */
  readonly deliverAs: ColumnType;
  /** Set when the target computes the column itself; such a column is not loaded. */
  readonly generated: GeneratedColumn | null;
  /** What the target's type cannot keep, in words for the plan. Empty: exact. */
  readonly losses: readonly string[];
  /** True when source and target column have the same native type of the same engine, so that binary rows fit. */
  readonly isSameType: boolean;
}

/** A table of a task: what is read, where it goes, and what it should look like there. */
export interface TableMapping {
  readonly source: TableName;
  readonly target: TableName;
  readonly columns: readonly ColumnMapping[];
  /** Key to create on the target, in target column names. */
  readonly key: KeyDefinition | null;
  /** Key of the source in source column names, for splitting into parts. */
  readonly sourceKey: KeyDefinition | null;
  readonly userTypes: readonly UserType[];
  /** The source table's; see TableDefinition. */
  readonly rangeBasis: string;
  readonly size: TableSize;
}

/** The columns that travel, in the order of the batches. */
export function loadedColumns(mapping: TableMapping): readonly ColumnMapping[] {
  return mapping.columns.filter((column) => column.generated === null);
}
