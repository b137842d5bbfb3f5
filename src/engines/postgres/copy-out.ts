/** Runs COPY … TO STDOUT past pg's parser, which would make an object of every row. */
import type { Duplex } from 'node:stream';
import type pg from 'pg';
import { DmsctlError } from '../../errors/dmsctl-error.js';
import type { BatchFormat, RowBatch } from '../../model/row-batch.js';
import type { PostgresConnection } from './connection.js';
import { RowBatcher } from './row-batcher.js';

/** Batches waiting for the reader; at this many the socket is paused, and the server waits. */
const WAITING_BATCHES_MAX = 4;

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
  readonly #waiting: RowBatch[] = [];
  #stream: Duplex | null = null;
  #pgListeners: readonly Listener[] = [];
  #rowsTold: number | null = null;
  #isEnded = false;
  #error: Error | null = null;
  #wake: () => void = ignore;

  constructor(connection: PostgresConnection, statement: CopyOutStatement) {
    this.#connection = connection;
    this.#statement = statement;
    this.#batcher = new RowBatcher(statement.format, {
      onBatch: (batch) => {
        this.#enqueue(batch);
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
      for (;;) {
        const batch = this.#waiting.shift();
        if (batch !== undefined) {
          if (this.#waiting.length < WAITING_BATCHES_MAX) this.#stream?.resume();
          yield batch;
        } else if (this.#error !== null) {
          throw this.#error;
        } else if (this.#isEnded) {
          return;
        } else {
          await new Promise<void>((resolve) => (this.#wake = resolve));
        }
      }
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

  #enqueue(batch: RowBatch): void {
    this.#waiting.push(batch);
    if (this.#waiting.length >= WAITING_BATCHES_MAX) this.#stream?.pause();
    this.#wake();
  }

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
    this.#error = error;
    if (error !== null) this.#waiting.length = 0;
    this.#stream?.resume();
    this.#wake();
  }
}

function ignore(): void {
  // Nobody waits yet.
}
