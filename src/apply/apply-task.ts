import type { SnapshotTable } from '../engines/ports.js';
import { DmsctlError } from '../errors/dmsctl-error.js';
import { anySignal } from '../lib/abort.js';
import { failPoint } from '../lib/fail-point.js';
import { loadedColumns } from '../model/table-mapping.js';
import { quoteTableName } from '../model/table.js';
import type { Fence, TableProgress, TaskProgress } from '../model/task-progress.js';
import type { TablePlan } from '../plan/plan.js';
import { runFullLoad } from '../replication/full-load.js';
import { keepLease } from '../replication/lease-keeper.js';
import type { TableResult } from '../replication/load-event.js';
import type { LoadTable } from '../replication/load-table.js';
import type { TaskReport } from './apply-event.js';
import { isDeadHere, thisProcess } from './lease-holder.js';
import { restoreTables, withRestoreFailures } from './restore-tables.js';
import { retrying, type TaskRun } from './task-run.js';

/**
 * Bytes of a table, as its source estimates them, that one part holds: small enough that a kill costs seconds of work,
 * large enough that opening a part costs nothing beside it. Tests cut smaller, to have many parts of few rows.
 */
const PART_BYTES_MAX = Number(process.env.DMSCTL_TEST_PART_BYTES ?? 128 * 1024 * 1024);

/** How long a run that failed waits for the target to take the lease back; without that the lease runs out by itself. */
const RELEASE_AFTER_FAILURE_MS = 5_000;

/** Carries out one task of a plan. When it returns, all that it reports is durable and the lease is given back. */
export async function applyTask(run: TaskRun, signal: AbortSignal): Promise<TaskReport> {
  const startedMs = performance.now();
  const stop = new AbortController();
  const runSignal = anySignal(signal, stop.signal);
  const fence = await claim(run, runSignal);
  if (fence.epoch !== (run.planned?.epoch ?? 0) + 1) throw await movedMeanwhile(run, fence, runSignal);
  failPoint('after-claim');
  const stopKeeping = keepLease(run.target.lease, fence, (error) => {
    stop.abort(error);
  });
  try {
    const { results, hasMixedSnapshots } = await load(run, fence, runSignal);
    failPoint('before-restore');
    const tables = withRestoreFailures(results, await restoreTables(run, fence, runSignal));
    await stopKeeping();
    failPoint('before-release');
    await retrying(run, runSignal, 'giving the lease back', async () => run.target.lease.release(fence, runSignal));
    return { task: run.plan.name, tables, seconds: (performance.now() - startedMs) / 1000, hasMixedSnapshots };
  } catch (error) {
    await stopKeeping();
    await run.target.lease.release(fence, AbortSignal.timeout(RELEASE_AFTER_FAILURE_MS)).catch(() => undefined);
    throw error;
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
  const progress = await retrying(run, signal, 'reading the progress', async () =>
    target.progress.read(run.key, signal),
  );
  const known = { planned: bySource(run.planned), now: bySource(progress) };
  const tables = plan.tables
    .filter((table) => table.load.kind !== 'none')
    .map((table) => toLoadTable(table, run, known));
  if (tables.length === 0) return { results: [], hasMixedSnapshots: false };
  run.observer({
    type: 'task-started',
    task: plan.name,
    tables: tables.map(({ target: { mapping } }) => ({ table: mapping.source, size: mapping.size })),
  });
  const containers = { schemas: plan.schemasToCreate, userTypes: plan.userTypesToCreate };
  await retrying(run, signal, 'creating schemas and types', async () =>
    target.ddlWriter.createContainers(fence, containers, signal),
  );
  let hasMixedSnapshots =
    !run.source.snapshotReader.showsOneMoment ||
    tables.some(({ recorded }) => recorded?.parts.some(({ isDone }) => isDone) === true);
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

type ProgressBySource = ReadonlyMap<string, TableProgress>;

/** What the target knew of each table when the plan was made, and what it knows since the claim. */
interface KnownProgress {
  readonly planned: ProgressBySource;
  readonly now: ProgressBySource;
}

function bySource(progress: TaskProgress | null): ProgressBySource {
  return new Map(progress?.tables.map((table) => [quoteTableName(table.source), table]));
}

function toLoadTable(table: TablePlan, run: TaskRun, { planned, now }: KnownProgress): LoadTable {
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
    recorded: isBegunAnew(table, planned.get(key)) ? null : (now.get(key) ?? null),
  };
}

/**
 * The table is gone from the target although its load was begun: what is recorded says nothing of the rows to come. The
 * plan decides it, not the progress of now: an earlier run may have begun or ended the load after the plan was made.
 */
function isBegunAnew(table: TablePlan, planned: TableProgress | undefined): boolean {
  return table.load.kind === 'load' && planned !== undefined && planned.phase !== 'prepared';
}

/** The longest load begins first, so that it does not end alone. */
function byBytesDescending(left: LoadTable, right: LoadTable): number {
  const bytes = (table: LoadTable): number => table.target.mapping.size.estimatedBytes ?? 0;
  return bytes(right) - bytes(left);
}
