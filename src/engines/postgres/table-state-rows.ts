/** Rows of dmsctl.table_state: where each table of a task stands. */
import type { TableName } from '../../model/table.js';
import type { TablePhase, TaskKey } from '../../model/task-progress.js';
import type { TargetTable } from '../ports.js';
import type { PostgresConnection } from './connection.js';

export interface RecordedTable {
  readonly source: TableName;
  readonly target: TableName;
  readonly phase: TablePhase;
  readonly mappingFingerprint: string;
  readonly loadBasis: string;
  readonly isCreatedByTask: boolean;
  /** Statements that put back what was taken aside, in this order. */
  readonly restoreSql: readonly string[];
  readonly error: { readonly code: string; readonly detail: string } | null;
}

interface TableStateRow {
  readonly source_schema: string;
  readonly source_table: string;
  readonly target_schema: string;
  readonly target_table: string;
  readonly phase: TablePhase;
  readonly mapping_fingerprint: string;
  readonly load_basis: string;
  readonly is_created_by_task: string;
  readonly restore_sql: string;
  readonly error_code: string | null;
  readonly error_detail: string | null;
}

/** Of one table, or of all tables of the task; by source name. */
export async function readTableStates(
  connection: PostgresConnection,
  task: TaskKey,
  source: TableName | null,
): Promise<readonly RecordedTable[]> {
  const rows = await connection.query<TableStateRow>(
    `SELECT source_schema, source_table, target_schema, target_table, phase, mapping_fingerprint, load_basis,
       is_created_by_task, to_json(restore_sql) AS restore_sql, error_code, error_detail
     FROM dmsctl.table_state
     WHERE spec = $1 AND task = $2 AND ($3::text IS NULL OR (source_schema, source_table) = ($3, $4::text))
     ORDER BY source_schema COLLATE "C", source_table COLLATE "C"`,
    [task.spec, task.task, source?.schema ?? null, source?.table ?? null],
  );
  return rows.map(toRecordedTable);
}

/**
 * Until the transaction ends nobody else changes this table's state: also where it has no row yet, and where an earlier
 * try of our own, whose connection was lost, is still committing.
 */
export async function lockTableState(
  connection: PostgresConnection,
  task: TaskKey,
  source: TableName,
): Promise<RecordedTable | null> {
  const key = JSON.stringify(['dmsctl table', task.spec, task.task, source.schema, source.table]);
  await connection.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [key]);
  const [recorded] = await readTableStates(connection, task, source);
  return recorded ?? null;
}

export async function writeTableState(
  connection: PostgresConnection,
  task: TaskKey,
  state: Omit<RecordedTable, 'error'>,
): Promise<void> {
  await connection.query(
    `INSERT INTO dmsctl.table_state (spec, task, source_schema, source_table, target_schema, target_table, phase,
       mapping_fingerprint, load_basis, is_created_by_task, restore_sql)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, ARRAY(SELECT json_array_elements_text($11::json)))
     ON CONFLICT (spec, task, source_schema, source_table) DO UPDATE
     SET target_schema = excluded.target_schema, target_table = excluded.target_table, phase = excluded.phase,
       mapping_fingerprint = excluded.mapping_fingerprint,
       load_basis = excluded.load_basis, is_created_by_task = excluded.is_created_by_task,
       restore_sql = excluded.restore_sql, rows_loaded = NULL, bytes_loaded = NULL, error_code = NULL, error_detail = NULL`,
    [
      task.spec,
      task.task,
      state.source.schema,
      state.source.table,
      state.target.schema,
      state.target.table,
      state.phase,
      state.mappingFingerprint,
      state.loadBasis,
      state.isCreatedByTask,
      JSON.stringify(state.restoreSql),
    ],
  );
}

/** A table that is loaded stays so. */
export async function recordLoading(connection: PostgresConnection, task: TaskKey, source: TableName): Promise<void> {
  const assignments = `phase = CASE phase WHEN 'loaded' THEN phase ELSE 'loading' END`;
  await updateTableState(connection, { task, source, assignments });
}

/** With the totals of its parts. */
export async function recordLoaded(connection: PostgresConnection, task: TaskKey, source: TableName): Promise<void> {
  const ofParts = 'FROM dmsctl.chunk WHERE (spec, task, source_schema, source_table) = ($1, $2, $3, $4)';
  await updateTableState(connection, {
    task,
    source,
    assignments: `phase = 'loaded', error_code = NULL, error_detail = NULL,
      rows_loaded = (SELECT coalesce(sum(rows), 0) ${ofParts}),
      bytes_loaded = (SELECT coalesce(sum(bytes), 0) ${ofParts})`,
  });
}

export async function recordRestored(connection: PostgresConnection, task: TaskKey, source: TableName): Promise<void> {
  await updateTableState(connection, { task, source, assignments: `restore_sql = '{}'` });
}

export async function recordTableError(
  connection: PostgresConnection,
  update: { readonly task: TaskKey; readonly source: TableName; readonly error: RecordedTable['error'] },
): Promise<void> {
  await updateTableState(connection, {
    ...update,
    assignments: 'error_code = $5, error_detail = $6',
    parameters: [update.error?.code ?? null, update.error?.detail ?? null],
  });
}

interface TableStateUpdate {
  readonly task: TaskKey;
  readonly source: TableName;
  readonly assignments: string;
  readonly parameters?: readonly unknown[];
}

async function updateTableState(
  connection: PostgresConnection,
  { task, source, assignments, parameters = [] }: TableStateUpdate,
): Promise<void> {
  await connection.query(
    `UPDATE dmsctl.table_state SET ${assignments}
     WHERE spec = $1 AND task = $2 AND source_schema = $3 AND source_table = $4`,
    [task.spec, task.task, source.schema, source.table, ...parameters],
  );
}

/** The state of a table at the start of a load, before anything was taken aside. */
export function preparedState(table: TargetTable, isCreatedByTask: boolean): Omit<RecordedTable, 'error'> {
  return {
    source: table.mapping.source,
    target: table.mapping.target,
    phase: 'prepared',
    mappingFingerprint: table.mappingFingerprint,
    loadBasis: table.loadBasis,
    isCreatedByTask,
    restoreSql: [],
  };
}

function toRecordedTable(row: TableStateRow): RecordedTable {
  const { error_code: code, error_detail: detail } = row;
  return {
    source: { schema: row.source_schema, table: row.source_table },
    target: { schema: row.target_schema, table: row.target_table },
    phase: row.phase,
    mappingFingerprint: row.mapping_fingerprint,
    loadBasis: row.load_basis,
    isCreatedByTask: row.is_created_by_task === 't',
    restoreSql: JSON.parse(row.restore_sql) as string[],
    error: code === null ? null : { code, detail: detail ?? '' },
  };
}
