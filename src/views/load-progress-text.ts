import { formatTableName } from '../model/table.js';
import { formatBytes, formatDuration, formatRows } from './format.js';
import { fractionDone, type LoadTotals, type TableProgressView } from './load-progress.js';

/** `shop.orders  1.2 M of ~3.4 M rows, 310 MB, 85 MB/s, ~0:42 left`. */
export function describeTable(view: TableProgressView, seconds: number): string {
  const { estimatedRows } = view.size;
  const rows =
    estimatedRows === null
      ? `${formatRows(view.rows)} rows`
      : `${formatRows(view.rows)} of ~${formatRows(estimatedRows)} rows`;
  const pieces = [rows, formatBytes(view.bytes)];
  if (view.stage === 'finishing') return `${formatTableName(view.table)}  ${pieces.join(', ')}, building keys`;
  if (seconds > 0) pieces.push(`${formatBytes(view.bytes / seconds)}/s`);
  const done = fractionDone(view);
  if (done > 0.01 && seconds > 1) pieces.push(`~${formatDuration((seconds * (1 - done)) / done)} left`);
  if (view.parts > 1) pieces.push(`part ${view.partsDone} of ${view.parts}`);
  return `${formatTableName(view.table)}  ${pieces.join(', ')}`;
}

/** `3 of 12 tables, 41 M rows, 3.1 GB, 92 MB/s, ~1:10 left`. */
export function describeTotals(totals: LoadTotals): string {
  const pieces = [
    `${totals.tablesDone} of ${totals.tables} tables`,
    `${formatRows(totals.rows)} rows`,
    formatBytes(totals.bytes),
    `${formatBytes(totals.bytesPerSecond)}/s`,
  ];
  if (totals.tablesFailed > 0) pieces.push(`${totals.tablesFailed} failed`);
  const isOver = totals.tablesDone + totals.tablesFailed === totals.tables;
  if (!isOver && totals.secondsLeft !== null && totals.seconds > 1)
    pieces.push(`~${formatDuration(totals.secondsLeft)} left`);
  return pieces.join(', ');
}
