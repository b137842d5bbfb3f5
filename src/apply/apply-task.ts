import type { SnapshotTable, SourceEngine, TargetEngine } from '../engines/ports.js';
import { DmsctlError } from '../errors/dmsctl-error.js';
import { anySignal } from '../lib/abort.js';
import { failPoint } from '../lib/fail-point.js';
import type { Policies } from '../model/policies.js';
import { loadedColumns } from '../model/table-mapping.js';
import { quoteTableName } from '../model/table.js';
import type { Fence, TaskKey, TaskProgress } from '../model/task-progress.js';
import { hasWork, type TablePlan, type TaskPlan } from '../plan/plan.js';
import { runFullLoad } from '../replication/full-load.js';
import { keepLease } from '../replication/lease-keeper.js';
import type { TableResult } from '../replication/load-event.js';
import type { LoadTable } from '../replication/load-table.js';
import type { ApplyObserver, TaskReport } from './apply-event.js';
import { isDeadHere, thisProcess } from './lease-holder.js';

/**
 * Bytes of a table, as its source estimates them, that one part holds: small enough that a kill costs seconds of work,
 * large enough that opening a part costs nothing beside it.
 */
const PART_BYTES_MAX = 128 * 1024 * 1024;

export interface TaskRun {
  readonly key: TaskKey;
  readonly plan: TaskPlan;
  readonly policies: Policies;
  readonly fullLoad: { readonly tables: number; readonly connectionsPerTable: number | 'auto' };
  readonly retryForMs: number;
  readonly lineage: string;
  readonly sourceIdentity: string | null;
  /** Epoch of the task when the plan was made; 0 when the target knew nothing of it. */
  readonly plannedEpoch: number;
  readonly source: SourceEngine;
  readonly target: TargetEngine;
  readonly observer: ApplyObserver;
  readonly drain: AbortSignal;
}

/** Carries out one task of a plan. When it returns, all that it reports is durable and the lease is given back. */
export async function applyTask(run: TaskRun, signal: AbortSignal): Promise<TaskReport> {
  const startedMs = performance.now();
  const stop = new AbortController();
  const runSignal = anySignal(signal, stop.signal);
  const fence = await claim(run, runSignal);
  if (fence.epoch !== run.plannedEpoch + 1) throw await movedMeanwhile(run, fence, runSignal);
  failPoint('after-claim');
  const stopKeeping = keepLease(run.target.lease, fence, (error) => {
    stop.abort(error);
  });
  try {
    const { results, hasMixedSnapshots } = await load(run, fence, runSignal);
    await restoreTables(run, fence, runSignal);
    await stopKeeping();
    failPoint('before-release');
    await run.target.lease.release(fence, runSignal);
    return { task: run.plan.name, tables: results, seconds: (performance.now() - startedMs) / 1000, hasMixedSnapshots };
  } finally {
    await stopKeeping();
    run.observer({ type: 'task-ended', task: run.plan.name });
  }
}

async function claim(run: TaskRun, signal: AbortSignal): Promise<Fence> {
  return run.target.lease.claim(
    run.key,
    {
      holder: thisProcess(),
      lineage: run.lineage,
      sourceIdentity: run.sourceIdentity,
      isDead: isDeadHere,
    },
    signal,
  );
}

/** Another run came between plan and claim: what it loaded must not be loaded again. */
async function movedMeanwhile(run: TaskRun, fence: Fence, signal: AbortSignal): Promise<DmsctlError> {
  await run.target.lease.release(fence, signal);
  return new DmsctlError('PLAN_STALE', {
    detail: `another run of task ${run.plan.name} changed its progress after this plan was made.`,
    fix: 'Plan and apply again:\n\n  dmsctl apply',
  });
}

async function load(
  run: TaskRun,
  fence: Fence,
  signal: AbortSignal,
): Promise<{ readonly results: readonly TableResult[]; readonly hasMixedSnapshots: boolean }> {
  const { plan, target } = run;
  // Read after the claim: no transaction of an earlier run can add to it any more.
  const progress = await target.progress.read(run.key, signal);
  const tables = plan.tables
    .filter((table) => table.load.kind !== 'none')
    .map((table) => toLoadTable(table, run, progress));
  if (tables.length === 0) return { results: [], hasMixedSnapshots: false };
  run.observer({
    type: 'task-started',
    task: plan.name,
    tables: tables.map(({ target: { mapping } }) => ({ table: mapping.source, size: mapping.size })),
  });
  await target.ddlWriter.createContainers(
    fence,
    { schemas: plan.schemasToCreate, userTypes: plan.userTypesToCreate },
    signal,
  );
  let hasMixedSnapshots = tables.some(({ recorded }) => recorded?.parts.some(({ isDone }) => isDone) === true);
  const results = await runFullLoad(
    tables.toSorted(byBytesDescending),
    {
      snapshotReader: run.source.snapshotReader,
      ddlWriter: target.ddlWriter,
      loader: target.loader,
      progress: target.progress,
    },
    {
      fence,
      ...concurrency(run.fullLoad),
      partBytesMax: PART_BYTES_MAX,
      retryForMs: run.retryForMs,
      observer: (event) => {
        if (event.type === 'snapshot-reopened') hasMixedSnapshots = true;
        run.observer({ type: 'load', task: plan.name, event });
      },
      drain: run.drain,
    },
    signal,
  );
  return { results, hasMixedSnapshots };
}

function concurrency({ tables, connectionsPerTable }: TaskRun['fullLoad']): {
  readonly limits: { readonly tablesMax: number; readonly partsPerTableMax: number };
  readonly connectionsMax: number;
} {
  if (connectionsPerTable === 'auto') {
    return { limits: { tablesMax: tables, partsPerTableMax: tables }, connectionsMax: tables };
  }
  return {
    limits: { tablesMax: tables, partsPerTableMax: connectionsPerTable },
    connectionsMax: tables * connectionsPerTable,
  };
}

function toLoadTable(table: TablePlan, run: TaskRun, progress: TaskProgress | null): LoadTable {
  const { mapping } = table.target;
  const key = quoteTableName(mapping.source);
  const snapshot: SnapshotTable = {
    mapping,
    columns: loadedColumns(mapping).map(({ source, deliverAs }) => ({ source, deliverAs })),
    policies: run.policies,
  };
  return {
    target: table.target,
    snapshot,
    // What is recorded of a table that is gone from the target, or begun anew, says nothing of the rows in it now.
    recorded:
      table.load.kind === 'resume'
        ? (progress?.tables.find(({ source }) => quoteTableName(source) === key) ?? null)
        : null,
  };
}

/** The longest load begins first, so that it does not end alone. */
function byBytesDescending(left: LoadTable, right: LoadTable): number {
  const bytes = (table: LoadTable): number => table.target.mapping.size.estimatedBytes ?? 0;
  return bytes(right) - bytes(left);
}

/** Also for tables that failed or were not reached: nothing of theirs is under way now. */
async function restoreTables(run: TaskRun, fence: Fence, signal: AbortSignal): Promise<void> {
  const progress = await run.target.progress.read(run.key, signal);
  const wanted = new Set(run.plan.tables.filter(hasWork).map(({ target }) => quoteTableName(target.mapping.source)));
  for (const table of progress?.tables ?? []) {
    if (!table.hasObjectsToRestore || !wanted.has(quoteTableName(table.source))) continue;
    await run.target.ddlWriter.restoreTable(fence, table.source, signal);
  }
}
