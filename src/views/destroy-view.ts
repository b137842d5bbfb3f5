import type { DestroyedTask } from '../apply/destroy-project.js';
import { formatTableName } from '../model/table.js';

/** schemas/destroy.schema.json. */
export function destroyJson(tasks: readonly DestroyedTask[]): object {
  return {
    status: 'ok',
    tasks: tasks.map(({ task, removed }) => ({
      task,
      isRemoved: removed !== null,
      tables: removed?.tables.map(formatTableName) ?? [],
      controlTables: removed?.controlTables ?? false,
    })),
  };
}

/** Somebody was asked and did not say yes. */
export function declinedJson(): object {
  return { status: 'declined', tasks: [] };
}

export function destroyText(tasks: readonly DestroyedTask[]): string {
  return tasks.map(taskText).join('\n');
}

function taskText({ task, removed }: DestroyedTask): string {
  if (removed === null) return `Task ${task}: nothing to remove.`;
  const pieces = ['control rows'];
  if (removed.controlTables) pieces.push('schema dmsctl');
  if (removed.tables.length > 0) pieces.push(`tables ${removed.tables.map(formatTableName).join(', ')}`);
  return `Task ${task}: removed ${pieces.join('; ')}.`;
}
