import { DmsctlError, toDmsctlError } from '../errors/dmsctl-error.js';
import { retryPolicy } from '../errors/retry-policy.js';
import { anySignal } from '../lib/abort.js';
import { backoffDelayMs, pause } from '../lib/backoff.js';
import type { LoadObserver } from './load-event.js';

export interface RetryOptions {
  /** For the person who waits: `loading shop.orders, part 3`. */
  readonly doing: string;
  /** How long a failing step is tried again, from its first failure. */
  readonly retryForMs: number;
  readonly observer: LoadObserver;
  /** Aborted: no waiting any more, the failure is thrown. What is under way ends in its own time. */
  readonly drain: AbortSignal;
  readonly signal: AbortSignal;
}

/** Runs a repeatable step until it works, fails for a reason that waiting cannot mend, or `retryForMs` is over. */
export async function withRetry<Result>(step: () => Promise<Result>, options: RetryOptions): Promise<Result> {
  const { doing, retryForMs, observer, drain, signal } = options;
  let firstFailureMs: number | null = null;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await step();
    } catch (caught) {
      signal.throwIfAborted();
      const error = toDmsctlError(caught);
      if (retryPolicy(error.code) !== 'backoff' || drain.aborted) throw error;
      firstFailureMs ??= performance.now();
      const leftMs = retryForMs - (performance.now() - firstFailureMs);
      if (leftMs <= 0) throw gaveUpWaiting(error, retryForMs);
      const delayMs = Math.min(backoffDelayMs(attempt), leftMs);
      observer({ type: 'waiting', doing, error, delayMs });
      try {
        await pause(delayMs, anySignal(signal, drain));
      } catch {
        signal.throwIfAborted();
        throw error;
      }
    }
  }
}

/** Waiting did not help: the endpoint stays away, so no other step of the task has a better chance. */
function gaveUpWaiting(last: DmsctlError, retryForMs: number): DmsctlError {
  return new DmsctlError('TASK_GAVE_UP_WAITING', {
    detail: `waited ${Math.round(retryForMs / 1000)} s (replicationInstance.retryFor). ${last.message}`,
    fix: `${last.fix}\nThen run dmsctl apply again: it continues where this run stopped.`,
    cause: last,
  });
}
