import type { LoadPart, PolicyCounts } from './load-part.js';
import type { SnapshotBoundary } from './position.js';
import type { TableName } from './table.js';

/** Names a task in the control tables of its target: the spec's `name` and the task's key in it. */
export interface TaskKey {
  readonly spec: string;
  readonly task: string;
}

/** Who runs a task, as the target remembers it. */
export interface LeaseHolder {
  /** Distinguishes machine, boot and process namespace, so that `pid` means something only where it is equal. */
  readonly hostId: string;
  readonly hostName: string;
  readonly pid: number;
}

export interface Lease {
  readonly holder: LeaseHolder;
  /** By the target's clock. */
  readonly remainingMs: number;
}

/**
 * Proof of being the task's one writer. Every target transaction checks `epoch` while it writes progress; taking a task
 * over raises it, and the transaction of an older epoch fails with TASK_FENCED.
 */
export interface Fence {
  readonly task: TaskKey;
  readonly epoch: number;
}

/**
 * Where a table's full load stands, as the target knows it.
 *
 * - `prepared`: the table exists as planned and holds no row of this load
 * - `loading`: its parts are recorded; each is done or not begun
 * - `loaded`: all parts, keys and statistics are there
 */
export type TablePhase = 'prepared' | 'loading' | 'loaded';

export interface PartProgress {
  readonly part: LoadPart;
  readonly isDone: boolean;
  /** Meaningful once done. */
  readonly boundary: SnapshotBoundary;
  readonly rows: number;
  readonly bytes: number;
}

export interface TableProgress {
  readonly source: TableName;
  readonly target: TableName;
  readonly phase: TablePhase;
  /** Fingerprint of the TableMapping that the load was begun with. */
  readonly mappingFingerprint: string;
  /** Fingerprint of what else the parts of one load must share; see TargetTable. */
  readonly loadBasis: string;
  readonly parts: readonly PartProgress[];
  /** Of the parts done. */
  readonly rows: number;
  readonly bytes: number;
  readonly policyCounts: PolicyCounts;
  /** Last error of this table; cleared when it goes on. */
  readonly error: { readonly code: string; readonly detail: string } | null;
  /** True when dmsctl created the table, so that `destroy --with-tables` may drop it. */
  readonly isCreatedByTask: boolean;
  /** True while foreign keys or triggers that stood on the table before are still to be put back. */
  readonly hasObjectsToRestore: boolean;
}

export interface TaskProgress {
  readonly task: TaskKey;
  readonly epoch: number;
  /** Lineage of the state file that the task belongs to. */
  readonly lineage: string;
  /** Identity of the source server that the rows came from; see ServerDescription. */
  readonly sourceIdentity: string | null;
  /** `null` when nobody holds it. */
  readonly lease: Lease | null;
  readonly tables: readonly TableProgress[];
}
