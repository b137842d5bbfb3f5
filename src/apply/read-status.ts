import type { ProgressStore } from '../engines/ports.js';
import { isDeadHere } from './lease-holder.js';
import type { Lease, LeaseHolder, TableProgress, TaskKey, TaskProgress } from '../model/task-progress.js';

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
    condition: judgeCondition(known, isDeadHere),
    lease: known?.lease ?? null,
    tables: known?.tables ?? [],
  };
}

/** A killed process leaves its lease behind; on its own host it is known to be dead before the lease runs out. */
export function judgeCondition(progress: TaskProgress | null, isDead: (holder: LeaseHolder) => boolean): TaskCondition {
  if (progress === null) return 'not-started';
  const { lease } = progress;
  if (lease !== null && lease.remainingMs > 0 && !isDead(lease.holder)) return 'running';
  const isDone = progress.tables.every(({ phase, hasObjectsToRestore }) => phase === 'loaded' && !hasObjectsToRestore);
  return isDone && progress.tables.length > 0 ? 'loaded' : 'stopped';
}
