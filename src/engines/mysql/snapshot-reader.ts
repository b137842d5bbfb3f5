/** Consistent views for the full load: every part in a transaction of its own, on a connection of its own. */
import type { PartRows, Snapshot, SnapshotReader, SnapshotTable } from '../ports.js';
import { DmsctlError } from '../../errors/dmsctl-error.js';
import type { LoadPart } from '../../model/load-part.js';
import type { BatchFormat } from '../../model/row-batch.js';
import { formatTableName } from '../../model/table.js';
import type { MysqlConnection, TextRow } from './connection.js';
import { ConnectionPool } from './connection-pool.js';
import type { Endpoint } from '../../model/endpoint.js';
import { quoteIdentifier, quoteTable, textLiteral } from './identifiers.js';
import { rangeCondition } from './key-range.js';
import { MysqlPartRows } from './part-rows.js';
import { rangeBasisOf } from './range-basis.js';
import { endSnapshot, startSnapshot } from './snapshot-transaction.js';
import { splitTable } from './split-table.js';
import { selectExpression } from './types.js';

type FoundColumn = TextRow<'name' | 'columnType' | 'collation'>;

export class MysqlSnapshotReader implements SnapshotReader {
  readonly showsOneMoment = false;
  readonly #endpoint: Endpoint;

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint;
  }

  formats(): readonly BatchFormat[] {
    return ['copy-text'];
  }

  /** Connects when a part is opened: the view itself is each part's own. */
  open(): Promise<Snapshot> {
    return Promise.resolve(new MysqlSnapshot(new ConnectionPool(this.#endpoint)));
  }
}

class MysqlSnapshot implements Snapshot {
  readonly #pool: ConnectionPool;

  constructor(pool: ConnectionPool) {
    this.#pool = pool;
  }

  /** Parts have transactions of their own, and the pool replaces connections that were lost. */
  isUsable(): boolean {
    return true;
  }

  split(table: SnapshotTable, partBytesMax: number, signal: AbortSignal): Promise<readonly LoadPart[]> {
    return this.#pool.use(signal, async (connection) => {
      await startSnapshot(connection, signal);
      const parts = await splitTable(connection, table, partBytesMax, signal);
      await endSnapshot(connection, signal);
      return parts;
    });
  }

  async openPart(table: SnapshotTable, part: LoadPart, _format: BatchFormat, signal: AbortSignal): Promise<PartRows> {
    const connection = await this.#pool.acquire(signal);
    try {
      const boundary = await startSnapshot(connection, signal);
      await checkUnchanged(connection, table, signal);
      return new MysqlPartRows(table, {
        pool: this.#pool,
        connection,
        boundary,
        sql: selectPart(table, part),
        context: { doing: `reading part ${part.number} of ${formatTableName(table.mapping.source)}`, signal },
      });
    } catch (error) {
      connection.destroy();
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}

function selectPart({ mapping, columns }: SnapshotTable, { range }: LoadPart): string {
  const expressions = columns.map(({ source }) => selectExpression(quoteIdentifier(source.name), source.nativeType));
  const condition = rangeCondition(mapping, range);
  const where = condition === null ? '' : ` WHERE ${condition}`;
  return `SELECT ${expressions.join(', ')} FROM ${quoteTable(mapping.source)}${where}`;
}

/**
 * The encoder trusts the planned types, and the parts fit together only in one order of the key, so both must still be the
 * table's. Asked inside the snapshot: a table that is altered after this cannot be read through it (error 1412), and while
 * rows are read its metadata lock keeps it as it is.
 */
async function checkUnchanged(connection: MysqlConnection, table: SnapshotTable, signal: AbortSignal): Promise<void> {
  const { source: name } = table.mapping;
  const rows = await connection.query<FoundColumn>(
    `SELECT COLUMN_NAME AS name, COLUMN_TYPE AS columnType, COLLATION_NAME AS collation FROM information_schema.COLUMNS
     WHERE TABLE_SCHEMA = ${textLiteral(name.schema)} AND TABLE_NAME = ${textLiteral(name.table)}`,
    { doing: `checking the columns of ${formatTableName(name)}`, signal },
  );
  const change = describeChange(table, rows);
  if (change === null) return;
  throw new DmsctlError('MYSQL_TABLE_CHANGED', {
    detail: `${formatTableName(name)}: ${change}.`,
    fix: 'Run `dmsctl plan` again and apply the new plan.',
  });
}

function describeChange({ mapping, columns }: SnapshotTable, rows: readonly FoundColumn[]): string | null {
  if (rows.length === 0) return 'the table is gone';
  const found = new Map(rows.map((row) => [row.name, row]));
  const changed = columns.filter(({ source }) => found.get(source.name)?.columnType !== source.nativeType);
  if (changed.length > 0) {
    const list = changed.map(({ source }) => `${source.name} (was ${source.nativeType})`).join(', ');
    return `columns differ or are gone: ${list}`;
  }
  const rangeBasis = rangeBasisOf(mapping.sourceKey, (column) => found.get(column)?.collation ?? null);
  if (rangeBasis === mapping.rangeBasis) return null;
  return `the collations of its key are ${rangeBasis || 'none'} and were ${mapping.rangeBasis || 'none'}`;
}
