import type { TableName } from '../../model/table.js';
import type { Fence } from '../../model/task-progress.js';
import type { Containers, DdlWriter, TargetTable } from '../ports.js';
import type { PostgresConnection } from './connection.js';
import type { PostgresConnections } from './connection-pool.js';
import { createContainers, describeContainers } from './containers.js';
import { checkFence } from './fence.js';
import { finishTable } from './finish-table.js';
import { prepareTable } from './prepare-table.js';
import { ReplicaRole } from './replica-role.js';
import { restoreTable } from './restore-table.js';
import { analyzeSql, createKeySql, createTableSql, dropTableSql, truncateSql } from './table-sql.js';
import { inTransaction } from './transaction.js';

/** Invariant: each method is one transaction, which ends with the check of the fence. */
export class PostgresDdlWriter implements DdlWriter {
  readonly #connections: PostgresConnections;
  readonly #replicaRole: ReplicaRole;

  constructor(connections: PostgresConnections) {
    this.#connections = connections;
    this.#replicaRole = new ReplicaRole(connections);
  }

  async createContainers(fence: Fence, wanted: Containers, signal: AbortSignal): Promise<void> {
    await this.#inFencedTransaction(fence, async (connection) => createContainers(connection, wanted), signal);
  }

  async prepareTable(fence: Fence, table: TargetTable, signal: AbortSignal): Promise<void> {
    const isReplicaRoleAllowed = await this.#replicaRole.isAllowed(signal);
    const work = async (connection: PostgresConnection): Promise<void> =>
      prepareTable(connection, { task: fence.task, table, isReplicaRoleAllowed });
    await this.#inFencedTransaction(fence, work, signal);
  }

  async finishTable(fence: Fence, table: TargetTable, signal: AbortSignal): Promise<void> {
    await this.#inFencedTransaction(fence, async (connection) => finishTable(connection, fence.task, table), signal);
  }

  async restoreTable(fence: Fence, table: TableName, signal: AbortSignal): Promise<void> {
    await this.#inFencedTransaction(fence, async (connection) => restoreTable(connection, fence.task, table), signal);
  }

  describeContainers(wanted: Containers): readonly string[] {
    return describeContainers(wanted);
  }

  describeTable(table: TargetTable): readonly string[] {
    const { mapping } = table;
    const isCreated = !table.exists || table.prepare === 'recreate';
    const key = isCreated ? createKeySql(mapping) : null;
    return [
      ...(table.exists && table.prepare === 'recreate' ? [dropTableSql(mapping)] : []),
      // A partitioned table is truncated without ONLY.
      ...(table.exists && table.prepare === 'truncate' ? [truncateSql(mapping, { isPartitioned: false })] : []),
      ...(isCreated ? [createTableSql(mapping)] : []),
      ...(key === null ? [] : [key]),
      analyzeSql(mapping),
    ];
  }

  async #inFencedTransaction(
    fence: Fence,
    work: (connection: PostgresConnection) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    await inTransaction(
      this.#connections,
      async (connection) => {
        await work(connection);
        await checkFence(connection, fence);
      },
      signal,
    );
  }
}
