import { bug } from '../../errors/dmsctl-error.js';
import { failPoint } from '../../lib/fail-point.js';
import { formatTableName } from '../../model/table.js';
import type { TaskKey } from '../../model/task-progress.js';
import type { TargetTable } from '../ports.js';
import { readParts } from './chunk-rows.js';
import type { PostgresConnection } from './connection.js';
import { quoteTable } from './identifiers.js';
import { analyzeSql, createKeySql } from './table-sql.js';
import { lockTableState, recordLoaded } from './table-state-rows.js';

/**
 * Measured with 2 M rows on PostgreSQL 18: a bigint key 1.4 s at the server's default of 64 MB, 1.1 s from 128 MB on; a
 * text key 4.2 s and 4.0 s. So not more than this, and a server that is set higher keeps its setting: every table that
 * loads at the same time may take as much.
 */
const SORT_MEMORY_KB = 256 * 1024;
const RAISE_SORT_MEMORY = `SELECT set_config('maintenance_work_mem', greatest(setting::bigint, ${SORT_MEMORY_KB})::text, true)
  FROM pg_settings WHERE name = 'maintenance_work_mem'`;

/** Inside a transaction that ends with the check of the fence. May be repeated: a second time changes nothing. */
export async function finishTable(
  connection: PostgresConnection,
  task: TaskKey,
  { mapping }: TargetTable,
): Promise<void> {
  const name = formatTableName(mapping.target);
  const recorded = await lockTableState(connection, task, mapping.source);
  if (recorded === null) throw bug(`table ${name} is to be finished and was never prepared`);
  if (recorded.phase === 'loaded') return;
  const parts = await readParts(connection, task, mapping.source);
  const open = parts.filter(({ recorded: part }) => !part.isDone).length;
  if (parts.length === 0 || open > 0)
    throw bug(`table ${name} is to be finished; open parts: ${open} of ${parts.length}`);

  const keySql = recorded.isCreatedByTask ? createKeySql(mapping) : null;
  if (keySql !== null) {
    await connection.query(RAISE_SORT_MEMORY);
    await connection.query(keySql, [], `building the key of ${name}`);
  }
  failPoint('mid-finish');
  await connection.query(analyzeSql(mapping), [], `analyzing ${name}`);
  // ANALYZE samples; the page that a plan looks at for rows is among those that are settled now. See settleTables.
  await connection.query(`SELECT 1 FROM ${quoteTable(mapping.target)} LIMIT 1`);
  await recordLoaded(connection, task, mapping.source);
}
