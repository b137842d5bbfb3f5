import { describe, expect, test } from 'vitest';
import type { LoadPart } from '../../../src/model/load-part.js';
import { LoadQueue, type LoadJob } from '../../../src/replication/load-queue.js';

const LIMITS = { tablesMax: 2, partsPerTableMax: 8 };

function parts(count: number): LoadPart[] {
  return Array.from({ length: count }, (_, index) => ({ number: index + 1, range: { after: null, upTo: null } }));
}

function label(job: LoadJob<string> | null): string {
  if (job === null) return 'end';
  return job.kind === 'part' ? `part ${job.table}${job.part.number}` : `${job.kind} ${job.table}`;
}

/** Whether a promise is still open after everything that can run has run. */
async function isOpen(promise: Promise<unknown>): Promise<boolean> {
  const open = Symbol('open');
  await new Promise(setImmediate);
  return (await Promise.race([promise, Promise.resolve(open)])) === open;
}

describe('LoadQueue', () => {
  test('begins tables in order, never more than tablesMax at a time', async () => {
    const queue = new LoadQueue(['a', 'b', 'c'], LIMITS);
    expect(label(await queue.take())).toBe('begin a');
    expect(label(await queue.take())).toBe('begin b');
    const third = queue.take();
    expect(await isOpen(third)).toBe(true);
    queue.begun('a', parts(1));
    expect(label(await third)).toBe('part a1');
    const fourth = queue.take();
    queue.partDone('a');
    expect(label(await fourth)).toBe('finish a');
    const fifth = queue.take();
    expect(await isOpen(fifth)).toBe(true);
    queue.finished('a');
    expect(label(await fifth)).toBe('begin c');
  });

  test('a table without parts left goes straight to its finish', async () => {
    const queue = new LoadQueue(['a'], LIMITS);
    await queue.take();
    queue.begun('a', []);
    expect(label(await queue.take())).toBe('finish a');
    queue.finished('a');
    expect(label(await queue.take())).toBe('end');
  });

  test('spreads workers over the tables under way and keeps to partsPerTableMax', async () => {
    const queue = new LoadQueue(['a', 'b'], { tablesMax: 2, partsPerTableMax: 2 });
    await queue.take();
    await queue.take();
    queue.begun('a', parts(3));
    queue.begun('b', parts(3));
    const taken = [];
    for (let count = 0; count < 4; count += 1) taken.push(label(await queue.take()));
    expect(taken).toEqual(['part a1', 'part b1', 'part a2', 'part b2']);
    const next = queue.take();
    expect(await isOpen(next)).toBe(true);
    queue.partDone('b');
    expect(label(await next)).toBe('part b3');
  });

  test('a finish waits for every part that is out', async () => {
    const queue = new LoadQueue(['a'], LIMITS);
    await queue.take();
    queue.begun('a', parts(2));
    await queue.take();
    await queue.take();
    queue.partDone('a');
    const next = queue.take();
    expect(await isOpen(next)).toBe(true);
    queue.partDone('a');
    expect(label(await next)).toBe('finish a');
  });

  test('a failed table frees its place and hands out no more parts', async () => {
    const queue = new LoadQueue(['a', 'b'], { tablesMax: 1, partsPerTableMax: 8 });
    await queue.take();
    queue.begun('a', parts(3));
    await queue.take();
    await queue.take();
    queue.failed('a');
    expect(label(await queue.take())).toBe('begin b');
    queue.partDone('a');
    queue.begun('b', []);
    expect(label(await queue.take())).toBe('finish b');
    queue.finished('b');
    expect(label(await queue.take())).toBe('end');
  });

  test('draining ends every waiting worker and hands out nothing more', async () => {
    const queue = new LoadQueue(['a', 'b'], { tablesMax: 1, partsPerTableMax: 8 });
    await queue.take();
    const waiting = queue.take();
    queue.drain();
    expect(label(await waiting)).toBe('end');
    queue.begun('a', parts(1));
    expect(label(await queue.take())).toBe('end');
  });

  test('reporting a stage that the table is not in is a bug of ours, said aloud', () => {
    const queue = new LoadQueue(['a'], LIMITS);
    expect(() => {
      queue.finished('a');
    }).toThrow(/BUG|rule of its own/);
  });
});
