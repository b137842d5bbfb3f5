import { type DmsctlError, toDmsctlError } from '../errors/dmsctl-error.js';
import { formatTableName, quoteTableName } from '../model/table.js';
import type { Fence } from '../model/task-progress.js';
import { hasWork } from '../plan/plan.js';
import { stopsEveryTable } from '../replication/full-load.js';
import { retrying, type TaskRun } from './task-run.js';

/**
 * Also for tables that failed or were not reached: nothing of theirs is under way now. What cannot be put back (a foreign
 * key whose other table failed) stays recorded for the next run and must not keep the other tables from theirs.
 */
export async function restoreTables(run: TaskRun, fence: Fence, signal: AbortSignal): Promise<void> {
  const progress = await retrying(run, signal, 'reading the progress', async () =>
    run.target.progress.read(run.key, signal),
  );
  const wanted = new Set(run.plan.tables.filter(hasWork).map(({ target }) => quoteTableName(target.mapping.source)));
  let firstError: DmsctlError | null = null;
  for (const { source, hasObjectsToRestore } of progress?.tables ?? []) {
    if (!hasObjectsToRestore || !wanted.has(quoteTableName(source))) continue;
    try {
      await retrying(run, signal, `putting back what stood on ${formatTableName(source)}`, async () =>
        run.target.ddlWriter.restoreTable(fence, source, signal),
      );
    } catch (caught) {
      const error = toDmsctlError(caught);
      if (stopsEveryTable(error)) throw error;
      firstError ??= error;
    }
  }
  // A load that was stopped half-way may well lack the rows that a foreign key wants.
  if (firstError !== null && !run.drain.aborted) throw firstError;
}
