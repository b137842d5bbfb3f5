import { DmsctlError } from '../../errors/dmsctl-error.js';
import { formatTableName, type TableName } from '../../model/table.js';
import type { TableMapping } from '../../model/table-mapping.js';
import type { TaskKey } from '../../model/task-progress.js';
import type { TargetTable } from '../ports.js';
import { deleteParts } from './chunk-rows.js';
import type { PostgresConnection } from './connection.js';
import { ownRows } from './part-query.js';
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
  if (!table.keepsRows) await refuseOtherLoad(connection, task, mapping.target);
  const { isPartitioned, ...found } = await look(connection, mapping.target);
  const preparation = decidePreparation(table, { recorded, ...found });
  if (preparation === 'resume' && recorded?.phase === 'loaded') return;

  const isCreated = preparation === 'create' || preparation === 'replace';
  const obstacles = isCreated
    ? []
    : await readObstacles(connection, mapping.target, {
        isReplicaRoleAllowed,
        isTruncated: preparation === 'truncate',
      });
  for (const { takeAsideSql } of obstacles) {
    if (takeAsideSql !== null) await connection.query(takeAsideSql, [], doing);
  }
  await changeTable(connection, mapping, { preparation, isPartitioned });

  if (recorded !== null && preparation !== 'resume') await deleteParts(connection, task, mapping.source);
  const state =
    preparation === 'resume' && recorded !== null
      ? { ...recorded, loadBasis: table.loadBasis }
      : preparedState(table, isCreated || recorded?.isCreatedByTask === true);
  // Also a second preparation may find something to take aside: a trigger made between two runs, a right that is gone.
  // What was taken aside before is still owed, unless the table is gone since.
  const owed = isCreated ? [] : (recorded?.restoreSql ?? []);
  await writeTableState(connection, task, {
    ...state,
    restoreSql: [...new Set([...owed, ...obstacles.flatMap(({ putBackSql }) => putBackSql)])],
  });
}

/** Two specs that fill one empty table at the same time would each find it empty. */
async function refuseOtherLoad(connection: PostgresConnection, task: TaskKey, target: TableName): Promise<void> {
  const key = JSON.stringify(['dmsctl target', target.schema, target.table]);
  await connection.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [key]);
  const [other] = await connection.query<{ readonly spec: string; readonly task: string }>(
    `SELECT spec, task FROM dmsctl.table_state
     WHERE (target_schema, target_table) = ($1, $2) AND (spec, task) <> ($3, $4) AND phase <> 'loaded' LIMIT 1`,
    [target.schema, target.table, task.spec, task.task],
  );
  if (other === undefined) return;
  throw new DmsctlError('PG_TARGET_IN_USE', {
    detail: `task ${other.task} of the spec ${other.spec} is loading table ${formatTableName(target)}.`,
    fix: 'Let that load end, or remove it with dmsctl destroy of its spec. To load both into one table: policies.existingRows: keep.',
  });
}

async function look(
  connection: PostgresConnection,
  table: TableName,
): Promise<{ readonly existsNow: boolean; readonly hasRows: boolean; readonly isPartitioned: boolean }> {
  const [found] = await connection.query<{ readonly relkind: string }>(
    `SELECT relkind FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = $1 AND relname = $2`,
    [table.schema, table.table],
  );
  if (found === undefined) return { existsNow: false, hasRows: false, isPartitioned: false };
  const isPartitioned = found.relkind === 'p';
  const rows = await connection.query(`SELECT 1 FROM ${ownRows(table, { isPartitioned })} LIMIT 1`);
  return { existsNow: true, hasRows: rows.length > 0, isPartitioned };
}

async function changeTable(
  connection: PostgresConnection,
  mapping: TableMapping,
  { preparation, isPartitioned }: { readonly preparation: Preparation; readonly isPartitioned: boolean },
): Promise<void> {
  const doing = `preparing ${formatTableName(mapping.target)}`;
  switch (preparation) {
    case 'resume':
    case 'use':
      return;
    case 'truncate':
      await connection.query(truncateSql(mapping, { isPartitioned }), [], doing);
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
