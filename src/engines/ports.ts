/**
 * What the core asks of a database engine. No engine's words in here; every method takes an AbortSignal last and rejects
 * with a DmsctlError (server errors are turned into codes inside the engine). Implementations live in engines/<engine>/.
 */
import type { BatchFormat, RowBatch } from '../model/row-batch.js';
import type { ColumnType, EngineName } from '../model/column-type.js';
import type { Finding } from '../model/finding.js';
import type { LoadedPart, LoadPart, PolicyCounts } from '../model/load-part.js';
import type { Policies } from '../model/policies.js';
import type { SnapshotBoundary } from '../model/position.js';
import type { ColumnDefinition, TableDefinition, TableName, UserType } from '../model/table.js';
import type { TableMapping } from '../model/table-mapping.js';
import type { Fence, LeaseHolder, PartProgress, TableProgress, TaskKey, TaskProgress } from '../model/task-progress.js';

export interface ServerDescription {
  /** As people call it: `PostgreSQL 18.4`, `MariaDB 10.11.19`, `MySQL 9.7.4`. */
  readonly product: string;
  /** Survives restarts and differs between servers; `null` where the engine has nothing of the kind. */
  readonly identity: string | null;
  /** Extras that change how columns map, e.g. `postgis`; the engine's own words, sorted. */
  readonly features: readonly string[];
}

/** A relation that is not moved, and why: views, foreign tables, partitions reached through their parent… */
export interface LeftOutRelation {
  readonly name: TableName;
  readonly reason: string;
}

export interface SourceCatalog {
  /** Sorted by schema and table, by code point. */
  readonly tables: readonly TableDefinition[];
  readonly leftOut: readonly LeftOutRelation[];
}

/** Reads the structure of a source database. Read-only; may be called any number of times. */
export interface SchemaReader {
  describeServer(signal: AbortSignal): Promise<ServerDescription>;
  /** Everything in `schemas`, or outside the system schemas for `null`; a constant number of queries. */
  readCatalog(schemas: readonly string[] | null, signal: AbortSignal): Promise<SourceCatalog>;
}

/** What a snapshot needs to know of a table to read it. `columns` in the order of the batches. */
export interface SnapshotTable {
  readonly mapping: TableMapping;
  readonly columns: readonly DeliveredColumn[];
  readonly policies: Policies;
}

export interface DeliveredColumn {
  readonly source: ColumnDefinition;
  readonly deliverAs: ColumnType;
}

/** Opens consistent read views. */
export interface SnapshotReader {
  /** True when all parts of a snapshot show the source at one moment; else each shows the moment when it was opened. */
  readonly showsOneMoment: boolean;
  /** Formats in which this table's rows can be read, the fastest first. `copy-text` is always among them. */
  formats(table: SnapshotTable): readonly BatchFormat[];
  /** The view lasts until `close()`; several may be open. */
  open(signal: AbortSignal): Promise<Snapshot>;
}

/** A read view over the source. Parts may be read at the same time, each over a connection of its own. */
export interface Snapshot {
  /** False once the view is gone (the server restarted, the connection that held it was lost): open a new one. */
  isUsable(): boolean;
  /**
   * Key ranges that cover the table without gap or overlap, each holding about `partBytesMax` bytes by measure of the
   * key's real distribution. One open range where the table is small or has no key that identifies a row.
   */
  split(table: SnapshotTable, partBytesMax: number, signal: AbortSignal): Promise<readonly LoadPart[]>;
  /** Opens a part; its boundary is known before the first row is. */
  openPart(table: SnapshotTable, part: LoadPart, format: BatchFormat, signal: AbortSignal): Promise<PartRows>;
  close(): Promise<void>;
}

/** The rows of one part. `batches` is read once, to its end or not; `close()` frees the connection either way. */
export interface PartRows {
  readonly boundary: SnapshotBoundary;
  readonly batches: AsyncIterable<RowBatch>;
  /** Final once `batches` has ended. */
  policyCounts(): PolicyCounts;
  close(): Promise<void>;
}

