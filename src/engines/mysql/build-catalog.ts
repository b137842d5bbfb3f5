/** Rows of information_schema → tables. Pure. */
import type { LeftOutRelation, SourceCatalog } from '../ports.js';
import { bug } from '../../errors/dmsctl-error.js';
import type {
  ColumnDefinition,
  GeneratedColumn,
  KeyDefinition,
  TableDefinition,
  TableName,
  TableSize,
} from '../../model/table.js';
import { quoteTableName } from '../../model/table.js';
import type { CatalogRows, ColumnRow, KeyPartRow, TableRow } from './catalog-rows.js';
import { quoteIdentifier } from './identifiers.js';
import { rangeBasisOf } from './range-basis.js';
import { chooseKey } from './table-key.js';
import { nativeTypeOf, type NativeColumn } from './types.js';

type Engine = NativeColumn['engine'];

const LOADED_KINDS: ReadonlySet<string> = new Set(['BASE TABLE', 'SYSTEM VERSIONED']);

const LEFT_OUT_REASONS: ReadonlyMap<string, string> = new Map([
  ['VIEW', 'a view: its rows belong to other tables'],
  ['SYSTEM VIEW', 'a view of the system'],
  ['SEQUENCE', 'a sequence: it holds a counter, no rows'],
  ['TEMPORARY', 'a temporary table'],
]);

export function buildCatalog(rows: CatalogRows, engine: Engine): SourceCatalog {
  const columnRows = groupByTable(rows.columns);
  const keyPartRows = groupByTable(rows.uniqueKeyParts);
  const jsonClauses = new Map(
    [...groupByTable(rows.checks)].map(([table, checks]) => [table, new Set(checks.map(({ clause }) => clause))]),
  );
  const tables: TableDefinition[] = [];
  const leftOut: LeftOutRelation[] = [];
  for (const row of rows.tables) {
    const name = nameOf(row);
    const address = quoteTableName(name);
    const reason = leftOutReason(row);
    if (reason !== null) leftOut.push({ name, reason });
    if (!isLoaded(row)) continue;
    const rowsOfColumns = inOrder(columnRows.get(address) ?? []);
    const columns = rowsOfColumns.map((column) => buildColumn(column, engine, jsonClauses.get(address) ?? new Set()));
    const key = chooseKey(buildKeys(keyPartRows.get(address) ?? [], columns));
    const collations = new Map(rowsOfColumns.map((column) => [column.name, column.collation]));
    const rangeBasis = rangeBasisOf(key, (column) => collations.get(column) ?? null);
    tables.push({ name, columns, key, userTypes: [], rangeBasis, size: sizeOf(row) });
  }
  return { tables: tables.sort(byName), leftOut: leftOut.sort(byName) };
}

function isLoaded({ kind, storageEngine }: TableRow): boolean {
  return LOADED_KINDS.has(text(kind)) && storageEngine !== null;
}

function leftOutReason({ kind, storageEngine }: TableRow): string | null {
  if (kind === 'SYSTEM VERSIONED') return 'the history of a system-versioned table; its current rows are moved';
  if (!LOADED_KINDS.has(text(kind))) return LEFT_OUT_REASONS.get(text(kind)) ?? `not a table (${text(kind)})`;
  return storageEngine === null ? 'the server cannot open it: its storage engine or its files are missing' : null;
}

function buildColumn(row: ColumnRow, engine: Engine, jsonClauses: ReadonlySet<string | null>): ColumnDefinition {
  const name = text(row.name);
  const native: NativeColumn = {
    engine,
    dataType: text(row.dataType),
    columnType: text(row.columnType),
    lengthMax: integer(row.lengthMax),
    precision: integer(row.precision),
    scale: integer(row.scale),
    fraction: integer(row.fraction),
    srid: integer(row.srid),
    isCheckedJson: jsonClauses.has(`json_valid(${quoteIdentifier(name)})`),
  };
  return {
    name,
    type: nativeTypeOf(native.columnType).toNeutral(native),
    nativeType: native.columnType,
    isNullable: row.isNullable === 'YES',
    generated: generatedOf(row),
  };
}

function generatedOf({ extra, generation }: ColumnRow): GeneratedColumn | null {
  if (generation === null || generation === '') return null;
  return {
    expression: generation,
    storage: text(extra).includes('VIRTUAL') ? 'virtual' : 'stored',
    // The row's period in a system-versioned table: only the server that keeps the history can compute it.
    isPortable: generation !== 'ROW START' && generation !== 'ROW END',
  };
}

/** Keys over prefixes of columns or over expressions are left away: their columns alone do not say which row it is. */
function buildKeys(parts: readonly KeyPartRow[], columns: readonly ColumnDefinition[]): readonly KeyDefinition[] {
  const nullable = new Set(columns.filter(({ isNullable }) => isNullable).map(({ name }) => name));
  const byKey = groupBy(parts, ({ keyName }) => text(keyName));
  return [...byKey].flatMap(([name, keyParts]) => {
    const isPlain = keyParts.every(({ columnName, prefixLength }) => columnName !== null && prefixLength === null);
    if (!isPlain) return [];
    const names = inOrder(keyParts).map(({ columnName }) => text(columnName));
    const kind = name === 'PRIMARY' ? 'primary' : 'unique';
    return [{ kind, name, columns: names, identifiesRow: !names.some((column) => nullable.has(column)) }];
  });
}

function sizeOf({ estimatedRows, estimatedBytes }: TableRow): TableSize {
  return { estimatedRows: integer(estimatedRows), estimatedBytes: integer(estimatedBytes) };
}

interface InTable {
  readonly schemaName: string | null;
  readonly tableName: string | null;
}

function nameOf({ schemaName, tableName }: InTable): TableName {
  return { schema: text(schemaName), table: text(tableName) };
}

function groupByTable<Row extends InTable>(rows: readonly Row[]): Map<string, Row[]> {
  return groupBy(rows, (row) => quoteTableName(nameOf(row)));
}

function groupBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}

function inOrder<Row extends { readonly ordinal: string | null }>(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted((left, right) => Number(left.ordinal) - Number(right.ordinal));
}

/** By code unit, which is by code point here: MySQL's names hold no characters beyond the basic plane. */
function byName(left: { readonly name: TableName }, right: { readonly name: TableName }): number {
  return compare(left.name.schema, right.name.schema) || compare(left.name.table, right.name.table);
}

function compare(left: string, right: string): number {
  return left === right ? 0 : left < right ? -1 : 1;
}

function text(value: string | null): string {
  if (value === null) throw bug('information_schema has NULL for a name or a type.');
  return value;
}

function integer(value: string | null): number | null {
  return value === null ? null : Number(value);
}
