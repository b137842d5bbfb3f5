/** Rows of dmsctl.chunk: the parts of a load. */
import { bug, DmsctlError } from '../../errors/dmsctl-error.js';
import { type LoadedPart, type LoadPart, type PolicyCounts } from '../../model/load-part.js';
import type { SnapshotBoundary } from '../../model/position.js';
import { formatTableName, type TableName } from '../../model/table.js';
import type { Fence, PartProgress, TaskKey } from '../../model/task-progress.js';
import type { PostgresConnection } from './connection.js';

export interface RecordedPart extends PartProgress {
  readonly policyCounts: PolicyCounts;
}

interface ChunkRow {
  readonly source_schema: string;
  readonly source_table: string;
  readonly part: string;
  readonly key_after: string | null;
  readonly key_up_to: string | null;
  readonly is_done: string;
  readonly boundary: string | null;
  readonly rows: string;
  readonly bytes: string;
  readonly zero_dates: string;
  readonly nul_characters: string;
  readonly invalid_texts: string;
}

/** Of one table, or of all tables of the task; by table and part number. */
export async function readParts(
  connection: PostgresConnection,
  task: TaskKey,
  source: TableName | null,
): Promise<readonly { readonly source: TableName; readonly recorded: RecordedPart }[]> {
  const rows = await connection.query<ChunkRow>(
    `SELECT source_schema, source_table, part, to_json(key_after) AS key_after, to_json(key_up_to) AS key_up_to,
       is_done, boundary, rows, bytes, zero_dates, nul_characters, invalid_texts
     FROM dmsctl.chunk
     WHERE spec = $1 AND task = $2 AND ($3::text IS NULL OR (source_schema, source_table) = ($3, $4::text))
     ORDER BY source_schema, source_table, part`,
    [task.spec, task.task, source?.schema ?? null, source?.table ?? null],
  );
  return rows.map((row) => ({
    source: { schema: row.source_schema, table: row.source_table },
    recorded: toRecordedPart(row),
  }));
}

export async function insertParts(
  connection: PostgresConnection,
  { task, source, parts }: { readonly task: TaskKey; readonly source: TableName; readonly parts: readonly LoadPart[] },
): Promise<void> {
  const rows = parts.map(({ number, range }) => ({ part: number, key_after: range.after, key_up_to: range.upTo }));
  await connection.query(
    `INSERT INTO dmsctl.chunk (spec, task, source_schema, source_table, part, key_after, key_up_to)
     SELECT $1, $2, $3, $4, part, key_after, key_up_to
     FROM json_to_recordset($5::json) AS r (part integer, key_after text[], key_up_to text[])`,
    [task.spec, task.task, source.schema, source.table, JSON.stringify(rows)],
  );
}

/** In the transaction that wrote the part's rows. Rejects when the part is done already. */
export async function recordPartDone(
  connection: PostgresConnection,
  { fence, source, loaded }: { readonly fence: Fence; readonly source: TableName; readonly loaded: LoadedPart },
): Promise<void> {
  const { task } = fence;
  const { part, boundary, rows, bytes, policyCounts } = loaded;
  const updated = await connection.query(
    `UPDATE dmsctl.chunk
     SET is_done = true, boundary = $6, rows = $7, bytes = $8, zero_dates = $9, nul_characters = $10,
       invalid_texts = $11, finished_at = clock_timestamp()
     WHERE spec = $1 AND task = $2 AND source_schema = $3 AND source_table = $4 AND part = $5 AND NOT is_done
     RETURNING 1`,
    [
      task.spec,
      task.task,
      source.schema,
      source.table,
      part.number,
      JSON.stringify(boundary),
      rows,
      bytes,
      policyCounts.zeroDate,
      policyCounts.nulCharacter,
      policyCounts.invalidText,
    ],
  );
  if (updated.length === 0) throw await notRecordable(connection, { task, source, part });
}

export async function deleteParts(connection: PostgresConnection, task: TaskKey, source: TableName): Promise<void> {
  await connection.query(
    'DELETE FROM dmsctl.chunk WHERE spec = $1 AND task = $2 AND source_schema = $3 AND source_table = $4',
    [task.spec, task.task, source.schema, source.table],
  );
}

function toRecordedPart(row: ChunkRow): RecordedPart {
  return {
    part: { number: Number(row.part), range: { after: parseKey(row.key_after), upTo: parseKey(row.key_up_to) } },
    isDone: row.is_done === 't',
    boundary: row.boundary === null ? { kind: 'none' } : (JSON.parse(row.boundary) as SnapshotBoundary),
    rows: Number(row.rows),
    bytes: Number(row.bytes),
    policyCounts: {
      zeroDate: Number(row.zero_dates),
      nulCharacter: Number(row.nul_characters),
      invalidText: Number(row.invalid_texts),
    },
  };
}

function parseKey(json: string | null): readonly string[] | null {
  return json === null ? null : (JSON.parse(json) as readonly string[]);
}

/** The server may carry out a COMMIT after its connection is lost, even after the progress was read anew. */
async function notRecordable(
  connection: PostgresConnection,
  { task, source, part }: { readonly task: TaskKey; readonly source: TableName; readonly part: LoadPart },
): Promise<DmsctlError> {
  const recorded = (await readParts(connection, task, source)).find((row) => row.recorded.part.number === part.number);
  const name = `part ${part.number} of table ${formatTableName(source)}`;
  if (recorded === undefined) return bug(`${name} was loaded and is not among the recorded parts`);
  return new DmsctlError('PG_PART_COMMITTED_BEFORE', {
    detail: `${name} is recorded as done.`,
    fix: 'Run the same command again: it reads the progress anew.',
  });
}