/** A table that exists on the target. */
export interface ExistingTable {
  readonly definition: TableDefinition;
  readonly hasRows: boolean;
  /** NOT NULL columns without a default: a load must fill them. */
  readonly requiredColumns: readonly string[];
  /** Relations other than tables (a view of this name) cannot be loaded. */
  readonly relationKind: 'table' | 'other';
}

export interface TargetCatalog {
  readonly schemas: readonly string[];
  /** Those of the asked tables that exist. */
  readonly tables: readonly ExistingTable[];
  /** Those of the asked user types that exist, definitions as on the target. */
  readonly userTypes: readonly UserType[];
}

/** Reads what the plan must know of the target. Writes nothing, creates nothing. */
export interface TargetInspector {
  describeServer(signal: AbortSignal): Promise<ServerDescription>;
  inspect(
    wanted: { readonly tables: readonly TableName[]; readonly userTypes: readonly UserType[] },
    signal: AbortSignal,
  ): Promise<TargetCatalog>;
}

export type MappedType =
  | {
      readonly kind: 'mapped';
      readonly targetType: string;
      readonly deliverAs: ColumnType;
      readonly losses: readonly string[];
    }
  | { readonly kind: 'refused'; readonly reason: string; readonly fix: string };

/** How a type that exists on the target relates to the one that the plan would create. */
export type TypeRelation = 'same' | 'wider' | 'narrower';

/** The target engine's half of the type map. Pure. */
export interface TypeMapper {
  /** Same-engine columns keep their native type. `features` is the target's. */
  mapColumn(column: ColumnDefinition, sourceEngine: EngineName, features: readonly string[]): MappedType;
  /** `narrower` whenever it is not certain that every value of `wanted` is kept by `existing`. */
  relateTypes(wanted: string, existing: string): TypeRelation;
  /** Longest identifier in bytes. */
  readonly identifierBytesMax: number;
  /** True for names that the target, or dmsctl on it, keeps for itself. */
  isReservedName(kind: 'schema' | 'column', name: string): boolean;
}

export type PrepareMode = 'create' | 'truncate' | 'recreate' | 'none';

/** Everything the target must know to get a table ready and to finish it. */
export interface TargetTable {
  readonly mapping: TableMapping;
  readonly mappingFingerprint: string;
  /**
   * Fingerprint of what, beside the mapping, the parts of one load must share so that they fit together: the order and
   * partitions of the source's key ranges, the policies that change values. Means nothing once the table is loaded.
   */
  readonly loadBasis: string;
  readonly prepare: PrepareMode;
  /** What planning saw. */
  readonly exists: boolean;
  /** Rows that stand in the table are wanted there (policy existingRows: keep); else a load into them is refused. */
  readonly keepsRows: boolean;
}

/** What must be there before the tables of a task. A type comes after those that it is made of. */
export interface Containers {
  readonly schemas: readonly string[];
  readonly userTypes: readonly UserType[];
}

/**
 * Changes the structure of the target. Every method is durable when it returns, checks the fence in the transaction that
 * makes the change (or right before it where the engine commits DDL at once), and may be repeated after a kill.
 */
export interface DdlWriter {
  /** Schemas and user types that are missing. */
  createContainers(fence: Fence, wanted: Containers, signal: AbortSignal): Promise<void>;
  /**
   * Brings the table into the state to load it (by its prepare mode), takes foreign keys and triggers that stand in the
   * way aside, remembers them for `restoreTable`, and records phase `prepared`.
   */
  prepareTable(fence: Fence, table: TargetTable, signal: AbortSignal): Promise<void>;
  /** Builds the key on a table that dmsctl created, refreshes statistics, records phase `loaded`. */
  finishTable(fence: Fence, table: TargetTable, signal: AbortSignal): Promise<void>;
  /** Puts back what `prepareTable` took aside. Called when no table of the task is loading any more. */
  restoreTable(fence: Fence, table: TableName, signal: AbortSignal): Promise<void>;
  /** The statements that `createContainers` would run, for `plan --show-sql`. Pure, as is `describeTable`. */
  describeContainers(wanted: Containers): readonly string[];
  /** The same of `prepareTable` and `finishTable`. */
  describeTable(table: TargetTable): readonly string[];
}

