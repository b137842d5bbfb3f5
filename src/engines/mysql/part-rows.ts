/** The rows of one part, read in the snapshot transaction of one connection. */
import type { PartRows, SnapshotTable } from '../ports.js';
import type { PolicyCounts } from '../../model/load-part.js';
import { ByteQueue } from '../../lib/byte-queue.js';
import type { SnapshotBoundary } from '../../model/position.js';
import type { RowBatch } from '../../model/row-batch.js';
import type { MysqlConnection, QueryContext } from './connection.js';
import type { ConnectionPool } from './connection-pool.js';
import { RowEncoder } from './row-encoder.js';
import { endSnapshot } from './snapshot-transaction.js';

interface PartSource {
  readonly pool: ConnectionPool;
  readonly connection: MysqlConnection;
  readonly boundary: SnapshotBoundary;
  readonly sql: string;
  readonly context: QueryContext;
}

export class MysqlPartRows implements PartRows {
  readonly boundary: SnapshotBoundary;
  readonly batches: AsyncIterable<RowBatch>;
  readonly #source: PartSource;
  readonly #queue: ByteQueue<RowBatch>;
  readonly #encoder: RowEncoder;
  #isReadToEnd = false;
  #isClosed = false;

  constructor(table: SnapshotTable, source: PartSource) {
    this.boundary = source.boundary;
    this.#source = source;
    this.#queue = new ByteQueue(source.connection);
    this.#encoder = new RowEncoder(table, (batch) => {
      this.#queue.push(batch);
    });
    this.batches = this.#read();
  }

  policyCounts(): PolicyCounts {
    return this.#encoder.policyCounts;
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const { pool, connection, context } = this.#source;
    if (!this.#isReadToEnd || !connection.isUsable) {
      connection.destroy();
      return;
    }
    try {
      await endSnapshot(connection, context.signal);
      await pool.release(connection);
    } catch {
      // All rows are read; a connection that broke since then is only one less to reuse.
      connection.destroy();
    }
  }

  async *#read(): AsyncGenerator<RowBatch> {
    void this.#fill();
    yield* this.#queue.pieces();
    this.#isReadToEnd = true;
  }

  /** Settles the queue in every case, so nobody has to wait for its promise. */
  async #fill(): Promise<void> {
    const { connection, sql, context } = this.#source;
    try {
      await connection.streamRows(
        sql,
        (packet, start, end) => {
          this.#addRow(packet, start, end);
        },
        context,
      );
      this.#encoder.flush();
      this.#queue.end();
    } catch (error) {
      this.#queue.fail(error);
    }
  }

  #addRow(packet: Buffer, start: number, end: number): void {
    // The driver goes on to the end of what it has received.
    if (this.#queue.isFailed) return;
    try {
      this.#encoder.addRow(packet, start, end);
    } catch (error) {
      // Not into the driver, which would take it for an error of its own.
      this.#queue.fail(error);
      this.#source.connection.destroy();
    }
  }
}
