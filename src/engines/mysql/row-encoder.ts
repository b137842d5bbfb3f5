/** Turns row packets of the text protocol into batches of COPY text. The hot path. */
import type { DeliveredColumn, SnapshotTable } from '../ports.js';
import { bug } from '../../errors/dmsctl-error.js';
import type { PolicyCounts } from '../../model/load-part.js';
import type { RowBatch } from '../../model/row-batch.js';
import { enforceValidText } from './invalid-text.js';
import type { Output, ValueWriter } from './output.js';
import { nulReplacement } from './text-writer.js';
import { nativeTypeOf } from './types.js';
import { ValuePolicies } from './value-policies.js';
import { writerFor } from './value-writers.js';

const BATCH_BYTES = 256 * 1024;
const TAB = 0x09;
const NEWLINE = 0x0a;
const BACKSLASH = 0x5c;
const LETTER_N = 0x4e;

/** Length-encoded values, https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_dt_integers.html */
const NULL_VALUE = 251;
const LENGTH_2_BYTES = 252;
const LENGTH_3_BYTES = 253;

/** Hex and escapes double a byte. A vector's float takes up to fifteen characters and a comma for its four bytes. */
const EXPANSION_MAX = 2;
const VECTOR_EXPANSION_MAX = 4;
/** A value's separator and marks: `\N`, `\\x`, braces, the time of a replaced date. */
const EXTRA_BYTES_PER_VALUE = 12;

export class RowEncoder {
  readonly #columns: readonly DeliveredColumn[];
  readonly #writers: readonly ValueWriter[];
  readonly #policies: ValuePolicies;
  readonly #onBatch: (batch: RowBatch) => void;
  readonly #expansionMax: number;
  readonly #hasText: boolean;
  readonly #output: Output = { bytes: Buffer.alloc(0), at: 0 };
  #rows = 0;

  constructor({ mapping, columns, policies }: SnapshotTable, onBatch: (batch: RowBatch) => void) {
    const forms = new Set(columns.map(({ source }) => nativeTypeOf(source.nativeType).form));
    this.#columns = columns;
    this.#policies = new ValuePolicies(mapping.source, policies);
    this.#writers = columns.map(({ source, deliverAs }) => writerFor(source, deliverAs, this.#policies));
    this.#hasText = forms.has('text');
    this.#expansionMax = Math.max(
      forms.has('vector') ? VECTOR_EXPANSION_MAX : EXPANSION_MAX,
      this.#hasText ? nulReplacement(policies.nulCharacter).length : 0,
    );
    this.#onBatch = onBatch;
  }

  get policyCounts(): PolicyCounts {
    const { zeroDate, nulCharacter, invalidText } = this.#policies;
    return { zeroDate, nulCharacter, invalidText };
  }

  /** Encodes the row in `packet[start..end)`; hands a batch on when it is full. */
  addRow(packet: Buffer, start: number, end: number): void {
    this.#makeRoom((end - start) * this.#expansionMax + this.#writers.length * EXTRA_BYTES_PER_VALUE);
    const output = this.#output;
    let from = start;
    for (const write of this.#writers) {
      const firstByte = packet[from++] ?? NULL_VALUE;
      if (firstByte === NULL_VALUE) {
        output.bytes[output.at++] = BACKSLASH;
        output.bytes[output.at++] = LETTER_N;
      } else {
        const lengthBytes = lengthBytesAfter(firstByte);
        const valueStart = from + lengthBytes;
        from = valueStart + (lengthBytes === 0 ? firstByte : readLength(packet, from, lengthBytes));
        write(packet, valueStart, from, output);
      }
      output.bytes[output.at++] = TAB;
    }
    if (from !== end) throw bug(`a row packet of ${end - start} bytes ended after ${from - start}.`);
    output.bytes[output.at - 1] = NEWLINE;
    this.#rows++;
    // A row this large is not kept until the next one, as large perhaps, has come too.
    if (output.at >= BATCH_BYTES) this.flush();
  }

  /** Hands on what is there; nothing when no row came since the last batch. */
  flush(): void {
    if (this.#rows === 0) return;
    const { bytes, at } = this.#output;
    const filled = bytes.subarray(0, at);
    const rows = this.#rows;
    this.#rows = 0;
    this.#output.at = 0;
    this.#output.bytes = Buffer.alloc(0);
    const valid = this.#hasText ? enforceValidText(filled, this.#columns, this.#policies) : filled;
    this.#onBatch({ format: 'copy-text', bytes: valid, rows });
  }

  /** A buffer of its own for each batch, because the receiver keeps it; a larger one for a row that needs it. */
  #makeRoom(bytesMax: number): void {
    if (bytesMax <= this.#output.bytes.length - this.#output.at) return;
    this.flush();
    this.#output.bytes = Buffer.allocUnsafeSlow(Math.max(BATCH_BYTES, bytesMax));
  }
}

function lengthBytesAfter(firstByte: number): 0 | 2 | 3 | 8 {
  if (firstByte < NULL_VALUE) return 0;
  return firstByte === LENGTH_2_BYTES ? 2 : firstByte === LENGTH_3_BYTES ? 3 : 8;
}

function readLength(packet: Buffer, from: number, lengthBytes: 2 | 3 | 8): number {
  switch (lengthBytes) {
    case 2:
      return packet.readUInt16LE(from);
    case 3:
      return packet.readUIntLE(from, 3);
    case 8:
      // A value is at most max_allowed_packet = 1 GiB.
      return packet.readUInt32LE(from);
  }
}
