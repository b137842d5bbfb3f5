import type { TaskLease } from '../engines/ports.js';
import { type DmsctlError, toDmsctlError } from '../errors/dmsctl-error.js';
import { pause } from '../lib/backoff.js';
import type { Fence } from '../model/task-progress.js';

/** A third of the lease: two renewals may fail before anybody else can take the task. */
const LEASE_RENEWAL_INTERVAL_MS = 10_000;

/**
 * Renews the task's lease until the returned function is called. Tells `onFenced` when somebody else owns the task now.
 * Other failures pass: the next renewal tries again, and whatever is written meanwhile checks the fence by itself.
 */
export function keepLease(lease: TaskLease, fence: Fence, onFenced: (error: DmsctlError) => void): () => Promise<void> {
  const stop = new AbortController();
  const renewing = (async () => {
    for (;;) {
      await pause(LEASE_RENEWAL_INTERVAL_MS, stop.signal);
      try {
        await lease.renew(fence, stop.signal);
      } catch (caught) {
        const error = toDmsctlError(caught);
        if (error.code !== 'TASK_FENCED') continue;
        onFenced(error);
        return;
      }
    }
  })().catch(() => undefined);
  return async () => {
    stop.abort();
    await renewing;
  };
}
