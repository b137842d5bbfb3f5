import type { ApplyEvent } from '../apply/apply-event.js';
import { formatTableName } from '../model/table.js';
import type { LoadEvent } from '../replication/load-event.js';
import type { ApplyView } from './apply-view.js';
import { formatBytes, formatDuration, formatRows } from './format.js';
import { LoadProgress } from './load-progress.js';
import { describeTotals } from './load-progress-text.js';

const FIRST_SUMMARY_MS = 5_000;
const SUMMARY_INTERVAL_MS_MAX = 60_000;

/** For logs: a line an event, and a summary at growing intervals while nothing else is said. */
export function createLinesView(write: (line: string) => void): ApplyView {
  let progress: LoadProgress | null = null;
  let stopSummaries: () => void = () => undefined;
  const observe = (event: ApplyEvent): void => {
    switch (event.type) {
      case 'task-started': {
        const started = new LoadProgress(event.tables, () => performance.now());
        progress = started;
        write(`${event.task}: loading ${event.tables.length} tables`);
        stopSummaries = atGrowingIntervals(() => {
          write(`${event.task}: ${describeTotals(started.totals())}`);
        });
        return;
      }
      case 'load': {
        progress?.apply(event.event);
        const line = formatLoadEvent(event.event);
        if (line !== null) write(`${event.task}: ${line}`);
        return;
      }
      case 'task-ended':
        stopSummaries();
        return;
    }
  };
  return {
    observe,
    stop: async () => {
      stopSummaries();
      return Promise.resolve();
    },
  };
}

/** `null` for events that are too many for a log. */
export function formatLoadEvent(event: LoadEvent): string | null {
  switch (event.type) {
    case 'written':
    case 'part-undone':
    case 'part-loaded':
    case 'table-finishing':
      return null;
    case 'table-started':
      return event.partsDone === 0
        ? `${formatTableName(event.table)}: loading`
        : `${formatTableName(event.table)}: resuming, ${event.partsDone} of ${event.parts} parts are done`;
    case 'table-loaded':
      return `${formatTableName(event.table)}: loaded ${formatRows(event.rows)} rows, ${formatBytes(event.bytes)}`;
    case 'table-failed':
      return `${formatTableName(event.table)}: failed: ${event.error.message}`;
    case 'waiting':
      return `waiting ${formatDuration(event.delayMs / 1000)} while ${event.doing}: ${event.error.message}`;
    case 'snapshot-reopened':
      return 'the snapshot of the source was lost; the parts that remain are read from a new one';
  }
}

function atGrowingIntervals(tick: () => void): () => void {
  let intervalMs = FIRST_SUMMARY_MS;
  let timer = setTimeout(next, intervalMs);
  function next(): void {
    tick();
    intervalMs = Math.min(intervalMs * 2, SUMMARY_INTERVAL_MS_MAX);
    timer = setTimeout(next, intervalMs);
  }
  return () => {
    clearTimeout(timer);
  };
}
