/** Catalog rows → table definitions. */
import type {
  ColumnDefinition,
  GeneratedColumn,
  KeyDefinition,
  TableDefinition,
  TableSize,
} from '../../model/table.js';
import {
  type ColumnRow,
  type KeyRow,
  readColumns,
  readKeys,
  readSizes,
  type RelationRow,
  type SizeRow,
} from './catalog-rows.js';
import type { PostgresConnection } from './connection.js';
import { type PartitionsRow, readPartitions, toRangeBasis } from './range-basis.js';
import { toColumnType } from './types.js';
import { readUserTypes, type UserTypes } from './user-types.js';

/** Definitions of these relations, in their order. */
export async function readTableDefinitions(
  connection: PostgresConnection,
  relations: readonly RelationRow[],
): Promise<readonly TableDefinition[]> {
  const oids = relations.map(({ oid }) => oid);
  const userTypes = await readUserTypes(connection);
  const columns = groupByRelation(await readColumns(connection, oids));
  const keys = groupByRelation(await readKeys(connection, oids));
  const sizes = groupByRelation(await readSizes(connection, oids));
  const partitions = groupByRelation(await readPartitions(connection, oids));
  return relations.map((relation) =>
    toTableDefinition(relation, {
      columns: columns.get(relation.oid) ?? [],
      keys: keys.get(relation.oid) ?? [],
      size: sizes.get(relation.oid)?.[0],
      partitions: partitions.get(relation.oid)?.[0],
      userTypes,
    }),
  );
}

interface TableRows {
  readonly columns: readonly ColumnRow[];
  readonly keys: readonly KeyRow[];
  readonly size: SizeRow | undefined;
  readonly partitions: PartitionsRow | undefined;
  readonly userTypes: UserTypes;
}

function toTableDefinition({ schema, table }: RelationRow, rows: TableRows): TableDefinition {
  const columns = rows.columns.map((row) => toColumn(row, rows.userTypes));
  const key = chooseKey(rows.keys, columns);
  const collations = new Map(rows.columns.map(({ name, collation }) => [name, collation]));
  return {
    name: { schema, table },
    columns,
    key,
    userTypes: rows.userTypes.neededFor(rows.columns.map(({ typeOid }) => typeOid)),
    rangeBasis: toRangeBasis({
      keyCollations: (key?.columns ?? []).map((name) => collations.get(name) ?? '-'),
      partitions: rows.partitions?.partitions ?? null,
    }),
    size: toSize(rows.size),
  };
}

function toColumn(row: ColumnRow, userTypes: UserTypes): ColumnDefinition {
  const type = toColumnType({
    schema: row.typeSchema,
    name: row.typeName,
    typtype: row.typtype,
    modifier: Number(row.modifier),
    formatted: row.formatted,
    members: userTypes.membersOf(row.typeOid),
    extension: userTypes.extensionOf(row.typeOid),
  });
  return {
    name: row.name,
    type,
    nativeType: row.formatted,
    isNullable: row.isNotNull === 'f',
    generated: toGenerated(row),
  };
}

function toGenerated({ generated, expression, isPortable }: ColumnRow): GeneratedColumn | null {
  if (generated === '' || expression === null) return null;
  return { expression, storage: generated === 'v' ? 'virtual' : 'stored', isPortable: isPortable === 't' };
}

/** See TableDefinition.key. `keys` come sorted by name. */
export function chooseKey(keys: readonly KeyRow[], columns: readonly ColumnDefinition[]): KeyDefinition | null {
  const nullable = new Set(columns.filter((column) => column.isNullable).map((column) => column.name));
  const candidates = keys.map((key): KeyDefinition => {
    const names = JSON.parse(key.columns) as readonly string[];
    const identifiesRow = !names.some((name) => nullable.has(name));
    return { kind: key.isPrimary === 't' ? 'primary' : 'unique', name: key.name, columns: names, identifiesRow };
  });
  return (
    candidates.find((key) => key.kind === 'primary') ??
    candidates.find((key) => key.identifiesRow) ??
    candidates[0] ??
    null
  );
}

function toSize(row: SizeRow | undefined): TableSize {
  return { estimatedRows: toNumber(row?.rows), estimatedBytes: toNumber(row?.bytes) };
}

function toNumber(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : Number(text);
}

function groupByRelation<Row extends { readonly relation: string }>(rows: readonly Row[]): ReadonlyMap<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.relation);
    if (group === undefined) groups.set(row.relation, [row]);
    else group.push(row);
  }
  return groups;
}
