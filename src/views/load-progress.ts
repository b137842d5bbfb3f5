import type { LoadEvent } from '../replication/load-event.js';
import { quoteTableName, type TableName, type TableSize } from '../model/table.js';

export type TableStage = 'waiting' | 'loading' | 'finishing' | 'loaded' | 'failed';

/** What a viewer knows of one table's load. Rows and bytes of this run. */
export interface TableProgressView {
  readonly table: TableName;
  readonly size: TableSize;
  stage: TableStage;
  rows: number;
  bytes: number;
  parts: number;
  partsDone: number;
  startedMs: number | null;
}

/** Adds up the events of a load for showing. Pure but for the clock that it is given. */
export class LoadProgress {
  readonly tables: readonly TableProgressView[];
  readonly #byName: ReadonlyMap<string, TableProgressView>;
  readonly #nowMs: () => number;
  readonly #startedMs: number;

  constructor(tables: readonly { readonly table: TableName; readonly size: TableSize }[], nowMs: () => number) {
    this.tables = tables.map((table) => ({
      ...table,
      stage: 'waiting',
      rows: 0,
      bytes: 0,
      parts: 0,
      partsDone: 0,
      startedMs: null,
    }));
    this.#byName = new Map(this.tables.map((view) => [quoteTableName(view.table), view]));
    this.#nowMs = nowMs;
    this.#startedMs = nowMs();
  }

  apply(event: LoadEvent): void {
    if (!('table' in event)) return;
    const view = this.#byName.get(quoteTableName(event.table));
    if (view === undefined) return;
    applyToTable(view, event, this.#nowMs());
  }

  totals(): LoadTotals {
    const sum = { rows: 0, bytes: 0, tablesDone: 0, tablesFailed: 0, estimatedBytes: 0, estimatedBytesDone: 0 };
    for (const view of this.tables) {
      const estimate = view.size.estimatedBytes ?? 0;
      sum.rows += view.rows;
      sum.bytes += view.bytes;
      sum.estimatedBytes += estimate;
      sum.estimatedBytesDone += estimate * fractionDone(view);
      if (view.stage === 'loaded') sum.tablesDone += 1;
      if (view.stage === 'failed') sum.tablesFailed += 1;
    }
    const seconds = Math.max(0.001, (this.#nowMs() - this.#startedMs) / 1000);
    const left = sum.estimatedBytes - sum.estimatedBytesDone;
    const pace = sum.estimatedBytesDone / seconds;
    return {
      ...sum,
      tables: this.tables.length,
      seconds,
      bytesPerSecond: sum.bytes / seconds,
      secondsLeft: pace > 0 && left > 0 ? left / pace : null,
    };
  }

  secondsOf(view: TableProgressView): number {
    return view.startedMs === null ? 0 : (this.#nowMs() - view.startedMs) / 1000;
  }
}

export interface LoadTotals {
  readonly rows: number;
  readonly bytes: number;
  readonly tables: number;
  readonly tablesDone: number;
  readonly tablesFailed: number;
  readonly seconds: number;
  readonly bytesPerSecond: number;
  /** An estimate; `null` while there is nothing to judge by. */
  readonly secondsLeft: number | null;
}

/** By rows where they are estimated. Below 1 until the table is really loaded: an estimate never shows as complete. */
export function fractionDone(view: TableProgressView): number {
  if (view.stage === 'loaded') return 1;
  const { estimatedRows } = view.size;
  if (estimatedRows === null || estimatedRows <= 0) return 0;
  return Math.min(0.99, view.rows / estimatedRows);
}

function applyToTable(
  view: TableProgressView,
  event: Extract<LoadEvent, { readonly table: TableName }>,
  nowMs: number,
): void {
  switch (event.type) {
    case 'table-started':
      Object.assign(view, { stage: 'loading', parts: event.parts, partsDone: event.partsDone, startedMs: nowMs });
      return;
    case 'written':
      view.rows += event.rows;
      view.bytes += event.bytes;
      return;
    case 'part-undone':
      view.rows -= event.rows;
      view.bytes -= event.bytes;
      return;
    case 'part-loaded':
      view.partsDone += 1;
      return;
    case 'table-finishing':
      view.stage = 'finishing';
      return;
    case 'table-loaded':
      view.stage = 'loaded';
      return;
    case 'table-failed':
      view.stage = 'failed';
      return;
  }
}
