import { expect, it } from 'vitest';
import { ByteQueue } from '../../../src/lib/byte-queue.js';

const MIB = 1024 * 1024;

interface Piece {
  readonly bytes: Buffer;
}

const piece = (text: string): Piece => ({ bytes: Buffer.from(text) });
const pieceOf = (length: number): Piece => ({ bytes: Buffer.alloc(length) });

function openQueue(): { readonly queue: ByteQueue<Piece>; readonly orders: string[] } {
  const orders: string[] = [];
  const queue = new ByteQueue<Piece>({ pause: () => orders.push('pause'), resume: () => orders.push('resume') });
  return { queue, orders };
}

it('pauses its filler by bytes, until the reader is done with enough of them', async () => {
  const { queue, orders } = openQueue();
  for (let index = 0; index < 7; index++) queue.push(pieceOf(MIB / 8));
  expect(orders).toEqual([]);
  queue.push(pieceOf(MIB / 8));
  await queue.take();
  expect(orders).toEqual(['pause']);
  await queue.take();
  expect(orders).toEqual(['pause', 'resume']);
});

it('holds one piece that is larger than its limit, and lets the next come once that is worked on', async () => {
  const { queue, orders } = openQueue();
  queue.push(pieceOf(25 * MIB));
  expect((await queue.take())?.bytes.length).toBe(25 * MIB);
  expect(orders).toEqual(['pause']);
  const next = queue.take();
  expect(orders).toEqual(['pause', 'resume']);
  queue.push(piece('next'));
  expect((await next)?.bytes.toString()).toBe('next');
});

it('leaves its filler running at the end', async () => {
  const { queue, orders } = openQueue();
  queue.push(pieceOf(MIB));
  queue.end();
  await queue.take();
  expect(await queue.take()).toBeNull();
  expect(orders).toEqual(['pause', 'resume']);
});

it('wakes a reader that waits', async () => {
  const { queue } = openQueue();
  const taken = queue.take();
  queue.push(piece('late'));
  expect((await taken)?.bytes.toString()).toBe('late');
  const last = queue.take();
  queue.end();
  expect(await last).toBeNull();
});

it('hands out what it holds before its end, but not before an error', async () => {
  const { queue: ended } = openQueue();
  ended.push(piece('a'));
  ended.end();
  expect((await ended.take())?.bytes.toString()).toBe('a');
  expect(await ended.take()).toBeNull();

  const { queue: failed } = openQueue();
  failed.push(piece('a'));
  failed.fail(new Error('broken'));
  failed.push(piece('b'));
  await expect(failed.take()).rejects.toThrow('broken');
});
