import type { TypeMapper } from '../engines/ports.js';
import type { EngineName } from '../model/column-type.js';
import type { Finding } from '../model/finding.js';
import type { ColumnMapping, TableMapping } from '../model/table-mapping.js';
import { formatTableName, type ColumnDefinition, type TableDefinition } from '../model/table.js';

export interface MappingContext {
  readonly typeMapper: TypeMapper;
  readonly sourceEngine: EngineName;
  readonly targetEngine: EngineName;
  /** The target's; see ServerDescription. */
  readonly features: readonly string[];
}

export type MappedTable =
  | { readonly kind: 'mapped'; readonly mapping: TableMapping; readonly findings: readonly Finding[] }
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] };

/** Every column mapped, or a finding for each that cannot be. Names stay as they are. */
export function mapTable(table: TableDefinition, context: MappingContext): MappedTable {
  const columns: ColumnMapping[] = [];
  const findings: Finding[] = [];
  for (const column of table.columns) {
    const mapped = mapColumn(table, column, context);
    findings.push(...mapped.findings);
    if (mapped.mapping !== null) columns.push(mapped.mapping);
  }
  if (columns.length < table.columns.length) return { kind: 'refused', findings };
  const isSameEngine = context.sourceEngine === context.targetEngine;
  const mapping: TableMapping = {
    source: table.name,
    target: table.name,
    columns,
    key: table.key,
    sourceKey: table.key,
    userTypes: isSameEngine ? table.userTypes : [],
    rangeBasis: table.rangeBasis,
    size: table.size,
  };
  return { kind: 'mapped', mapping, findings };
}

function mapColumn(
  table: TableDefinition,
  column: ColumnDefinition,
  context: MappingContext,
): { readonly mapping: ColumnMapping | null; readonly findings: readonly Finding[] } {
  const object = `${formatTableName(table.name)}.${column.name}`;
  const type = context.typeMapper.mapColumn(column, context.sourceEngine, context.features);
  if (type.kind === 'refused') return { mapping: null, findings: [refusedColumn(object, column, type)] };
  const isSameEngine = context.sourceEngine === context.targetEngine;
  const isGeneratedThere = isSameEngine && column.generated?.isPortable === true;
  const mapping: ColumnMapping = {
    source: column,
    targetName: column.name,
    targetType: type.targetType,
    isNullable: column.isNullable,
    deliverAs: type.deliverAs,
    generated: isGeneratedThere ? column.generated : null,
    losses: type.losses,
    isSameType: isSameEngine && type.targetType === column.nativeType,
  };
  return { mapping, findings: type.losses.map((loss) => lossyColumn(object, mapping, loss)) };
}

function refusedColumn(
  object: string,
  column: ColumnDefinition,
  refusal: { readonly reason: string; readonly fix: string },
): Finding {
  return {
    check: 'plan.type-refused',
    severity: 'error',
    object,
    found: `type ${column.nativeType}: ${refusal.reason}`,
    why: 'The target cannot hold these values as they are.',
    fix: refusal.fix,
  };
}

function lossyColumn(object: string, column: ColumnMapping, loss: string): Finding {
  return {
    check: 'plan.lossy-mapping',
    severity: 'warning',
    object,
    found: `${column.source.nativeType} → ${column.targetType}: ${loss}`,
    why: 'The target does not keep everything that the source can hold.',
    fix: 'Make sure that no application needs it, or leave the table out: tables.exclude.',
  };
}

/** What the plan says of columns that the source computes and the target stores as they come. */
export function generatedNotes(mapping: TableMapping): readonly string[] {
  return mapping.columns
    .filter(({ source, generated }) => source.generated !== null && generated === null)
    .map(({ targetName }) => `${targetName} is generated on the source and becomes a plain column with its values`);
}
