import type { ApplyReport, TaskReport } from '../apply/apply-event.js';
import { addPolicyCounts, NO_POLICY_COUNTS } from '../model/load-part.js';
import { formatTableName } from '../model/table.js';
import type { TableResult } from '../replication/load-event.js';
import { formatBytes, formatDuration, formatRows } from './format.js';
import { policyNotes } from './status-view.js';

/** What a finished apply did, and what is missing, for people. */
export function reportText(report: ApplyReport): string {
  const lines = report.tasks.flatMap(taskLines);
  if (report.isDrained) lines.push('Stopped on request. Run dmsctl apply again to continue.');
  return lines.join('\n');
}

/** True when tables failed: exit code 4. A load that was stopped on request is not incomplete in that sense. */
export function hasFailedTables(report: ApplyReport): boolean {
  return report.tasks.some(({ tables }) => tables.some(({ outcome }) => outcome === 'failed'));
}

function taskLines({ task, tables, seconds, hasMixedSnapshots }: TaskReport): string[] {
  const loaded = tables.filter(({ outcome }) => outcome === 'loaded');
  const rows = loaded.reduce((sum, table) => sum + table.rows, 0);
  const bytes = loaded.reduce((sum, table) => sum + table.bytes, 0);
  const counts = tables.map(({ policyCounts }) => policyCounts).reduce(addPolicyCounts, NO_POLICY_COUNTS);
  const lines = [
    `Task ${task}: ${loaded.length} of ${tables.length} tables loaded, ${formatRows(rows)} rows, ${formatBytes(bytes)} in ${formatDuration(seconds)}.`,
    ...policyNotes(counts).map((note) => `  ${note}`),
  ];
  if (hasMixedSnapshots) {
    lines.push(
      '  Parts of this load show the source at different moments. If it was written to meanwhile, tables may not fit',
    );
    lines.push('  each other.');
  }
  const failed = tables.filter(({ outcome }) => outcome === 'failed');
  const unfinished = tables.filter(({ outcome }) => outcome === 'not-finished');
  return [...lines, ...failed.flatMap(failedLines), ...unfinishedLines(unfinished)];
}

function failedLines({ table, rows, error }: TableResult): string[] {
  const soFar = rows === 0 ? 'is not loaded' : `is not complete (${formatRows(rows)} rows of it are on the target)`;
  const head = `  ${formatTableName(table)} ${soFar}: ${error?.message ?? ''} (${error?.code ?? ''})`;
  const fix = (error?.fix ?? '').split('\n').map((line) => `      ${line}`);
  return [head, ...fix];
}

function unfinishedLines(tables: readonly TableResult[]): string[] {
  if (tables.length === 0) return [];
  return [`  Not finished: ${tables.map(({ table }) => formatTableName(table)).join(', ')}`];
}
