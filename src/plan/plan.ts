import type { LeftOutRelation, TargetTable } from '../engines/ports.js';
import type { EngineName } from '../model/column-type.js';
import type { Finding } from '../model/finding.js';
import type { TableName, UserType } from '../model/table.js';
import type { StateChange } from '../state/state.js';

/** What `apply` would do. Plain data: equal for an unchanged world, with no clock and no random in it. */
export interface Plan {
  /** Name of the spec. */
  readonly spec: string;
  readonly basis: PlanBasis;
  /** In the order of the spec. */
  readonly tasks: readonly TaskPlan[];
  /** Errors first, then by object. One error blocks the whole plan. */
  readonly findings: readonly Finding[];
  /** Addresses that only the state must learn or forget. */
  readonly stateChanges: readonly StateChange[];
}

/** What the plan was made from. A saved plan is stale once any of it moved. */
export interface PlanBasis {
  /** Of the state file, or of the target's progress when the file is gone; `null` when there is neither. */
  readonly lineage: string | null;
  /** 0 without a state file. */
  readonly serial: number;
  /** Object in words (`source table shop.orders`) → fingerprint. Estimates are left out: they move on their own. */
  readonly fingerprints: Readonly<Record<string, string>>;
}

export interface TaskPlan {
  readonly name: string;
  readonly address: string;
  readonly type: 'full-load' | 'full-load-and-cdc' | 'cdc';
  readonly source: PlannedEndpoint;
  readonly target: PlannedEndpoint;
  /** `manual` tasks are recorded; their tables are shown but neither created nor loaded by `apply`. */
  readonly start: 'auto' | 'manual';
  readonly schemasToCreate: readonly string[];
  /** A type comes after those that it is made of. */
  readonly userTypesToCreate: readonly UserType[];
  /** Sorted by source name. */
  readonly tables: readonly TablePlan[];
  /** Selected, but an error stands in the way. */
  readonly blockedTables: readonly TableName[];
  /** Selected by name, but not tables that can be moved. */
  readonly leftOut: readonly LeftOutRelation[];
  /** Statements for schemas and types, for `--show-sql`; empty unless the caller filled them in. */
  readonly sql: readonly string[];
}

export interface PlannedEndpoint {
  readonly name: string;
  readonly engine: EngineName;
  readonly product: string;
}

export interface TablePlan {
  readonly address: string;
  readonly target: TargetTable;
  readonly structure: StructureAction;
  readonly load: LoadAction;
  /** True when foreign keys or triggers that an earlier run took aside must be put back. */
  readonly hasObjectsToRestore: boolean;
  readonly notes: readonly string[];
  /** Likewise for the table. */
  readonly sql: readonly string[];
}

/** `rowsLost` is an estimate; `null` where nothing is known but that there are rows. */
export type StructureAction =
  | { readonly kind: 'create' }
  | { readonly kind: 'use' }
  | { readonly kind: 'truncate'; readonly rowsLost: number | null }
  | { readonly kind: 'recreate'; readonly rowsLost: number | null };

export type LoadAction =
  | { readonly kind: 'load' }
  | { readonly kind: 'resume'; readonly partsDone: number; readonly parts: number; readonly rowsDone: number }
  | { readonly kind: 'none'; readonly rows: number };

export function isBlocked(plan: Plan): boolean {
  return plan.findings.some(({ severity }) => severity === 'error');
}

/** True when `apply` has something to do for this table. */
export function hasWork(table: TablePlan): boolean {
  return table.load.kind !== 'none' || table.hasObjectsToRestore;
}

/** True when carrying the plan out empties or drops tables that hold rows. */
export function destroysRows(plan: Plan): boolean {
  return plan.tasks
    .filter(({ start }) => start === 'auto')
    .some(({ tables }) =>
      tables.some(({ structure }) => structure.kind === 'truncate' || structure.kind === 'recreate'),
    );
}

/** True when `apply` would write anything, be it only the state. */
export function hasChanges(plan: Plan): boolean {
  return plan.stateChanges.length > 0 || plan.tasks.some(hasTaskChanges);
}

function hasTaskChanges(task: TaskPlan): boolean {
  if (task.start === 'manual') return false;
  return task.schemasToCreate.length > 0 || task.userTypesToCreate.length > 0 || task.tables.some(hasWork);
}
