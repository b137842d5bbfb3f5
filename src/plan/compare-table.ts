import type { ExistingTable, TypeRelation } from '../engines/ports.js';
import type { Finding } from '../model/finding.js';
import type { ColumnMapping, TableMapping } from '../model/table-mapping.js';
import { type ColumnDefinition, formatTableName, type GeneratedColumn, type KeyDefinition } from '../model/table.js';

export interface CompareOptions {
  readonly relateTypes: (wanted: string, existing: string) => TypeRelation;
  /** True while dmsctl itself has still to build the key: it comes after the rows. */
  readonly isKeyPending: boolean;
}

export interface ComparedTable {
  /** The mapping as it must be to load this very table. */
  readonly mapping: TableMapping;
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
}

interface ComparedColumn {
  readonly column: ColumnMapping;
  readonly finding: Finding | null;
  readonly note: string | null;
}

/** Holds a table that exists on the target against what the mapping wants of it. */
export function compareTable(mapping: TableMapping, existing: ExistingTable, options: CompareOptions): ComparedTable {
  const table = formatTableName(mapping.target);
  const found = new Map(existing.definition.columns.map((column) => [column.name, column]));
  const compared = mapping.columns.map((column) => compareColumn(table, column, found.get(column.targetName), options));
  const columns = compared.map(({ column }) => column);
  const findings = [
    ...compared.map(({ finding }) => finding),
    ...unfilledColumns(table, columns, existing),
    options.isKeyPending ? null : compareKeys(table, mapping.key, existing.definition.key),
  ];
  return {
    mapping: { ...mapping, columns },
    findings: findings.filter((finding) => finding !== null),
    notes: [...compared.map(({ note }) => note), extraColumns(columns, existing)].filter((note) => note !== null),
  };
}

/**
 * 1 missing · 2 computed by the target, or differently · 3 too narrow · 4 refuses NULL · 5 wider · 6 as wanted.
 * What exists decides whether a column is computed or loaded, whatever the plan would have created.
 */
function compareColumn(
  table: string,
  column: ColumnMapping,
  existing: ColumnDefinition | undefined,
  { relateTypes }: CompareOptions,
): ComparedColumn {
  const object = `${table}.${column.targetName}`;
  if (existing === undefined) return { column, finding: missingColumn(object, column), note: null }; // 1
  if (existing.generated !== null) {
    const computed = { ...column, generated: existing.generated }; // 2
    if (column.source.generated?.expression !== existing.generated.expression) {
      return { column: computed, finding: computedOtherwise(object, column, existing.generated), note: null };
    }
    const isPlanned = column.generated !== null;
    return isPlanned
      ? { column, finding: null, note: null }
      : { column: computed, finding: computedElsewhere(object), note: null };
  }
  const loaded = column.generated === null ? column : { ...column, generated: null };
  const relation =
    loaded.targetType === existing.nativeType ? 'same' : relateTypes(loaded.targetType, existing.nativeType);
  if (relation === 'narrower') return { column: loaded, finding: narrowColumn(object, loaded, existing), note: null }; // 3
  const finding = loaded.isNullable && !existing.isNullable ? refusesNull(object) : null; // 4
  if (relation === 'same') return { column: loaded, finding, note: null }; // 6
  return {
    column: { ...loaded, targetType: existing.nativeType, isSameType: false }, // 5
    finding,
    note: `${column.targetName} is ${existing.nativeType} on the target, wider than ${column.targetType}`,
  };
}

function missingColumn(object: string, column: ColumnMapping): Finding {
  const isLoaded = column.generated === null;
  return {
    check: 'plan.column-missing',
    severity: isLoaded ? 'error' : 'warning',
    object,
    found: 'the table on the target has no such column.',
    why: isLoaded ? 'Its values would be lost.' : 'The source computes it; the target will not have it.',
    fix: `Add it on the target (${column.targetType}), or let dmsctl make the table: prepare: recreate drops it with its rows.`,
  };
}

function computedOtherwise(object: string, { source }: ColumnMapping, existing: GeneratedColumn): Finding {
  const onSource = source.generated === null ? 'a plain column' : `computed as ${source.generated.expression}`;
  return {
    check: 'plan.column-computed-otherwise',
    severity: 'error',
    object,
    found: `the target computes it as ${existing.expression}; on the source it is ${onSource}.`,
    why: 'The values of the source would not be loaded, and those of the target may differ.',
    fix: 'Make it a plain column on the target (ALTER COLUMN … DROP EXPRESSION), or let dmsctl make the table: prepare: recreate drops it with its rows.',
  };
}

/** The same words may mean something else there: functions of that database, its collations. */
function computedElsewhere(object: string): Finding {
  return {
    check: 'plan.column-computed-elsewhere',
    severity: 'warning',
    object,
    found:
      'the target computes it by the same expression, which depends on more than the row: a collation, or objects of the database.',
    why: 'The target may compute other values than the source has; they are not loaded.',
    fix: 'Make sure that collations and functions are the same, or make it a plain column on the target (ALTER COLUMN … DROP EXPRESSION).',
  };
}

function narrowColumn(object: string, column: ColumnMapping, existing: ColumnDefinition): Finding {
  return {
    check: 'plan.column-narrower',
    severity: 'error',
    object,
    found: `the target has ${existing.nativeType} where ${column.targetType} is needed for ${column.source.nativeType}.`,
    why: 'Some values might not fit or be changed.',
    fix: `Change the column on the target to ${column.targetType}, or let dmsctl make the table: prepare: recreate drops it with its rows.`,
  };
}

function refusesNull(object: string): Finding {
  return {
    check: 'plan.column-not-null',
    severity: 'warning',
    object,
    found: 'the column is NOT NULL on the target and may be NULL on the source.',
    why: 'A row with NULL in it stops the load of the table.',
    fix: 'Allow NULL on the target, or make sure that the source has none.',
  };
}

function unfilledColumns(
  table: string,
  columns: readonly ColumnMapping[],
  existing: ExistingTable,
): readonly Finding[] {
  const loaded = new Set(columns.filter(({ generated }) => generated === null).map(({ targetName }) => targetName));
  return existing.requiredColumns
    .filter((name) => !loaded.has(name))
    .map((name) => ({
      check: 'plan.column-required',
      severity: 'error',
      object: `${table}.${name}`,
      found: 'the target needs a value for this column (NOT NULL, no default), and the source has none.',
      why: 'Every row would be refused.',
      fix: 'Give the column a default, or allow NULL.',
    }));
}

function extraColumns(columns: readonly ColumnMapping[], existing: ExistingTable): string | null {
  const wanted = new Set(columns.map(({ targetName }) => targetName));
  const extra = existing.definition.columns.filter(({ name }) => !wanted.has(name)).map(({ name }) => name);
  return extra.length === 0 ? null : `the target also has ${extra.sort().join(', ')}: filled by default or NULL`;
}

function compareKeys(table: string, wanted: KeyDefinition | null, existing: KeyDefinition | null): Finding | null {
  if (wanted === null) return null;
  const found = existing === null ? 'no key' : `${existing.kind} key (${existing.columns.join(', ')})`;
  const isSame =
    existing?.columns.length === wanted.columns.length &&
    wanted.columns.every((name) => existing.columns.includes(name));
  if (isSame) return null;
  return {
    check: 'plan.key-differs',
    severity: 'warning',
    object: table,
    found: `the target has ${found}, the source ${wanted.kind} key (${wanted.columns.join(', ')}).`,
    why: 'Rows that the source holds may be refused by another key, and changes cannot be applied without the right one.',
    fix: 'Give the table on the target the key of the source.',
  };
}
