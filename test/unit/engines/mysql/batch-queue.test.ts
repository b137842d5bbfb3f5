import { expect, it } from 'vitest';
import { BatchQueue } from '../../../../src/engines/mysql/batch-queue.js';
import type { RowBatch } from '../../../../src/model/row-batch.js';

const batch = (text: string): RowBatch => ({ format: 'copy-text', bytes: Buffer.from(text), rows: 1 });

it('is full after a few batches and has room again when one is taken', async () => {
  const queue = new BatchQueue();
  let pushed = 0;
  while (!queue.isFull) queue.push(batch(String(pushed++)));
  expect(pushed).toBeLessThanOrEqual(8);
  expect((await queue.take())?.bytes.toString()).toBe('0');
  expect(queue.isFull).toBe(false);
});

it('wakes a reader that waits', async () => {
  const queue = new BatchQueue();
  const taken = queue.take();
  queue.push(batch('late'));
  expect((await taken)?.bytes.toString()).toBe('late');
  const last = queue.take();
  queue.end();
  expect(await last).toBeNull();
});

it('hands out what it holds before its end, but not before an error', async () => {
  const ended = new BatchQueue();
  ended.push(batch('a'));
  ended.end();
  expect((await ended.take())?.rows).toBe(1);
  expect(await ended.take()).toBeNull();

  const failed = new BatchQueue();
  failed.push(batch('a'));
  failed.fail(new Error('broken'));
  await expect(failed.take()).rejects.toThrow('broken');
});
