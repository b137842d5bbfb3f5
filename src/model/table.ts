import type { ColumnType } from './column-type.js';

/** Identity of a table: a PostgreSQL schema, MySQL database or Oracle owner, and the table in it. Names as stored. */
export interface TableName {
  readonly schema: string;
  readonly table: string;
}

/** A user-defined type that a column needs and that a same-engine target must have first. */
export interface UserType {
  readonly schema: string;
  readonly name: string;
  /**
   * Two are never created by dmsctl: `extension` types come with their extension, `other` ones with what they belong to
   * (a table's row type, a type in C).
   */
  readonly kind: 'enum' | 'domain' | 'composite' | 'range' | 'extension' | 'other';
  /** What follows `CREATE TYPE|DOMAIN <name>`; for `extension` the extension's name. */
  readonly definition: string;
}

export interface GeneratedColumn {
  /** In the source engine's SQL. */
  readonly expression: string;
  readonly storage: 'stored' | 'virtual';
  /** False when the expression calls something that only the source database has. */
  readonly isPortable: boolean;
}

export interface ColumnDefinition {
  readonly name: string;
  /** The engine-neutral type; see column-type.ts. */
  readonly type: ColumnType;
  /** The type as the source engine writes it in DDL, e.g. `int(10) unsigned`, `numeric(10,2)`, `public.mood[]`. */
  readonly nativeType: string;
  readonly isNullable: boolean;
  readonly generated: GeneratedColumn | null;
}

export interface KeyDefinition {
  readonly kind: 'primary' | 'unique';
  /** As the source names it. */
  readonly name: string;
  readonly columns: readonly string[];
  /** True when every key column is NOT NULL; only then does the key identify a row. */
  readonly identifiesRow: boolean;
}

/** A table as it stands in a database. Columns in their order there. */
export interface TableDefinition {
  readonly name: TableName;
  readonly columns: readonly ColumnDefinition[];
  /** The primary key, else the first unique key by name whose columns are all NOT NULL, else the first unique key. */
  readonly key: KeyDefinition | null;
  readonly userTypes: readonly UserType[];
  /**
   * What, besides the columns, decides which rows a key range holds, in the engine's words: the collations of the key's
   * columns, the partitions that rows are read from. A load is gone on with only while it stays the same.
   */
  readonly rangeBasis: string;
  readonly size: TableSize;
}

/** From the catalog's statistics: never exact. `null` where the server has no figure. */
export interface TableSize {
  readonly estimatedRows: number | null;
  readonly estimatedBytes: number | null;
}

export function formatTableName(name: TableName): string {
  return `${name.schema}.${name.table}`;
}

/** Unambiguous form for addresses and map keys: `"schema"."table"`, quotes inside a name doubled. */
export function quoteTableName(name: TableName): string {
  return `${quote(name.schema)}.${quote(name.table)}`;
}

function quote(part: string): string {
  return `"${part.replaceAll('"', '""')}"`;
}
