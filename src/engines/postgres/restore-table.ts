import { DmsctlError, toDmsctlError } from '../../errors/dmsctl-error.js';
import { retryPolicy } from '../../errors/retry-policy.js';
import { formatTableName, type TableName } from '../../model/table.js';
import type { TaskKey } from '../../model/task-progress.js';
import type { PostgresConnection } from './connection.js';
import { lockTableState, recordRestored } from './table-state-rows.js';

/** Inside a transaction that ends with the check of the fence. May be repeated: a second time changes nothing. */
export async function restoreTable(connection: PostgresConnection, task: TaskKey, source: TableName): Promise<void> {
  const recorded = await lockTableState(connection, task, source);
  if (recorded === null || recorded.restoreSql.length === 0) return;
  const failedChecks = await putBack(connection, recorded.target, recorded.restoreSql);
  if (failedChecks.length > 0) throw rowsBreakKeys(recorded.target, failedChecks);
  await recordRestored(connection, task, source);
}

export interface FailedCheck {
  readonly statement: string;
  readonly constraint: string;
  readonly orphans: string;
}

/** Runs what `prepareTable` recorded. Comes back with the checks that found rows; they are no obstacle to the rest. */
export async function putBack(
  connection: PostgresConnection,
  target: TableName,
  restoreSql: readonly string[],
): Promise<readonly FailedCheck[]> {
  const failedChecks: FailedCheck[] = [];
  for (const statement of restoreSql) {
    try {
      const doing = `putting back what stood on ${formatTableName(target)}`;
      const rows = await connection.query<Omit<FailedCheck, 'statement'>>(statement, [], doing);
      failedChecks.push(...rows.map((row) => ({ ...row, statement })));
    } catch (caught) {
      const error = toDmsctlError(caught);
      throw retryPolicy(error.code) === 'backoff' ? error : restoreFailed(error, target, statement);
    }
  }
  return failedChecks;
}

function rowsBreakKeys(target: TableName, checks: readonly FailedCheck[]): DmsctlError {
  const list = checks.map(({ constraint, orphans }) => `${orphans} rows break the foreign key ${constraint}`);
  return new DmsctlError('PG_RESTORE_FAILED', {
    detail: `table ${formatTableName(target)}: ${list.join(', ')}: what they refer to is not there.`,
    fix:
      'Load or add the rows that they refer to, remove them, or drop the key. Then run dmsctl apply again, which repeats:' +
      checks.map(({ statement }) => `\n  ${statement};`).join(''),
  });
}

function restoreFailed(error: DmsctlError, target: TableName, statement: string): DmsctlError {
  return new DmsctlError('PG_RESTORE_FAILED', {
    detail: `table ${formatTableName(target)}: ${error.message}`,
    fix: `Mend the cause, then run dmsctl apply again, which repeats it:\n  ${statement};`,
    cause: error,
  });
}
