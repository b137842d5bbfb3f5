import { DmsctlError } from '../../errors/dmsctl-error.js';
import { failPoint } from '../../lib/fail-point.js';
import type { LoadedPart } from '../../model/load-part.js';
import type { BatchFormat } from '../../model/row-batch.js';
import { formatTableName, type TableName } from '../../model/table.js';
import { loadedColumns } from '../../model/table-mapping.js';
import type { Fence } from '../../model/task-progress.js';
import type { PartLoad, PartRows, TargetLoader, TargetTable } from '../ports.js';
import { recordPartDone } from './chunk-rows.js';
import type { PostgresConnection } from './connection.js';
import type { PostgresConnections } from './connection-pool.js';
import { type CopyIn, startCopyIn } from './copy-in.js';
import { checkFence } from './fence.js';
import { quoteLiteral, quoteTable } from './identifiers.js';
import { ReplicaRole, SET_REPLICA_ROLE } from './replica-role.js';
import { toPostgresError } from './server-errors.js';
import { copySql } from './table-sql.js';
import { inTransaction } from './transaction.js';

type OnWritten = Parameters<TargetLoader['loadPart']>[2];

/** Signature, flags, length of the header's extension. https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.4 */
const BINARY_HEADER = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const BINARY_TRAILER = Buffer.from([0xff, 0xff]);

export class PostgresTargetLoader implements TargetLoader {
  readonly #connections: PostgresConnections;
  readonly #replicaRole: ReplicaRole;

  constructor(connections: PostgresConnections) {
    this.#connections = connections;
    this.#replicaRole = new ReplicaRole(connections);
  }

  /** Binary rows of user types may carry object ids, which differ between databases. */
  formats({ mapping }: TargetTable): readonly BatchFormat[] {
    const isBinarySafe = mapping.userTypes.length === 0 && loadedColumns(mapping).every(({ isSameType }) => isSameType);
    return isBinarySafe ? ['copy-binary', 'copy-text'] : ['copy-text'];
  }

  async loadPart(fence: Fence, load: PartLoad, onWritten: OnWritten, signal: AbortSignal): Promise<LoadedPart> {
    const isReplicaRoleAllowed = await this.#replicaRole.isAllowed(signal);
    const loaded = await inTransaction(
      this.#connections,
      async (connection) => {
        if (isReplicaRoleAllowed) await connection.query(SET_REPLICA_ROLE);
        const written = await copyRows(connection, load, onWritten, signal);
        const part = {
          ...written,
          part: load.part,
          boundary: load.rows.boundary,
          policyCounts: load.rows.policyCounts(),
        };
        await checkFence(connection, fence);
        await recordPartDone(connection, { fence, source: load.table.mapping.source, loaded: part });
        failPoint('before-commit');
        return part;
      },
      signal,
    );
    failPoint('after-commit');
    return loaded;
  }
}

interface Written {
  readonly rows: number;
  readonly bytes: number;
}

async function copyRows(
  connection: PostgresConnection,
  load: PartLoad,
  onWritten: OnWritten,
  signal: AbortSignal,
): Promise<Written> {
  const { mapping } = load.table;
  const table = formatTableName(mapping.target);
  try {
    const copy = await startCopyIn(connection.client, copySql(mapping, load.format));
    const written = await sendRows(copy, load, onWritten);
    const stored = await copy.finish();
    if (stored !== written.rows) throw rowsMissing(mapping.target, written.rows, stored);
    return written;
  } catch (error) {
    signal.throwIfAborted();
    throw toPostgresError(error, {
      doing: 'loading rows',
      endpoint: connection.endpointName,
      object: `table ${table}`,
    });
  }
}

async function sendRows(copy: CopyIn, { format, rows }: PartLoad, onWritten: OnWritten): Promise<Written> {
  const framing = format === 'copy-binary' ? { header: BINARY_HEADER, trailer: BINARY_TRAILER } : null;
  try {
    if (framing !== null) await copy.write(framing.header);
    const written = await sendBatches(copy, rows, onWritten);
    if (framing !== null) await copy.write(framing.trailer);
    return written;
  } catch (error) {
    await copy.cancel();
    throw error;
  }
}

async function sendBatches(copy: CopyIn, { batches }: PartRows, onWritten: OnWritten): Promise<Written> {
  const written = { rows: 0, bytes: 0 };
  for await (const batch of batches) {
    await copy.write(batch.bytes);
    written.rows += batch.rows;
    written.bytes += batch.bytes.length;
    onWritten(batch.rows, batch.bytes.length);
  }
  return written;
}

function rowsMissing(table: TableName, sent: number, stored: number): DmsctlError {
  return new DmsctlError('PG_ROWS_MISSING', {
    detail: `table ${formatTableName(table)}: ${sent} rows were sent and PostgreSQL counted ${stored}.`,
    fix: `Look for triggers on the table:\n  SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = ${quoteLiteral(quoteTable(table))}::regclass;`,
  });
}
