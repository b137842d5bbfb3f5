import type { ProgressStore } from '../engines/ports.js';
import type { Lease, TableProgress, TaskKey, TaskProgress } from '../model/task-progress.js';

/**
 * - `not-started`: the target knows nothing of the task
 * - `running`: a process holds the task's lease
 * - `stopped`: nobody runs it and something is left to load
 * - `loaded`: every table that was begun is loaded
 */
export type TaskCondition = 'not-started' | 'running' | 'stopped' | 'loaded';

export interface TaskStatus {
  readonly task: string;
  readonly type: string;
  readonly condition: TaskCondition;
  readonly lease: Lease | null;
  readonly tables: readonly TableProgress[];
}

export async function readTaskStatus(
  { key, type }: { readonly key: TaskKey; readonly type: string },
  progress: ProgressStore,
  signal: AbortSignal,
): Promise<TaskStatus> {
  const known = await progress.read(key, signal);
  return {
    task: key.task,
    type,
    condition: judgeCondition(known),
    lease: known?.lease ?? null,
    tables: known?.tables ?? [],
  };
}

export function judgeCondition(progress: TaskProgress | null): TaskCondition {
  if (progress === null) return 'not-started';
  if (progress.lease !== null && progress.lease.remainingMs > 0) return 'running';
  return progress.tables.every(({ phase }) => phase === 'loaded') ? 'loaded' : 'stopped';
}
