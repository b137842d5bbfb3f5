/** Runs COPY … TO STDOUT past pg's parser, which would make an object of every row. */
import type { Duplex } from 'node:stream';
import type pg from 'pg';
import { DmsctlError } from '../../errors/dmsctl-error.js';
import { ByteQueue } from '../../lib/byte-queue.js';
import type { BatchFormat, RowBatch } from '../../model/row-batch.js';
import type { PostgresConnection } from './connection.js';
import { RowBatcher } from './row-batcher.js';

export interface CopyOutStatement {
  readonly sql: string;
  readonly format: BatchFormat;
  /** The table's name, for error texts. */
  readonly object: string;
}

/** Starts the COPY. The connection is usable again once `batches` has ended, with or without an error of the server. */
export function copyOut(connection: PostgresConnection, statement: CopyOutStatement): CopyOut {
  const copy = new CopyOut(connection, statement);
  connection.client.query(copy);
  return copy;
}

type Listener = (chunk: Buffer) => void;

/** A query of pg that reads the socket itself; everything but rows is handed on to pg's own listener, in order. */
export class CopyOut implements pg.Submittable {
  readonly #connection: PostgresConnection;
  readonly #statement: CopyOutStatement;
  readonly #batcher: RowBatcher;
  /** While the socket is paused, the server waits. */
  readonly #queue = new ByteQueue<RowBatch>({
    pause: () => this.#stream?.pause(),
    resume: () => this.#stream?.resume(),
  });
  #stream: Duplex | null = null;
  #pgListeners: readonly Listener[] = [];
  #rowsTold: number | null = null;
  #isEnded = false;

  constructor(connection: PostgresConnection, statement: CopyOutStatement) {
    this.#connection = connection;
    this.#statement = statement;
    this.#batcher = new RowBatcher(statement.format, {
      onBatch: (batch) => {
        this.#queue.push(batch);
      },
      onOther: (bytes) => {
        for (const listener of this.#pgListeners) listener(bytes);
      },
      onReady: () => {
        this.#giveSocketBack();
      },
      onBroken: (what) => {
        this.#giveUp(what);
      },
    });
  }

  /** Rows in whole batches; read once. Leaving early kills the connection, since the server would go on sending. */
  async *batches(): AsyncGenerator<RowBatch, void, void> {
    try {
      yield* this.#queue.pieces();
    } finally {
      if (!this.#isEnded) this.#connection.destroy();
    }
  }

  // The methods that pg calls on a query.

  submit(connection: pg.Connection): void {
    const stream = connection.stream;
    this.#stream = stream;
    this.#pgListeners = stream.listeners('data') as Listener[];
    stream.removeAllListeners('data');
    stream.on('data', this.#read);
    connection.query(this.#statement.sql);
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    this.#rowsTold = Number(/^COPY (\d+)$/.exec(text)?.[1] ?? Number.NaN);
  }

  handleReadyForQuery(): void {
    this.#batcher.flush();
    if (!this.#batcher.isComplete || this.#batcher.rowsTotal !== this.#rowsTold) {
      this.#giveUp('the number of rows differs from what the server counted');
      return;
    }
    this.#end(null);
  }

  handleError(error: unknown): void {
    this.#end(this.#connection.toError(error, { doing: 'reading rows', object: this.#statement.object }));
  }

  readonly #read: Listener = (chunk) => {
    this.#batcher.push(chunk);
  };

  #giveUp(what: string): void {
    const { object } = this.#statement;
    this.#end(
      new DmsctlError('PG_PROTOCOL', {
        detail: `endpoint ${this.#connection.endpointName}, while reading rows, ${object}: ${what}.`,
        fix: 'Connect to the server itself, without a proxy between. If there is none, report this with the text above.',
      }),
    );
    this.#connection.destroy();
  }

  #giveSocketBack(): void {
    this.#stream?.off('data', this.#read);
    for (const listener of this.#pgListeners) this.#stream?.on('data', listener);
  }

  #end(error: Error | null): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    if (error === null) this.#queue.end();
    else this.#queue.fail(error);
    this.#stream?.resume();
  }
}
