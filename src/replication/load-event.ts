import type { DmsctlError } from '../errors/dmsctl-error.js';
import type { PolicyCounts } from '../model/load-part.js';
import type { TableName } from '../model/table.js';

/** What a full load tells whoever watches. Rows and bytes of `written` are not durable until `part-loaded`. */
export type LoadEvent =
  | { readonly type: 'table-started'; readonly table: TableName; readonly parts: number; readonly partsDone: number }
  | { readonly type: 'written'; readonly table: TableName; readonly rows: number; readonly bytes: number }
  /** A part's transaction was given up; what `written` said of it does not count. */
  | { readonly type: 'part-undone'; readonly table: TableName; readonly rows: number; readonly bytes: number }
  | { readonly type: 'part-loaded'; readonly table: TableName; readonly part: number; readonly rows: number }
  | { readonly type: 'table-finishing'; readonly table: TableName }
  | { readonly type: 'table-loaded'; readonly table: TableName; readonly rows: number; readonly bytes: number }
  | { readonly type: 'table-failed'; readonly table: TableName; readonly error: DmsctlError }
  | { readonly type: 'waiting'; readonly doing: string; readonly error: DmsctlError; readonly delayMs: number }
  /** The view that the parts share was lost: later parts show the source at a later moment than earlier ones. */
  | { readonly type: 'snapshot-reopened' };

export type LoadObserver = (event: LoadEvent) => void;

export interface TableResult {
  readonly table: TableName;
  readonly outcome: 'loaded' | 'failed' | 'not-finished';
  /** Durable on the target, earlier runs included. */
  readonly rows: number;
  readonly bytes: number;
  readonly policyCounts: PolicyCounts;
  readonly error: DmsctlError | null;
}
