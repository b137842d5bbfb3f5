/**
 * COPY … FROM STDIN over pg's own connection: the payload goes to the socket as it is, never copied. The only file that
 * reaches into pg's connection. https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-COPY
 */
import type { Duplex } from 'node:stream';
import type pg from 'pg';
import { bug } from '../../errors/dmsctl-error.js';

/** How much may wait in the process: enough to keep the socket busy while the next batch is read. */
const BUFFERED_BYTES_MAX = 1024 * 1024;
const COPY_DATA = 'd'.charCodeAt(0);
const COPY_DONE = Buffer.from([0x63, 0, 0, 0, 4]);
/** CopyFail with an empty reason: the server's error about it is our own doing and not reported. */
const COPY_FAIL = Buffer.from([0x66, 0, 0, 0, 5, 0]);
const HEADER_BYTES = 5;

interface Deferred {
  readonly promise: Promise<void>;
  resolve(): void;
  reject(error: unknown): void;
}

/** Sends the statement; resolves once the server takes data, rejects with what pg or the server says. */
export async function startCopyIn(client: pg.Client, sql: string): Promise<CopyIn> {
  const copy = new CopyIn(client.connection.stream, sql);
  client.query(copy);
  await copy.started;
  return copy;
}

/**
 * Either `finish` or `cancel` must end it; after both the session is usable again, unless the connection is lost. When
 * the server reports an error in between, it discards what is still sent, and the next `write` or `finish` rejects.
 */
export class CopyIn implements pg.Submittable {
  readonly started: Promise<void>;
  readonly #sql: string;
  readonly #stream: Duplex;
  readonly #start = defer();
  readonly #end = defer();
  #drain: Deferred | null = null;
  #failure: unknown = null;
  #rows: number | null = null;

  constructor(stream: Duplex, sql: string) {
    this.#stream = stream;
    this.#sql = sql;
    this.started = this.#start.promise;
  }

  /** One CopyData message. `payload` must not be changed afterwards. */
  async write(payload: Buffer): Promise<void> {
    this.#throwIfFailed();
    // The socket died and pg has not told yet: writing on would read the source to its end for nothing.
    if (!this.#stream.writable) await this.#end.promise;
    const header = Buffer.allocUnsafe(HEADER_BYTES);
    header[0] = COPY_DATA;
    header.writeInt32BE(payload.length + 4, 1);
    this.#stream.cork();
    this.#stream.write(header);
    this.#stream.write(payload);
    this.#stream.uncork();
    if (this.#stream.writableLength <= BUFFERED_BYTES_MAX) return;
    this.#drain = defer();
    await this.#drain.promise;
  }

  /** The number of rows that the server stored. */
  async finish(): Promise<number> {
    this.#throwIfFailed();
    this.#stream.write(COPY_DONE);
    await this.#end.promise;
    if (this.#rows === null) throw bug('COPY ended without a row count');
    return this.#rows;
  }

  async cancel(): Promise<void> {
    if (this.#failure !== null) return;
    this.#stream.write(COPY_FAIL);
    await this.#end.promise.catch(() => undefined);
  }

  // What follows is called by pg.

  submit(connection: pg.Connection): void {
    this.#stream.on('drain', this.#onDrain);
    // Nobody may be waiting when it rejects: `write` and `finish` look at #failure.
    this.#end.promise.catch(() => undefined);
    connection.query(this.#sql);
  }

  handleCopyInResponse(): void {
    this.#start.resolve();
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    this.#rows = Number(/^COPY (\d+)$/.exec(text)?.[1]);
  }

  handleReadyForQuery(): void {
    this.#stream.off('drain', this.#onDrain);
    this.#end.resolve();
  }

  handleError(error: unknown): void {
    this.#stream.off('drain', this.#onDrain);
    this.#failure = error;
    this.#start.reject(error);
    this.#drain?.reject(error);
    this.#end.reject(error);
  }

  readonly #onDrain = (): void => {
    this.#drain?.resolve();
    this.#drain = null;
  };

  #throwIfFailed(): void {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- What pg handed over; the caller turns it into a code.
    if (this.#failure !== null) throw this.#failure;
  }
}

/** Promise.withResolvers of Node 22. */
function defer(): Deferred {
  let resolve = (): void => undefined;
  let reject: Deferred['reject'] = () => undefined;
  const promise = new Promise<void>((whenResolved, whenRejected) => {
    resolve = whenResolved;
    reject = whenRejected;
  });
  return { promise, resolve, reject };
}
