/**
 * The only file that knows mysql2's insides (3.24.6, lib/commands/query.js): rows as packets, before any parsing.
 *
 * `Query.fieldsEOF` goes on with `this.row`, so an own `row` on the instance takes the rows over, while the query itself,
 * its errors and its end stay with the driver. The driver reuses packet objects and buffers: a row lives for one call.
 */
import type { Connection, QueryError } from 'mysql2';

export type RowHandler = (packet: Buffer, start: number, end: number) => void;

interface RowPacket {
  readonly buffer: Buffer;
  /** Of the payload's first byte. */
  readonly offset: number;
  readonly end: number;
  isEOF(): boolean;
}

type RowState = (packet: RowPacket) => RowState | null;

interface QueryInternals {
  row: RowState;
  done(): null;
}

export function queryRawRows(
  connection: Connection,
  sql: string,
  onRow: RowHandler,
  onEnd: (error: QueryError | null) => void,
): void {
  const query = connection.query({ sql }, onEnd) as unknown as QueryInternals;
  const row: RowState = (packet) => {
    if (packet.isEOF()) return query.done();
    onRow(packet.buffer, packet.offset, packet.end);
    return row;
  };
  query.row = row;
}

/** Ends the connection at once. The driver's own `destroy` waits for the peer, which may be sending for hours. */
export function destroySocket(connection: Connection): void {
  connection.destroy();
  (connection as unknown as { stream: { destroy(): void } }).stream.destroy();
}
