import type { LoadEvent, TableResult } from '../replication/load-event.js';
import type { TableName, TableSize } from '../model/table.js';

/** What carrying out a plan tells whoever watches. */
export type ApplyEvent =
  | { readonly type: 'task-started'; readonly task: string; readonly tables: readonly LoadingTable[] }
  | { readonly type: 'load'; readonly task: string; readonly event: LoadEvent }
  | { readonly type: 'task-ended'; readonly task: string };

export interface LoadingTable {
  readonly table: TableName;
  readonly size: TableSize;
}

export type ApplyObserver = (event: ApplyEvent) => void;

export interface TaskReport {
  readonly task: string;
  readonly tables: readonly TableResult[];
  readonly seconds: number;
  /** True when parts of the load were read from views of different moments. */
  readonly hasMixedSnapshots: boolean;
}

export interface ApplyReport {
  readonly tasks: readonly TaskReport[];
  /** True when a signal asked to stop before everything was loaded. */
  readonly isDrained: boolean;
}
