import type { Endpoint } from '../model/endpoint.js';
import type { Policies } from '../model/policies.js';

/** A spec after loading: substituted, checked, every default filled in, paths absolute. */
export interface Spec {
  /** Absolute path of the file, for messages. */
  readonly file: string;
  readonly name: string;
  readonly statePath: string;
  readonly replicationInstance: ReplicationInstance;
  readonly endpoints: readonly Endpoint[];
  /** In the order of the file. */
  readonly tasks: readonly TaskSpec[];
}

export interface ReplicationInstance {
  readonly storagePath: string;
  readonly storageLimitBytes: number;
  readonly memoryBytes: number;
  readonly retryForMs: number;
}

export interface TaskSpec {
  readonly name: string;
  readonly type: 'full-load' | 'full-load-and-cdc' | 'cdc';
  /** Names of endpoints; the loader has checked that they exist. */
  readonly source: string;
  readonly target: string;
  readonly start: 'auto' | 'manual';
  readonly tables: TableSelection;
  readonly prepare: 'create' | 'truncate' | 'recreate' | 'none';
  readonly fullLoad: FullLoadSettings;
  readonly policies: Policies;
}

export interface TableSelection {
  readonly include: readonly TablePattern[];
  readonly exclude: readonly TablePattern[];
}

/** Globs (`*`, `?`), case-sensitive, against the names as the source stores them. */
export interface TablePattern {
  readonly schema: string;
  readonly table: string;
}

export interface FullLoadSettings {
  /** Tables loaded at the same time. */
  readonly tables: number;
  readonly connectionsPerTable: number | 'auto';
}
