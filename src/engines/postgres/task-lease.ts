import { bug, DmsctlError } from '../../errors/dmsctl-error.js';
import type { Fence, Lease, LeaseHolder, TaskKey } from '../../model/task-progress.js';
import type { TaskLease } from '../ports.js';
import type { PostgresConnection } from './connection.js';
import type { PostgresConnections } from './connection-pool.js';
import { ensureControlTables, settleTables } from './control-tables.js';
import { fenced } from './fence.js';
import { inTransaction } from './transaction.js';

const LEASE_SECONDS = 30;

type Claim = Parameters<TaskLease['claim']>[1];

export interface LeaseRow {
  readonly lease_host_id: string | null;
  readonly lease_host_name: string | null;
  readonly lease_pid: string | null;
  readonly lease_remaining_ms: string | null;
}

/** Select list for a LeaseRow. The target's clock is the one that both hosts share. */
export const LEASE_COLUMNS = `lease_host_id, lease_host_name, lease_pid,
  ceil(extract(epoch FROM lease_until - clock_timestamp()) * 1000)::bigint AS lease_remaining_ms`;

/** Invariant: `dmsctl.task.epoch` only grows, and only here. */
export class PostgresTaskLease implements TaskLease {
  readonly #connections: PostgresConnections;

  constructor(connections: PostgresConnections) {
    this.#connections = connections;
  }

  async claim(task: TaskKey, claim: Claim, signal: AbortSignal): Promise<Fence> {
    return inTransaction(
      this.#connections,
      async (connection) => {
        await ensureControlTables(connection);
        const lease = await lockTask(connection, task, claim);
        if (lease !== null && !mayTake(lease, claim)) throw leaseHeld(task, lease);
        return { task, epoch: await takeTask(connection, task, claim) };
      },
      signal,
    );
  }

  async renew(fence: Fence, signal: AbortSignal): Promise<void> {
    const renewed = await this.#connections.use(signal, async (connection) =>
      connection.query(
        `UPDATE dmsctl.task SET lease_until = clock_timestamp() + interval '${LEASE_SECONDS} seconds'
         WHERE spec = $1 AND task = $2 AND epoch = $3 RETURNING 1`,
        [fence.task.spec, fence.task.task, fence.epoch],
      ),
    );
    if (renewed.length === 0) throw fenced(fence);
  }

  /** A lease that somebody else has taken meanwhile is left to them. */
  async release(fence: Fence, signal: AbortSignal): Promise<void> {
    await this.#connections.use(signal, async (connection) => {
      await connection.query(
        `UPDATE dmsctl.task
         SET lease_host_id = NULL, lease_host_name = NULL, lease_pid = NULL, lease_until = NULL
         WHERE spec = $1 AND task = $2 AND epoch = $3`,
        [fence.task.spec, fence.task.task, fence.epoch],
      );
      await settleTables(connection);
    });
  }
}

export function toLease(row: LeaseRow): Lease | null {
  if (row.lease_host_id === null || row.lease_remaining_ms === null) return null;
  const holder = { hostId: row.lease_host_id, hostName: row.lease_host_name ?? '', pid: Number(row.lease_pid) };
  return { holder, remainingMs: Number(row.lease_remaining_ms) };
}

/** Whether a claimer may take the task from the holder of this lease. */
export function mayTake(lease: Lease, { holder, isDead }: Pick<Claim, 'holder' | 'isDead'>): boolean {
  return lease.remainingMs <= 0 || isSameHolder(lease.holder, holder) || isDead(lease.holder);
}

function isSameHolder(left: LeaseHolder, right: LeaseHolder): boolean {
  return left.hostId === right.hostId && left.pid === right.pid;
}

/** Makes the task's row where it is missing and locks it, which waits for every commit of an older epoch under way. */
async function lockTask(connection: PostgresConnection, task: TaskKey, claim: Claim): Promise<Lease | null> {
  await connection.query(
    `INSERT INTO dmsctl.task (spec, task, lineage, source_identity, epoch) VALUES ($1, $2, $3, $4, 0)
     ON CONFLICT DO NOTHING`,
    [task.spec, task.task, claim.lineage, claim.sourceIdentity],
  );
  const [row] = await connection.query<LeaseRow>(
    `SELECT ${LEASE_COLUMNS} FROM dmsctl.task WHERE spec = $1 AND task = $2 FOR UPDATE`,
    [task.spec, task.task],
  );
  return row === undefined ? null : toLease(row);
}

async function takeTask(connection: PostgresConnection, task: TaskKey, claim: Claim): Promise<number> {
  const [row] = await connection.query<{ epoch: string }>(
    `UPDATE dmsctl.task
     SET epoch = epoch + 1, lineage = $3, source_identity = $4, lease_host_id = $5, lease_host_name = $6, lease_pid = $7,
       lease_until = clock_timestamp() + interval '${LEASE_SECONDS} seconds'
     WHERE spec = $1 AND task = $2 RETURNING epoch`,
    [
      task.spec,
      task.task,
      claim.lineage,
      claim.sourceIdentity,
      claim.holder.hostId,
      claim.holder.hostName,
      claim.holder.pid,
    ],
  );
  if (row === undefined) throw bug(`the locked row of task ${task.spec}/${task.task} vanished`);
  return Number(row.epoch);
}

function leaseHeld(task: TaskKey, { holder, remainingMs }: Lease): DmsctlError {
  const remainingSeconds = Math.ceil(remainingMs / 1000);
  return new DmsctlError('TASK_LEASE_HELD', {
    detail:
      `task ${task.spec}/${task.task} is run by process ${holder.pid} on ${holder.hostName}; ` +
      `its lease runs out in ${remainingSeconds} s unless it is renewed.`,
    fix: 'Let that process finish, or stop it. If it is dead already, its lease runs out by itself: run the command again then.',
  });
}
