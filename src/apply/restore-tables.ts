import { toDmsctlError } from '../errors/dmsctl-error.js';
import { formatTableName, quoteTableName } from '../model/table.js';
import type { Fence } from '../model/task-progress.js';
import { hasWork } from '../plan/plan.js';
import { stopsEveryTable } from '../replication/full-load.js';
import type { TableResult } from '../replication/load-event.js';
import { retrying, type TaskRun } from './task-run.js';

/**
 * Also for tables that failed or were not reached: nothing of theirs is under way now. What cannot be put back (a foreign
 * key whose other table failed) stays recorded for the next run and does not keep the other tables from theirs; it comes
 * back by table.
 */
export async function restoreTables(run: TaskRun, fence: Fence, signal: AbortSignal): Promise<readonly TableResult[]> {
  const progress = await retrying(run, signal, 'reading the progress', async () =>
    run.target.progress.read(run.key, signal),
  );
  const wanted = new Set(run.plan.tables.filter(hasWork).map(({ target }) => quoteTableName(target.mapping.source)));
  const failed: TableResult[] = [];
  for (const table of progress?.tables ?? []) {
    if (!table.hasObjectsToRestore || !wanted.has(quoteTableName(table.source))) continue;
    try {
      await retrying(run, signal, `putting back what stood on ${formatTableName(table.source)}`, async () =>
        run.target.ddlWriter.restoreTable(fence, table.source, signal),
      );
    } catch (caught) {
      const error = toDmsctlError(caught);
      if (stopsEveryTable(error)) throw error;
      failed.push({ ...table, table: table.source, outcome: 'failed', error });
    }
  }
  // A load that was stopped half-way may well lack the rows that a foreign key wants.
  return run.drain.aborted ? [] : failed;
}

/** A table that is loaded but lacks what stood on it is not done. Its own error, if it has one, comes first. */
export function withRestoreFailures(
  results: readonly TableResult[],
  failures: readonly TableResult[],
): readonly TableResult[] {
  const byName = new Map(failures.map((failure) => [quoteTableName(failure.table), failure]));
  const merged = results.map((result) => {
    const failure = byName.get(quoteTableName(result.table));
    byName.delete(quoteTableName(result.table));
    return failure === undefined || result.outcome === 'failed' ? result : failure;
  });
  return [...merged, ...byName.values()];
}
