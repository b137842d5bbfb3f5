import type { ColumnMapping } from '../model/table-mapping.js';
import type { Finding } from '../model/finding.js';
import type { TableName } from '../model/table.js';
import { countPlan, estimateLeft, type PlanCounts } from './plan-counts.js';
import {
  hasChanges,
  isBlocked,
  type LoadAction,
  type Plan,
  type PlanBasis,
  type PlannedEndpoint,
  type StructureAction,
  type TablePlan,
  type TaskPlan,
} from './plan.js';

export const PLAN_DOCUMENT_VERSION = 1;

/** The JSON of a plan: what `--format json` prints and `--out` saves; schemas/plan.schema.json. Grows, never changes. */
export interface PlanDocument {
  readonly kind: 'dmsctl-plan';
  readonly version: typeof PLAN_DOCUMENT_VERSION;
  readonly dmsctl: string;
  readonly spec: string;
  readonly basis: PlanBasis;
  readonly hasChanges: boolean;
  readonly isBlocked: boolean;
  readonly counts: PlanCounts;
  readonly tasks: readonly TaskDocument[];
  readonly findings: readonly Finding[];
  readonly stateChanges: readonly { readonly kind: 'record' | 'forget'; readonly address: string }[];
}

interface TaskDocument extends Pick<TaskPlan, 'address' | 'name' | 'type' | 'start' | 'schemasToCreate' | 'sql'> {
  readonly source: PlannedEndpoint;
  readonly target: PlannedEndpoint;
  readonly userTypesToCreate: readonly { readonly schema: string; readonly name: string; readonly kind: string }[];
  readonly tables: readonly TableDocument[];
  readonly blockedTables: readonly TableName[];
  readonly leftOut: readonly { readonly name: TableName; readonly reason: string }[];
}

interface TableDocument {
  readonly address: string;
  readonly source: TableName;
  readonly target: TableName;
  readonly prepare: string;
  readonly structure: StructureAction;
  readonly load: LoadAction;
  readonly hasObjectsToRestore: boolean;
  /** Of what is still to load. */
  readonly estimate: { readonly estimatedRows: number | null; readonly estimatedBytes: number | null };
  readonly key: { readonly kind: string; readonly columns: readonly string[] } | null;
  readonly columns: readonly ColumnDocument[];
  readonly notes: readonly string[];
  readonly sql: readonly string[];
}

interface ColumnDocument {
  readonly source: string;
  readonly sourceType: string;
  readonly target: string;
  readonly targetType: string;
  readonly isNullable: boolean;
  /** True when the target computes it. */
  readonly isGenerated: boolean;
  readonly losses: readonly string[];
}

export function planDocument(plan: Plan, dmsctl: string): PlanDocument {
  return {
    kind: 'dmsctl-plan',
    version: PLAN_DOCUMENT_VERSION,
    dmsctl,
    spec: plan.spec,
    basis: plan.basis,
    hasChanges: hasChanges(plan),
    isBlocked: isBlocked(plan),
    counts: countPlan(plan),
    tasks: plan.tasks.map(taskDocument),
    findings: plan.findings,
    stateChanges: plan.stateChanges.map(({ kind, address }) => ({ kind, address })),
  };
}

function taskDocument(task: TaskPlan): TaskDocument {
  return {
    address: task.address,
    name: task.name,
    type: task.type,
    start: task.start,
    source: task.source,
    target: task.target,
    schemasToCreate: task.schemasToCreate,
    userTypesToCreate: task.userTypesToCreate.map(({ schema, name, kind }) => ({ schema, name, kind })),
    tables: task.tables.map(tableDocument),
    blockedTables: task.blockedTables,
    leftOut: task.leftOut,
    sql: task.sql,
  };
}

function tableDocument(table: TablePlan): TableDocument {
  const { mapping, prepare } = table.target;
  return {
    address: table.address,
    source: mapping.source,
    target: mapping.target,
    prepare,
    structure: table.structure,
    load: table.load,
    hasObjectsToRestore: table.hasObjectsToRestore,
    estimate: estimateLeft(table),
    key: mapping.key === null ? null : { kind: mapping.key.kind, columns: mapping.key.columns },
    columns: mapping.columns.map(columnDocument),
    notes: table.notes,
    sql: table.sql,
  };
}

function columnDocument(column: ColumnMapping): ColumnDocument {
  return {
    source: column.source.name,
    sourceType: column.source.nativeType,
    target: column.targetName,
    targetType: column.targetType,
    isNullable: column.isNullable,
    isGenerated: column.generated !== null,
    losses: column.losses,
  };
}
