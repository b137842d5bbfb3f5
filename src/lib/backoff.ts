import { setTimeout as delay } from 'node:timers/promises';

const FIRST_DELAY_MS = 250;
const DELAY_MS_MAX = 15_000;

/** Delay before try number `attempt` (from 1): doubles up to 15 s, shortened at random so that many waiters spread. */
export function backoffDelayMs(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(DELAY_MS_MAX, FIRST_DELAY_MS * 2 ** Math.min(attempt - 1, 16));
  return Math.round(full * (0.5 + random() / 2));
}

/** Resolves after `ms`, rejects with the signal's reason when aborted. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
