import { formatTableName, type TableName } from '../../model/table.js';
import type { TableMapping } from '../../model/table-mapping.js';
import type { TaskKey } from '../../model/task-progress.js';
import type { TargetTable } from '../ports.js';
import { deleteParts } from './chunk-rows.js';
import type { PostgresConnection } from './connection.js';
import { quoteTable } from './identifiers.js';
import { readObstacles } from './table-obstacles.js';
import { decidePreparation, type Preparation } from './table-preparation.js';
import { createTableSql, dropTableSql, truncateSql } from './table-sql.js';
import { lockTableState, preparedState, writeTableState } from './table-state-rows.js';

/**
 * Types that users write in transforms, and those of extensions, resolve as in a session of their own: all other
 * statements run with the empty search_path of the connection.
 */
const USE_OWN_SEARCH_PATH = 'SET LOCAL search_path TO DEFAULT';
const USE_EMPTY_SEARCH_PATH = `SET LOCAL search_path TO ''`;

interface PrepareContext {
  readonly task: TaskKey;
  readonly table: TargetTable;
  readonly isReplicaRoleAllowed: boolean;
}

/** Inside a transaction that ends with the check of the fence. May be repeated: a second time changes nothing. */
export async function prepareTable(connection: PostgresConnection, context: PrepareContext): Promise<void> {
  const { table, task, isReplicaRoleAllowed } = context;
  const { mapping } = table;
  const doing = `preparing ${formatTableName(mapping.target)}`;
  const recorded = await lockTableState(connection, task, mapping.source);
  const preparation = decidePreparation(table, { recorded, ...(await look(connection, mapping.target)) });
  if (preparation === 'resume' && recorded?.phase === 'loaded') return;

  const isCreated = preparation === 'create' || preparation === 'replace';
  const obstacles = isCreated
    ? []
    : await readObstacles(connection, mapping.target, {
        isReplicaRoleAllowed,
        isTruncated: preparation === 'truncate',
      });
  for (const { takeAsideSql } of obstacles) await connection.query(takeAsideSql, [], doing);
  await changeTable(connection, table, preparation);

  if (recorded !== null && preparation !== 'resume') await deleteParts(connection, task, mapping.source);
  const state =
    preparation === 'resume' && recorded !== null
      ? recorded
      : preparedState(table, isCreated || recorded?.isCreatedByTask === true);
  // Also a second preparation may find something to take aside: a trigger made between two runs, a right that is gone.
  // What was taken aside before is still owed, unless the table is gone since.
  const owed = isCreated ? [] : (recorded?.restoreSql ?? []);
  await writeTableState(connection, task, {
    ...state,
    restoreSql: [...owed, ...obstacles.flatMap(({ putBackSql }) => putBackSql)],
  });
}

async function look(
  connection: PostgresConnection,
  table: TableName,
): Promise<{ readonly existsNow: boolean; readonly hasRows: boolean }> {
  const [found] = await connection.query<{ exists: string }>(
    `SELECT 1 AS exists FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = $1 AND relname = $2`,
    [table.schema, table.table],
  );
  if (found === undefined) return { existsNow: false, hasRows: false };
  const rows = await connection.query(`SELECT 1 FROM ${quoteTable(table)} LIMIT 1`);
  return { existsNow: true, hasRows: rows.length > 0 };
}

async function changeTable(
  connection: PostgresConnection,
  { mapping }: TargetTable,
  preparation: Preparation,
): Promise<void> {
  const doing = `preparing ${formatTableName(mapping.target)}`;
  switch (preparation) {
    case 'resume':
    case 'use':
      return;
    case 'truncate':
      await connection.query(truncateSql(mapping), [], doing);
      return;
    case 'replace':
      await connection.query(dropTableSql(mapping), [], doing);
      await createTable(connection, mapping, doing);
      return;
    case 'create':
      await createTable(connection, mapping, doing);
      return;
  }
}

async function createTable(connection: PostgresConnection, mapping: TableMapping, doing: string): Promise<void> {
  await connection.query(USE_OWN_SEARCH_PATH);
  await connection.query(createTableSql(mapping), [], doing);
  await connection.query(USE_EMPTY_SEARCH_PATH);
}
