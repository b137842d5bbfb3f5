import type { TaskStatus } from '../apply/read-status.js';
import type { PolicyCounts } from '../model/load-part.js';
import { formatTableName } from '../model/table.js';
import type { Lease, TableProgress } from '../model/task-progress.js';
import { formatBytes, formatCount, formatDuration, formatRows } from './format.js';

/** schemas/status.schema.json. */
export function statusJson(spec: string, tasks: readonly TaskStatus[]): object {
  return { status: 'ok', spec, tasks: tasks.map(taskJson) };
}

function taskJson({ task, type, condition, lease, tables }: TaskStatus): object {
  return {
    task,
    type,
    condition,
    lease:
      lease === null
        ? null
        : { host: lease.holder.hostName, pid: lease.holder.pid, remainingMs: Math.round(lease.remainingMs) },
    tables: tables.map((table) => ({
      source: formatTableName(table.source),
      target: formatTableName(table.target),
      phase: table.phase,
      rows: table.rows,
      bytes: table.bytes,
      parts: table.parts.length,
      partsDone: table.parts.filter(({ isDone }) => isDone).length,
      policyCounts: table.policyCounts,
      error: table.error,
    })),
  };
}

export function statusText(spec: string, tasks: readonly TaskStatus[]): string {
  return [`Spec ${spec}`, ...tasks.map(taskText)].join('\n\n');
}

function taskText({ task, type, condition, lease, tables }: TaskStatus): string {
  const failed = tables.filter(({ error }) => error !== null).length;
  const head = `Task ${task} (${type}): ${conditionText(condition, lease, failed)}`;
  if (tables.length === 0) return head;
  const rows = tables.map(tableRow);
  const widths = ['table', 'phase', 'rows', 'bytes', 'parts'].map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row.cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `  ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd();
  return [
    head,
    line(['table', 'phase', 'rows', 'bytes', 'parts']),
    ...rows.flatMap((row) => [line(row.cells), ...row.notes.map((note) => `      ${note}`)]),
  ].join('\n');
}

function conditionText(condition: TaskStatus['condition'], lease: Lease | null, failed: number): string {
  switch (condition) {
    case 'not-started':
      return 'not started';
    case 'running': {
      const { hostName, pid } = lease?.holder ?? { hostName: '?', pid: 0 };
      return `running on ${hostName}, process ${pid}; its lease lasts ${formatDuration((lease?.remainingMs ?? 0) / 1000)}`;
    }
    case 'stopped':
      return failed === 0
        ? 'stopped; dmsctl apply continues it'
        : `stopped; ${formatCount(failed, 'table')} failed: mend the cause, then dmsctl apply continues`;
    case 'loaded':
      return 'loaded';
  }
}

function tableRow(table: TableProgress): { readonly cells: readonly string[]; readonly notes: readonly string[] } {
  const partsDone = table.parts.filter(({ isDone }) => isDone).length;
  const notes = policyNotes(table.policyCounts);
  if (table.error !== null) notes.push(`error ${table.error.code}: ${table.error.detail}`);
  return {
    cells: [
      formatTableName(table.target),
      table.phase,
      formatRows(table.rows),
      formatBytes(table.bytes),
      `${partsDone}/${table.parts.length}`,
    ],
    notes,
  };
}

/** What policies changed, in words; empty when they changed nothing. */
export function policyNotes(counts: PolicyCounts): string[] {
  const notes = [];
  if (counts.zeroDate > 0) notes.push(`${formatRows(counts.zeroDate)} zero dates replaced (policy zeroDate)`);
  if (counts.nulCharacter > 0)
    notes.push(`${formatRows(counts.nulCharacter)} values with NUL characters changed (policy nulCharacter)`);
  if (counts.invalidText > 0)
    notes.push(`${formatRows(counts.invalidText)} values with invalid text changed (policy invalidText)`);
  return notes;
}
