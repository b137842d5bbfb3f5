import { describe, expect, it } from 'vitest';
import { DmsctlError } from '../../../src/errors/dmsctl-error.js';
import type { LoadEvent } from '../../../src/replication/load-event.js';
import { withRetry } from '../../../src/replication/with-retry.js';

const lost = new DmsctlError('PG_CONNECTION_LOST', { detail: 'gone.', fix: 'Wait.' });

describe('withRetry', () => {
  /** A step that always fails; `onWaiting` is called when the first wait begins. */
  async function retryForever(drain: AbortSignal, onWaiting: () => void): Promise<readonly LoadEvent[]> {
    const events: LoadEvent[] = [];
    const observer = (event: LoadEvent): void => {
      events.push(event);
      queueMicrotask(onWaiting);
    };
    const { signal } = new AbortController();
    const step = async (): Promise<never> => Promise.reject(lost);
    const options = { doing: 'loading', retryForMs: 3_600_000, observer, drain, signal };
    await expect(withRetry(step, options)).rejects.toBe(lost);
    return events;
  }

  it('ends a wait when it is asked to stop: an endpoint may stay away for as long as retryFor', async () => {
    const drain = new AbortController();
    const events = await retryForever(drain.signal, () => {
      drain.abort();
    });
    expect(events).toMatchObject([{ type: 'waiting', doing: 'loading' }]);
  });

  it('begins no wait once it was asked to stop', async () => {
    expect(await retryForever(AbortSignal.abort(), () => undefined)).toEqual([]);
  });
});
