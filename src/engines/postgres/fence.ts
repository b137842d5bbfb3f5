import { DmsctlError } from '../../errors/dmsctl-error.js';
import type { Fence } from '../../model/task-progress.js';
import type { PostgresConnection } from './connection.js';

/**
 * Makes sure, as the last thing before COMMIT, that the task is still ours, and keeps it so until the transaction ends:
 * taking a task over updates the row that this locks, so it waits for a commit under way. A share lock, because parts
 * commit side by side; last, because renewing the lease updates the row too and must not wait for a long load.
 */
export async function checkFence(connection: PostgresConnection, fence: Fence): Promise<void> {
  const rows = await connection.query(
    'SELECT 1 FROM dmsctl.task WHERE spec = $1 AND task = $2 AND epoch = $3 FOR SHARE',
    [fence.task.spec, fence.task.task, fence.epoch],
  );
  if (rows.length === 0) throw fenced(fence);
}

export function fenced({ task, epoch }: Fence): DmsctlError {
  return new DmsctlError('TASK_FENCED', {
    detail: `task ${task.spec}/${task.task} was taken over or removed: its epoch in the target is not ${epoch} any more.`,
    fix: 'Look who runs it, and leave the task to that process:\n  dmsctl status',
  });
}
