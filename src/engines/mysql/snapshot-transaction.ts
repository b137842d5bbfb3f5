/** Starts the transaction that a part is read in, and finds out which changes its rows contain. */
import type { SnapshotBoundary } from '../../model/position.js';
import type { MysqlConnection, QueryContext, TextRow } from './connection.js';
import { formatPosition, type BinlogPlace } from './position.js';
import { serverErrno } from './server-errors.js';

const START = 'START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY';
const ACCESS_DENIED_NEED_PRIVILEGE = 1227;

export function startSnapshot(connection: MysqlConnection, signal: AbortSignal): Promise<SnapshotBoundary> {
  const context = { doing: 'starting a consistent snapshot', signal };
  switch (connection.server.flavor.boundary) {
    case 'binlog-snapshot-status':
      return startExact(connection, context);
    case 'gtid-window':
      return startInWindow(connection, context);
  }
}

/** Ends the transaction, so that the server may purge old row versions and the connection may be used again. */
export async function endSnapshot(connection: MysqlConnection, signal: AbortSignal): Promise<void> {
  await connection.query('COMMIT', { doing: 'ending a snapshot', signal });
}

/** MariaDB takes binlog position and snapshot as one: https://mariadb.com/kb/en/enhancements-for-start-transaction-with-consistent-snapshot/ */
async function startExact(connection: MysqlConnection, context: QueryContext): Promise<SnapshotBoundary> {
  await connection.query(START, context);
  const rows = await connection.query<TextRow<'Variable_name' | 'Value'>>(
    "SHOW STATUS LIKE 'binlog_snapshot_%'",
    context,
  );
  const status = new Map(rows.map((row) => [row.Variable_name?.toLowerCase(), row.Value]));
  const file = status.get('binlog_snapshot_file') ?? '';
  const offset = status.get('binlog_snapshot_position') ?? '';
  if (file === '') return { kind: 'none' };
  // BINLOG_GTID_POS() would name the GTIDs too, but reads the file from its start: too dear for every part.
  const position = formatPosition({ file, offset, gtids: '' });
  return { kind: 'exact', position, token: position };
}

/**
 * MySQL: a transaction enters the set of executed GTIDs after the engine committed it, and the binlog file before. So what the
 * set held before the snapshot is in it, and what the file did not hold after is not. Without GTIDs the lower end
 * may name a transaction that was written but not yet visible.
 */
async function startInWindow(connection: MysqlConnection, context: QueryContext): Promise<SnapshotBoundary> {
  const before = await binlogPlace(connection, context);
  await connection.query(START, context);
  const after = before === null ? null : await binlogPlace(connection, context);
  if (before === null || after === null) return { kind: 'none' };
  return { kind: 'window', position: formatPosition(before), until: formatPosition(after) };
}

/** Null when there is no binary log, or no right to ask for it (REPLICATION CLIENT). */
async function binlogPlace(connection: MysqlConnection, context: QueryContext): Promise<BinlogPlace | null> {
  const { flavor, version } = connection.server;
  try {
    const [row] = await connection.query<TextRow<'File' | 'Position' | 'Executed_Gtid_Set'>>(
      flavor.binlogStatusStatement(version),
      context,
    );
    if (row === undefined || row.File === null || row.Position === null) return null;
    return { file: row.File, offset: row.Position, gtids: row.Executed_Gtid_Set ?? '' };
  } catch (error) {
    if (serverErrno(error) === ACCESS_DENIED_NEED_PRIVILEGE) return null;
    throw error;
  }
}
