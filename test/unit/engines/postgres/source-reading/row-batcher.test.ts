import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RowBatcher } from '../../../../../src/engines/postgres/row-batcher.js';
import type { BatchFormat, RowBatch } from '../../../../../src/model/row-batch.js';

const BINARY_HEADER = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const BINARY_TRAILER = Buffer.from([0xff, 0xff]);
const READY = message('Z', Buffer.from('T'));

function message(type: string, body: Buffer): Buffer {
  const bytes = Buffer.alloc(5 + body.length);
  bytes.write(type, 'latin1');
  bytes.writeUInt32BE(body.length + 4, 1);
  body.copy(bytes, 5);
  return bytes;
}

function cut(stream: Buffer, sizes: readonly number[]): readonly Buffer[] {
  const chunks: Buffer[] = [];
  for (let offset = 0, turn = 0; offset < stream.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    chunks.push(stream.subarray(offset, offset + size));
    offset += size;
  }
  return chunks;
}

function run(format: BatchFormat, chunks: readonly Buffer[]) {
  const batches: RowBatch[] = [];
  const others: Buffer[] = [];
  const events: string[] = [];
  const batcher = new RowBatcher(format, {
    onBatch: (batch) => batches.push(batch),
    onOther: (bytes) => others.push(Buffer.from(bytes)),
    onReady: () => events.push('ready'),
    onBroken: (what) => events.push(what),
  });
  for (const chunk of chunks) batcher.push(chunk);
  batcher.flush();
  return {
    batcher,
    events,
    rows: batches.reduce((sum, batch) => sum + batch.rows, 0),
    batches,
    bytes: Buffer.concat(batches.map(({ bytes }) => bytes)),
    others: Buffer.concat(others),
  };
}

const START = message('H', Buffer.from([0, 0, 0]));
const END = Buffer.concat([message('c', Buffer.alloc(0)), message('C', Buffer.from('COPY 1\0')), READY]);
const NOTICE = message('N', Buffer.from('Sd\0'));

const textRow = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.concat([bytes, Buffer.from('\n')]));
const chunkSizes = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 20 });

describe('RowBatcher', () => {
  it('keeps every row and passes every other byte on, however the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(textRow, { maxLength: 40 }), chunkSizes, fc.nat(40), (rows, sizes, noticeAt) => {
        const messages = rows.map((row) => message('d', row));
        messages.splice(noticeAt, 0, NOTICE);
        const found = run('copy-text', cut(Buffer.concat([START, ...messages, END]), sizes));
        expect(found.events).toEqual(['ready']);
        expect(found.rows).toBe(rows.length);
        expect(found.bytes.equals(Buffer.concat(rows))).toBe(true);
        expect(found.others.equals(Buffer.concat([START, NOTICE, END]))).toBe(true);
        expect(found.batcher.isComplete).toBe(true);
      }),
    );
  });

  it('delivers binary tuples without the file header and trailer', () => {
    const tuple = fc.uint8Array({ minLength: 2, maxLength: 60 }).map((bytes) => {
      bytes.set([0, 3]);
      return Buffer.from(bytes);
    });
    fc.assert(
      fc.property(fc.array(tuple, { maxLength: 20 }), chunkSizes, fc.boolean(), (tuples, sizes, isHeaderAlone) => {
        const bodies = [...tuples, BINARY_TRAILER];
        const opening = isHeaderAlone ? [BINARY_HEADER] : [Buffer.concat([BINARY_HEADER, ...bodies.splice(0, 1)])];
        const messages = [...opening, ...bodies].map((body) => message('d', body));
        const found = run('copy-binary', cut(Buffer.concat([START, ...messages, END]), sizes));
        expect(found.events).toEqual(['ready']);
        expect(found.rows).toBe(tuples.length);
        expect(found.bytes.equals(Buffer.concat(tuples))).toBe(true);
        expect(found.batcher.isComplete).toBe(true);
      }),
    );
  });

  it('holds whole rows in every batch and gives a row larger than a batch one of its own', () => {
    const rows = [10, 200_000, 100_000, 900_000, 5].map((size) =>
      Buffer.concat([Buffer.alloc(size, 'x'), Buffer.from('\n')]),
    );
    const stream = Buffer.concat([START, ...rows.map((row) => message('d', row)), END]);
    const { batches, bytes } = run('copy-text', cut(stream, [65_536]));
    expect(bytes.equals(Buffer.concat(rows))).toBe(true);
    expect(batches.map((batch) => batch.rows)).toEqual([2, 1, 1, 1]);
    for (const batch of batches) expect(batch.bytes.at(-1)).toBe(0x0a);
  });

  it('leaves what follows ReadyForQuery to others', () => {
    const { others } = run('copy-text', [Buffer.concat([START, END, Buffer.from('half a mess')])]);
    expect(others.subarray(-11).toString()).toBe('half a mess');
  });

  it.each([
    ['a row before the COPY began', [message('d', Buffer.from('a\n'))]],
    ['an unknown message', [START, message('T', Buffer.from('a'))]],
    ['a text row without its end', [START, message('d', Buffer.from('a'))]],
    ['an empty text row', [START, message('d', Buffer.alloc(0))]],
    ['an impossible length', [START, Buffer.from([0x64, 0, 0, 0, 3])]],
  ])('breaks at %s and delivers nothing', (_what, messages) => {
    const { events, batches } = run('copy-text', [Buffer.concat([...messages, message('d', Buffer.from('b\n'))])]);
    expect(events).toHaveLength(1);
    expect(batches).toEqual([]);
  });

  it('breaks at a binary header with flags, and misses a trailer that did not come', () => {
    const flagged = Buffer.from(BINARY_HEADER);
    flagged.writeUInt32BE(0x10000, 11);
    expect(run('copy-binary', [START, message('d', flagged)]).events).toEqual(['another binary file header']);
    expect(run('copy-binary', [START, message('d', BINARY_HEADER), END]).batcher.isComplete).toBe(false);
  });
});
