/**
 * Cuts the server's side of a COPY TO STDOUT into batches of whole rows, touching each byte once.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html, https://www.postgresql.org/docs/18/sql-copy.html
 */
import type { BatchFormat, RowBatch } from '../../model/row-batch.js';

const HEADER_BYTES = 5;
const LENGTH_BYTES = 4;
const BATCH_BYTES = 256 * 1024;

const COPY_DATA = 'd'.charCodeAt(0);
const COPY_OUT_RESPONSE = 'H'.charCodeAt(0);
const READY_FOR_QUERY = 'Z'.charCodeAt(0);
const LINE_FEED = 0x0a;
/** What may come besides CopyData: responses, CopyDone, CommandComplete, ReadyForQuery, errors, asynchronous messages. */
const OTHER_MESSAGES: ReadonlySet<number> = new Set(
  ['H', 'c', 'C', 'Z', 'E', 'N', 'S', 'A'].map((type) => type.charCodeAt(0)),
);

/** Signature, flags (none) and length of the header extension (none). */
const BINARY_FILE_HEADER = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const BINARY_TRAILER_BYTES = 2;
const BINARY_TRAILER = 0xffff;

export interface BatcherEvents {
  readonly onBatch: (batch: RowBatch) => void;
  /** Bytes of messages other than rows, in order, as they come; not necessarily whole messages. */
  readonly onOther: (bytes: Buffer) => void;
  /** ReadyForQuery is here: the next bytes to `onOther` end it, and what follows belongs to somebody else. */
  readonly onReady: () => void;
  /** The stream is not a COPY as it should be. Nothing is delivered after this. */
  readonly onBroken: (what: string) => void;
}

/** The server sends one CopyData message a row, the binary file header together with the first one. */
export class RowBatcher {
  readonly #format: BatchFormat;
  readonly #events: BatcherEvents;
  readonly #header = Buffer.alloc(HEADER_BYTES);
  #headerUsed = 0;
  #type = 0;
  /** Bytes still to come of the message under way. */
  #left = 0;
  #rowLength = 0;
  #buffer: Buffer = Buffer.alloc(0);
  #start = 0;
  #used = 0;
  #rows = 0;
  #rowsTotal = 0;
  #isStarted = false;
  #isFileHeaderRead: boolean;
  #isTrailerRead = false;
  #isBroken = false;
  #isReady = false;

  constructor(format: BatchFormat, events: BatcherEvents) {
    this.#format = format;
    this.#events = events;
    this.#isFileHeaderRead = format === 'copy-text';
  }

  /** Rows delivered and still held. */
  get rowsTotal(): number {
    return this.#rowsTotal + this.#rows;
  }

  /** False for a binary stream that ended before its trailer. */
  get isComplete(): boolean {
    return this.#left === 0 && (this.#format === 'copy-text' || this.#isTrailerRead);
  }

  push(chunk: Buffer): void {
    let offset = 0;
    while (offset < chunk.length && !this.#isBroken) {
      if (this.#isReady) {
        this.#events.onOther(chunk.subarray(offset));
        return;
      }
      offset = this.#left > 0 ? this.#continueMessage(chunk, offset) : this.#takeRows(chunk, offset);
    }
  }

  /** Delivers what is held. */
  flush(): void {
    if (this.#rows > 0 && !this.#isBroken) {
      const bytes = this.#buffer.subarray(this.#start, this.#used);
      this.#rowsTotal += this.#rows;
      this.#events.onBatch({ format: this.#format, bytes, rows: this.#rows });
    }
    this.#rows = 0;
    this.#start = this.#used;
  }

  /** The hot loop: rows that are whole within the chunk. Stops in front of anything else and begins that. */
  #takeRows(chunk: Buffer, from: number): number {
    let offset = from;
    while (this.#headerUsed === 0 && chunk[offset] === COPY_DATA && this.#isStarted) {
      const body = offset + HEADER_BYTES;
      if (body > chunk.length) break;
      const end = offset + 1 + chunk.readUInt32BE(offset + 1);
      if (end > chunk.length || end < body) break;
      this.#makeRoom(end - body);
      chunk.copy(this.#buffer, this.#used, body, end);
      this.#used += end - body;
      offset = end;
      this.#endRow(end - body);
      if (this.#isBroken) return chunk.length;
    }
    return offset < chunk.length ? this.#beginMessage(chunk, offset) : offset;
  }

  #beginMessage(chunk: Buffer, from: number): number {
    const taken = chunk.copy(this.#header, this.#headerUsed, from, from + HEADER_BYTES - this.#headerUsed);
    this.#headerUsed += taken;
    if (this.#headerUsed < HEADER_BYTES) return from + taken;
    this.#headerUsed = 0;

    const type = this.#header.readUInt8(0);
    const isRow = type === COPY_DATA;
    this.#type = type;
    this.#left = this.#header.readUInt32BE(1) - LENGTH_BYTES;
    if (this.#left < 0 || (isRow ? !this.#isStarted : !OTHER_MESSAGES.has(type))) {
      this.#break('a message out of place');
    } else if (isRow) {
      this.#rowLength = this.#left;
      this.#makeRoom(this.#left);
      if (this.#left === 0) this.#endRow(0);
    } else {
      if (type === COPY_OUT_RESPONSE) this.#isStarted = true;
      this.#events.onOther(Buffer.from(this.#header));
    }
    return from + taken;
  }

  #continueMessage(chunk: Buffer, from: number): number {
    const end = Math.min(chunk.length, from + this.#left);
    this.#left -= end - from;
    if (this.#type !== COPY_DATA) {
      if (this.#left === 0 && this.#type === READY_FOR_QUERY) this.#end();
      this.#events.onOther(chunk.subarray(from, end));
      return end;
    }
    chunk.copy(this.#buffer, this.#used, from, end);
    this.#used += end - from;
    if (this.#left === 0) this.#endRow(this.#rowLength);
    return end;
  }

  #makeRoom(length: number): void {
    if (this.#used + length <= this.#buffer.length) return;
    this.flush();
    this.#buffer = Buffer.allocUnsafeSlow(Math.max(BATCH_BYTES, length));
    this.#start = 0;
    this.#used = 0;
  }

  #endRow(length: number): void {
    if (this.#format === 'copy-text') {
      if (length === 0 || this.#buffer[this.#used - 1] !== LINE_FEED) this.#break('a row without an end');
    } else if (!this.#endBinaryRow(length)) {
      return;
    }
    this.#rows += 1;
  }

  /** False when the message held no row. */
  #endBinaryRow(length: number): boolean {
    let tupleBytes = length;
    if (!this.#isFileHeaderRead) {
      const header = this.#buffer.subarray(this.#used - length, this.#used - length + BINARY_FILE_HEADER.length);
      if (!header.equals(BINARY_FILE_HEADER)) {
        this.#break('another binary file header');
        return false;
      }
      this.#isFileHeaderRead = true;
      this.#start = this.#used - length + BINARY_FILE_HEADER.length;
      tupleBytes -= BINARY_FILE_HEADER.length;
    }
    if (tupleBytes === 0) return false;
    if (tupleBytes === BINARY_TRAILER_BYTES && this.#buffer.readUInt16BE(this.#used - tupleBytes) === BINARY_TRAILER) {
      this.#isTrailerRead = true;
      this.#used -= tupleBytes;
      return false;
    }
    return true;
  }

  #end(): void {
    this.#isReady = true;
    this.#events.onReady();
  }

  #break(what: string): void {
    this.#isBroken = true;
    this.#events.onBroken(what);
  }
}
