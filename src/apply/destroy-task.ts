import type { RemovedObjects, TargetEngine } from '../engines/ports.js';
import type { TaskKey } from '../model/task-progress.js';
import { isDeadHere, thisProcess } from './lease-holder.js';

/**
 * Removes what a task left on its target: control rows always, tables that it created only `withTables`. Refused while
 * another process runs the task. `null` when the target knows nothing of it.
 */
export async function destroyTask(
  key: TaskKey,
  target: TargetEngine,
  options: { readonly withTables: boolean },
  signal: AbortSignal,
): Promise<RemovedObjects | null> {
  const progress = await target.progress.read(key, signal);
  if (progress === null) return null;
  await target.lease.claim(
    key,
    {
      holder: thisProcess(),
      lineage: progress.lineage,
      sourceIdentity: progress.sourceIdentity,
      isDead: isDeadHere,
    },
    signal,
  );
  return target.progress.remove(key, options, signal);
}
