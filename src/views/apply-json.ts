import type { ApplyEvent, ApplyReport, TaskReport } from '../apply/apply-event.js';
import { formatTableName } from '../model/table.js';
import { planDocument } from '../plan/plan-document.js';
import type { Plan } from '../plan/plan.js';
import type { LoadEvent, TableResult } from '../replication/load-event.js';
import { errorJson } from './error-view.js';
import type { ApplyView } from './apply-view.js';

/** JSON lines: one object an event; schemas/apply-event.schema.json. */
export function createJsonView(write: (value: object) => void): ApplyView {
  return {
    observe: (event) => {
      const line = eventJson(event);
      if (line !== null) write(line);
    },
    stop: async () => Promise.resolve(),
  };
}

function eventJson(event: ApplyEvent): object | null {
  switch (event.type) {
    case 'task-started':
      return { type: event.type, task: event.task, tables: event.tables.length };
    case 'task-ended':
      return { type: event.type, task: event.task };
    case 'load':
      return loadEventJson(event.task, event.event);
  }
}

function loadEventJson(task: string, event: LoadEvent): object | null {
  switch (event.type) {
    case 'written':
    case 'part-undone':
      return null;
    case 'snapshot-reopened':
      return { type: event.type, task };
    case 'waiting':
      return {
        type: event.type,
        task,
        doing: event.doing,
        delayMs: event.delayMs,
        error: errorJson(event.error).error,
      };
    case 'table-failed':
      return { type: event.type, task, table: formatTableName(event.table), error: errorJson(event.error).error };
    case 'table-started':
    case 'part-loaded':
    case 'table-finishing':
    case 'table-loaded':
      return { ...event, task, table: formatTableName(event.table) };
  }
}

/** The line that shows what is about to be carried out. */
export function planLine(plan: Plan, dmsctl: string): object {
  return { type: 'plan', plan: planDocument(plan, dmsctl) };
}

/** The last line of `apply --json`. */
export function reportJson(report: ApplyReport, exitCode: number): object {
  return {
    type: 'result',
    status: exitCode === 0 ? 'done' : 'incomplete',
    exitCode,
    isDrained: report.isDrained,
    tasks: report.tasks.map(taskJson),
  };
}

function taskJson({ task, tables, seconds, hasMixedSnapshots }: TaskReport): object {
  return { task, seconds, hasMixedSnapshots, tables: tables.map(tableJson) };
}

function tableJson({ table, outcome, rows, bytes, policyCounts, error }: TableResult): object {
  return {
    table: formatTableName(table),
    outcome,
    rows,
    bytes,
    policyCounts,
    error: error === null ? null : errorJson(error).error,
  };
}
