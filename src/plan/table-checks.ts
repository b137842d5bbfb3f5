import type { ExistingTable, TypeMapper } from '../engines/ports.js';
import type { EngineName } from '../model/column-type.js';
import type { Finding } from '../model/finding.js';
import type { Policies } from '../model/policies.js';
import { type ColumnMapping, loadedColumns, type TableMapping } from '../model/table-mapping.js';
import { formatTableName } from '../model/table.js';

/** What stands on the target under the name of a table. */
export function checkRelation(mapping: TableMapping, existing: ExistingTable | null): readonly Finding[] {
  if (existing === null || existing.relationKind === 'table') return [];
  return [
    {
      check: 'plan.target-not-a-table',
      severity: 'error',
      object: formatTableName(mapping.target),
      found: 'the target has a relation of this name that is not a table.',
      why: 'Rows can be loaded into tables only, and dmsctl drops nothing that it did not expect.',
      fix: 'Rename or drop it on the target, or leave the table out: tables.exclude.',
    },
  ];
}

/** Tables whose rows no key tells apart. */
export function checkKey(mapping: TableMapping, policy: Policies['noPrimaryKey']): readonly Finding[] {
  if (mapping.sourceKey?.identifiesRow === true) return [];
  const found = mapping.sourceKey === null ? 'the table has no key.' : 'the only unique key of the table allows NULL.';
  return [
    {
      check: 'plan.no-primary-key',
      severity: policy === 'error' ? 'error' : 'warning',
      object: formatTableName(mapping.source),
      found,
      why: 'It is loaded in one piece, so an interrupted load of it starts again, and its rows cannot be told apart.',
      fix:
        policy === 'error'
          ? 'Add a primary key on the source, leave the table out, or set policies.noPrimaryKey: allow.'
          : 'Add a primary key on the source if you can.',
    },
  ];
}

/** `zeroDate: null` cannot be done where the target refuses NULL; better known now than at the first such row. */
export function checkZeroDates(
  mapping: TableMapping,
  existing: ExistingTable | null,
  context: { readonly sourceEngine: EngineName; readonly zeroDate: string },
): readonly Finding[] {
  const hasZeroDates = context.sourceEngine === 'mysql' || context.sourceEngine === 'mariadb';
  if (!hasZeroDates || context.zeroDate !== 'null') return [];
  const found = new Map(existing?.definition.columns.map((column) => [column.name, column]));
  return loadedColumns(mapping)
    .filter(({ source }) => source.type.kind === 'date' || source.type.kind === 'timestamp')
    .filter((column) => !(found.get(column.targetName)?.isNullable ?? column.isNullable))
    .map((column) => zeroDateFinding(mapping, column));
}

function zeroDateFinding(mapping: TableMapping, column: ColumnMapping): Finding {
  return {
    check: 'plan.zero-date-not-null',
    severity: 'error',
    object: `${formatTableName(mapping.source)}.${column.source.name}`,
    found: 'policies.zeroDate is null, and the column is NOT NULL.',
    why: 'A zero date in it could not be stored.',
    fix: 'Set policies.zeroDate to a date, e.g. 0001-01-01, or to error if there are no zero dates.',
  };
}

/** Names that the target would cut, or refuse. */
export function checkNames(mapping: TableMapping, typeMapper: TypeMapper): readonly Finding[] {
  const { schema, table } = mapping.target;
  const columns = mapping.columns.map(({ targetName }) => targetName);
  return [
    ...[schema, table, ...columns]
      .filter((name) => Buffer.byteLength(name, 'utf8') > typeMapper.identifierBytesMax)
      .map((name) => longName(mapping, name, typeMapper.identifierBytesMax)),
    ...(typeMapper.isReservedName('schema', schema) ? [reservedName(mapping, 'schema', schema)] : []),
    ...columns
      .filter((name) => typeMapper.isReservedName('column', name))
      .map((name) => reservedName(mapping, 'column', name)),
  ];
}

function longName(mapping: TableMapping, name: string, bytesMax: number): Finding {
  return {
    check: 'plan.name-too-long',
    severity: 'error',
    object: formatTableName(mapping.source),
    found: `the name ${name} has ${Buffer.byteLength(name, 'utf8')} bytes; the target takes ${bytesMax}.`,
    why: 'The target would cut it, and two names could become one.',
    fix: 'Rename it on the source, or leave the table out: tables.exclude.',
  };
}

function reservedName(mapping: TableMapping, kind: 'schema' | 'column', name: string): Finding {
  return {
    check: 'plan.name-reserved',
    severity: 'error',
    object: formatTableName(mapping.source),
    found: `the target keeps the name ${name} of a ${kind} for itself.`,
    why: `A ${kind} of this name cannot be made there, or would get in the way of what is there.`,
    fix: 'Rename it on the source, or leave the table out: tables.exclude.',
  };
}
