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
  await putBack(connection, recorded.target, recorded.restoreSql);
  await recordRestored(connection, task, source);
}

/** Runs what `prepareTable` recorded. */
export async function putBack(
  connection: PostgresConnection,
  target: TableName,
  restoreSql: readonly string[],
): Promise<void> {
  for (const statement of restoreSql) {
    try {
      await connection.query(statement, [], `putting back what stood on ${formatTableName(target)}`);
    } catch (caught) {
      const error = toDmsctlError(caught);
      throw retryPolicy(error.code) === 'backoff' ? error : restoreFailed(error, target, statement);
    }
  }
}

function restoreFailed(error: DmsctlError, target: TableName, statement: string): DmsctlError {
  return new DmsctlError('PG_RESTORE_FAILED', {
    detail: `table ${formatTableName(target)}: ${error.message}`,
    fix: `Mend the cause, then run dmsctl apply again, which repeats it:\n  ${statement};`,
    cause: error,
  });
}
