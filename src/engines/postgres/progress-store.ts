import { type LoadPart, NO_POLICY_COUNTS, type PolicyCounts } from '../../model/load-part.js';
import { quoteTableName, type TableName } from '../../model/table.js';
import type { Fence, PartProgress, TableProgress, TaskKey, TaskProgress } from '../../model/task-progress.js';
import type { ProgressStore, RemovedObjects } from '../ports.js';
import { insertParts, readParts, type RecordedPart } from './chunk-rows.js';
import type { PostgresConnection } from './connection.js';
import type { PostgresConnections } from './connection-pool.js';
import { dropUnusedControlTables, hasControlTables } from './control-tables.js';
import { checkFence } from './fence.js';
import { quoteTable } from './identifiers.js';
import { putBack } from './restore-table.js';
import {
  lockTableState,
  readTableStates,
  type RecordedTable,
  recordLoading,
  recordTableError,
} from './table-state-rows.js';
import { LEASE_COLUMNS, type LeaseRow, toLease } from './task-lease.js';
import { inTransaction } from './transaction.js';

const READ_ONE_MOMENT = 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY';

interface TaskRow extends LeaseRow {
  readonly epoch: string;
  readonly lineage: string;
  readonly source_identity: string | null;
}

export class PostgresProgressStore implements ProgressStore {
  readonly #connections: PostgresConnections;

  constructor(connections: PostgresConnections) {
    this.#connections = connections;
  }

  async read(task: TaskKey, signal: AbortSignal): Promise<TaskProgress | null> {
    return inTransaction(
      this.#connections,
      async (connection) => {
        await connection.query(READ_ONE_MOMENT);
        return (await hasControlTables(connection)) ? readTask(connection, task) : null;
      },
      signal,
    );
  }

  async recordParts(
    fence: Fence,
    table: TableName,
    parts: readonly LoadPart[],
    signal: AbortSignal,
  ): Promise<readonly PartProgress[]> {
    return inTransaction(
      this.#connections,
      async (connection) => {
        await lockTableState(connection, fence.task, table);
        const before = await readParts(connection, fence.task, table);
        if (before.length === 0) await insertParts(connection, { task: fence.task, source: table, parts });
        await recordLoading(connection, fence.task, table);
        await checkFence(connection, fence);
        const recorded = before.length === 0 ? await readParts(connection, fence.task, table) : before;
        return recorded.map((part) => part.recorded);
      },
      signal,
    );
  }

  async recordError(fence: Fence, table: TableName, error: TableProgress['error'], signal: AbortSignal): Promise<void> {
    await inTransaction(
      this.#connections,
      async (connection) => {
        await recordTableError(connection, { task: fence.task, source: table, error });
        await checkFence(connection, fence);
      },
      signal,
    );
  }

  async remove(
    task: TaskKey,
    { withTables }: { readonly withTables: boolean },
    signal: AbortSignal,
  ): Promise<RemovedObjects> {
    return inTransaction(
      this.#connections,
      async (connection) => {
        if (!(await hasControlTables(connection))) return { tables: [], controlTables: false };
        // Fences whoever still runs the task, and waits for its commits under way.
        await connection.query('DELETE FROM dmsctl.task WHERE spec = $1 AND task = $2', [task.spec, task.task]);
        const tables = await removeTables(connection, task, withTables);
        for (const controlTable of ['exception', 'chunk', 'table_state']) {
          await connection.query(`DELETE FROM dmsctl.${controlTable} WHERE spec = $1 AND task = $2`, [
            task.spec,
            task.task,
          ]);
        }
        return { tables, controlTables: await dropUnusedControlTables(connection) };
      },
      signal,
    );
  }
}

async function readTask(connection: PostgresConnection, task: TaskKey): Promise<TaskProgress | null> {
  const [row] = await connection.query<TaskRow>(
    `SELECT epoch, lineage, source_identity, ${LEASE_COLUMNS} FROM dmsctl.task WHERE spec = $1 AND task = $2`,
    [task.spec, task.task],
  );
  if (row === undefined) return null;
  const states = await readTableStates(connection, task, null);
  const parts = groupByTable(await readParts(connection, task, null));
  return {
    task,
    epoch: Number(row.epoch),
    lineage: row.lineage,
    sourceIdentity: row.source_identity,
    lease: toLease(row),
    tables: states.map((state) => toTableProgress(state, parts.get(quoteTableName(state.source)) ?? [])),
  };
}

function groupByTable(parts: Awaited<ReturnType<typeof readParts>>): ReadonlyMap<string, readonly RecordedPart[]> {
  const groups = new Map<string, RecordedPart[]>();
  for (const { source, recorded } of parts) {
    const key = quoteTableName(source);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [recorded]);
    else group.push(recorded);
  }
  return groups;
}

function toTableProgress(state: RecordedTable, parts: readonly RecordedPart[]): TableProgress {
  const done = parts.filter(({ isDone }) => isDone);
  return {
    source: state.source,
    target: state.target,
    phase: state.phase,
    mappingFingerprint: state.mappingFingerprint,
    loadBasis: state.loadBasis,
    parts,
    rows: sum(done, ({ rows }) => rows),
    bytes: sum(done, ({ bytes }) => bytes),
    policyCounts: sumPolicyCounts(done),
    error: state.error,
    isCreatedByTask: state.isCreatedByTask,
    hasObjectsToRestore: state.restoreSql.length > 0,
  };
}

function sumPolicyCounts(parts: readonly RecordedPart[]): PolicyCounts {
  const names = Object.keys(NO_POLICY_COUNTS) as (keyof PolicyCounts)[];
  const sums = names.map((name) => [name, sum(parts, ({ policyCounts }) => policyCounts[name])]);
  return Object.fromEntries(sums) as PolicyCounts;
}

function sum(parts: readonly RecordedPart[], figure: (part: RecordedPart) => number): number {
  return parts.reduce((total, part) => total + figure(part), 0);
}

/** Drops the tables that the task created, if asked to; puts back what a load took aside from those that stay. */
async function removeTables(
  connection: PostgresConnection,
  task: TaskKey,
  withTables: boolean,
): Promise<readonly TableName[]> {
  const states = await readTableStates(connection, task, null);
  const dropped = withTables ? states.filter(({ isCreatedByTask }) => isCreatedByTask) : [];
  for (const { target } of dropped) {
    await connection.query(`DROP TABLE IF EXISTS ${quoteTable(target)}`, [], `dropping ${quoteTable(target)}`);
  }
  for (const state of states.filter((candidate) => !dropped.includes(candidate))) {
    await putBack(connection, state.target, state.restoreSql);
  }
  return dropped.map(({ target }) => target);
}