/** Writes rows. */
export interface TargetLoader {
  /** Formats it takes for this table, the fastest first. */
  formats(table: TargetTable): readonly BatchFormat[];
  /**
   * Writes a part's rows, its `chunk` row and the check of the fence in one transaction. When it returns the part is
   * durable; when it throws, the part is not there, except for a lost connection at commit, which the part's progress
   * decides. `onWritten` is told of rows and bytes handed over, for progress only.
   */
  loadPart(
    fence: Fence,
    load: PartLoad,
    onWritten: (rows: number, bytes: number) => void,
    signal: AbortSignal,
  ): Promise<LoadedPart>;
}

export interface PartLoad {
  readonly table: TargetTable;
  readonly part: LoadPart;
  readonly format: BatchFormat;
  readonly rows: PartRows;
}

/** One writer a task: the lease keeps others away in peace, the fence keeps them out in war. */
export interface TaskLease {
  /**
   * Creates the control tables where missing, takes the lease and raises the epoch. Refuses with TASK_LEASE_HELD while
   * another holder's lease runs, unless `isDead` says that holder is gone. Returns after every transaction of an older
   * epoch has ended.
   */
  claim(
    task: TaskKey,
    claim: {
      readonly holder: LeaseHolder;
      readonly lineage: string;
      readonly sourceIdentity: string | null;
      readonly isDead: (holder: LeaseHolder) => boolean;
    },
    signal: AbortSignal,
  ): Promise<Fence>;
  /** Prolongs the lease; TASK_FENCED when the epoch moved on. */
  renew(fence: Fence, signal: AbortSignal): Promise<void>;
  /** Gives the lease back; the progress stays. */
  release(fence: Fence, signal: AbortSignal): Promise<void>;
}

/** The progress of tasks, kept in the target's control tables. */
export interface ProgressStore {
  /** `null` when the target knows nothing of this task. Creates nothing. */
  read(task: TaskKey, signal: AbortSignal): Promise<TaskProgress | null>;
  /** Records the parts of a prepared table and its phase `loading`; parts recorded before win and are returned. */
  recordParts(
    fence: Fence,
    table: TableName,
    parts: readonly LoadPart[],
    signal: AbortSignal,
  ): Promise<readonly PartProgress[]>;
  recordError(fence: Fence, table: TableName, error: TableProgress['error'], signal: AbortSignal): Promise<void>;
  /** Removes the task's control rows, and the control tables with the last task's. Optionally drops created tables. */
  remove(task: TaskKey, options: { readonly withTables: boolean }, signal: AbortSignal): Promise<RemovedObjects>;
}

export interface RemovedObjects {
  readonly tables: readonly TableName[];
  /** True when the control tables went too. */
  readonly controlTables: boolean;
}

/** One named check. A rejected promise means that the check could not finish, which is not a finding. */
export interface Precheck {
  readonly name: string;
  run(signal: AbortSignal): Promise<readonly Finding[]>;
}

export interface SourceEngine {
  readonly schemaReader: SchemaReader;
  readonly snapshotReader: SnapshotReader;
  prechecks(tables: readonly TableName[]): readonly Precheck[];
  close(): Promise<void>;
}

export interface TargetEngine {
  readonly inspector: TargetInspector;
  readonly typeMapper: TypeMapper;
  readonly ddlWriter: DdlWriter;
  readonly loader: TargetLoader;
  readonly lease: TaskLease;
  readonly progress: ProgressStore;
  prechecks(tables: readonly TargetTable[]): readonly Precheck[];
  close(): Promise<void>;
}
