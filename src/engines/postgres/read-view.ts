/**
 * A read view shared by many sessions: one exports its snapshot, the others import it.
 * https://www.postgresql.org/docs/18/functions-admin.html#FUNCTIONS-SNAPSHOT-SYNCHRONIZATION
 */
import { DmsctlError } from '../../errors/dmsctl-error.js';
import type { Position } from '../../model/position.js';
import { formatTableName, type ColumnDefinition, type TableName } from '../../model/table.js';
import type { TableMapping } from '../../model/table-mapping.js';
import type { PostgresConnection } from './connection.js';
import { quoteIdentifier, quoteLiteral, quoteTable } from './identifiers.js';
import { partitionsHashSql, toRangeBasis } from './range-basis.js';
import { sqlStateOf } from './server-errors.js';

export interface ReadView {
  /** Of pg_export_snapshot(). */
  readonly id: string;
  /** pg_current_snapshot(): decides for each transaction whether the view contains it. */
  readonly token: string;
  readonly position: Position;
}

const BEGIN = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';

/**
 * Leaves the connection in the transaction that keeps the view alive. The position is read first: what commits between
 * is then told by a stream from there and found contained by the token. (A commit may be in the log before it is
 * visible; a change stream that must miss nothing is opened before this, on its slot.)
 */
export async function exportReadView(connection: PostgresConnection): Promise<ReadView> {
  const doing = 'opening a read view';
  const [log] = await connection.query<{ readonly position: Position }>(
    `SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END AS position`,
    [],
    doing,
  );
  const [view] = await connection.query<{ readonly id: string; readonly token: string }>(
    `${BEGIN}; SELECT pg_export_snapshot() AS id, pg_current_snapshot() AS token`,
    [],
    doing,
  );
  if (log === undefined || view === undefined) throw lost('the server answered without a row');
  return { ...view, ...log };
}

interface TableRow {
  readonly token: string;
  readonly relkind: string | null;
  readonly isRewritten: 't' | 'f' | null;
  /** JSON object of column name → type, as the view has them. */
  readonly columns: string | null;
  readonly hasOtherTypesNow: 't' | 'f' | null;
  /** JSON lists, by the view and by now; see RangeBasisFacts. */
  readonly keyCollations: string;
  readonly keyCollationsNow: string;
  readonly partitions: string | null;
  readonly partitionsNow: string | null;
}

export interface ViewedTable {
  readonly mapping: Pick<TableMapping, 'source' | 'sourceKey' | 'rangeBasis'>;
  /** Those that are read. */
  readonly columns: readonly ColumnDefinition[];
}

export interface EnteredTable {
  /** See RangeBasisFacts. */
  readonly partitions: string | null;
}

/**
 * Begins a transaction in the view and locks the table against changes of its structure, then checks what the lock came
 * too late for. PostgreSQL reads rows by the view but structure as of now, so that after a TRUNCATE or a rewrite the view
 * would show an empty table: https://www.postgresql.org/docs/18/mvcc-caveats.html
 */
export async function enterReadView(
  connection: PostgresConnection,
  view: ReadView,
  table: ViewedTable,
): Promise<EnteredTable> {
  const { mapping, columns } = table;
  const name = formatTableName(mapping.source);
  const [row] = await importView(connection, enterSql(view, table), name);
  if (row?.token !== view.token) throw lost(`${name}: the snapshot that was imported is another one`);
  if (row.relkind === null || row.isRewritten !== 'f' || row.hasOtherTypesNow !== 'f') {
    throw lost(`${name} was created, truncated, rewritten or altered after the read view was opened`);
  }
  checkColumns(mapping.source, columns, JSON.parse(row.columns ?? '{}') as Readonly<Record<string, string>>);
  checkRangeBasis(mapping, { keyCollations: row.keyCollations, partitions: row.partitions });
  checkRangeBasis(mapping, { keyCollations: row.keyCollationsNow, partitions: row.partitionsNow });
  return { partitions: row.partitionsNow };
}

/** SQLSTATEs of an import whose exporter is gone: invalid identifier, no such snapshot (17 on), transaction not running. */
const IMPORT_FAILURES: ReadonlySet<string | null> = new Set(['22023', '42704', '55000']);

async function importView(connection: PostgresConnection, sql: string, object: string): Promise<readonly TableRow[]> {
  try {
    return await connection.query<TableRow>(sql, [], `entering the read view for ${object}`);
  } catch (error) {
    if (IMPORT_FAILURES.has(sqlStateOf(error))) throw lost('the session that held it has ended', error);
    throw error;
  }
}

/**
 * `c` is the table as the view has it; pg_relation_filenode, pg_typeof, pg_collation_for and pg_partition_tree tell of now.
 */
function enterSql(view: ReadView, { mapping, columns }: ViewedTable): string {
  const { source: name } = mapping;
  const table = quoteTable(name);
  const keyColumns = mapping.sourceKey?.columns ?? [];
  const keyNames = keyColumns.map(quoteLiteral).join(', ');
  const keyCollationsNow = keyColumns.map((column) => collationNow(`(NULL::${table}).${quoteIdentifier(column)}`));
  const names = columns.map((column) => quoteLiteral(column.name)).join(', ');
  const typesNow = columns
    .map((column) => `pg_typeof((NULL::${table}).${quoteIdentifier(column.name)})::oid`)
    .join(', ');
  return `${BEGIN};
    SET TRANSACTION SNAPSHOT ${quoteLiteral(view.id)};
    LOCK TABLE ${table} IN ACCESS SHARE MODE;
    WITH RECURSIVE c AS (
      SELECT c.oid, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ${quoteLiteral(name.schema)} AND c.relname = ${quoteLiteral(name.table)}
    ), part(oid) AS (
      SELECT oid FROM c
      UNION ALL
      SELECT i.inhrelid FROM part JOIN pg_class p ON p.oid = part.oid AND p.relkind = 'p'
      JOIN pg_inherits i ON i.inhparent = part.oid
    )
    SELECT pg_current_snapshot() AS token, (SELECT relkind FROM c) AS relkind,
      (SELECT coalesce(bool_or(p.relfilenode IS DISTINCT FROM pg_relation_filenode(p.oid)), false)
       FROM part JOIN pg_class p ON p.oid = part.oid WHERE p.relkind = 'r') AS "isRewritten",
      (SELECT json_object_agg(a.attname, format_type(a.atttypid, a.atttypmod)) FROM c JOIN pg_attribute a
       ON a.attrelid = c.oid WHERE a.attnum > 0 AND NOT a.attisdropped) AS columns,
      EXISTS (SELECT FROM unnest(ARRAY[${names}]::text[], ARRAY[${typesNow}]::oid[]) AS now(name, type), c, pg_attribute a
       WHERE a.attrelid = c.oid AND a.attname = now.name AND a.atttypid <> now.type) AS "hasOtherTypesNow",
      (SELECT coalesce(json_agg(a.attcollation::regcollation::text ORDER BY k.place), '[]')
       FROM unnest(ARRAY[${keyNames}]::text[]) WITH ORDINALITY AS k(name, place), c, pg_attribute a
       WHERE a.attrelid = c.oid AND a.attname = k.name) AS "keyCollations",
      to_json(ARRAY[${keyCollationsNow.join(', ')}]::text[]) AS "keyCollationsNow",
      (SELECT ${partitionsHashSql('p.oid')} FROM part JOIN pg_class p ON p.oid = part.oid AND p.relkind <> 'p'
       HAVING (SELECT relkind FROM c) = 'p') AS partitions,
      (${partitionsNowSql(name)}) AS "partitionsNow"`;
}

/** Asked of a type without collations, pg_collation_for raises an error. */
function collationNow(value: string): string {
  return `CASE WHEN (SELECT typcollation <> 0 FROM pg_type WHERE oid = pg_typeof(${value})) THEN pg_collation_for(${value}) ELSE '-' END`;
}

/** What statements of now read, also in an older view. NULL for a table that is not partitioned. */
function partitionsNowSql(name: TableName): string {
  const table = `${quoteLiteral(quoteTable(name))}::regclass`;
  return `SELECT ${partitionsHashSql('relid::oid')} FROM pg_partition_tree(${table}) WHERE isleaf
    HAVING (SELECT relkind FROM pg_class WHERE oid = ${table}) = 'p'`;
}

/**
 * For a partitioned table, when its rows have been read: ATTACH PARTITION does not wait for those who read, and a lock
 * that it does wait for would keep out the writers of the source, or other parts of the load. Attached partitions stay
 * until the transaction ends, since DETACH and DROP do wait; so the partitions were the same for all rows.
 */
export async function checkPartitions(
  connection: PostgresConnection,
  source: TableName,
  { partitions }: Pick<EnteredTable, 'partitions'>,
): Promise<void> {
  const [row] = await connection.query<{ readonly partitions: string | null }>(
    `SELECT (${partitionsNowSql(source)}) AS partitions`,
    [],
    `checking the partitions of ${formatTableName(source)}`,
  );
  if (row?.partitions !== partitions) throw changed(source, 'partitions were attached while it was read');
}

/** The formats and the target were chosen for the planned types: another one might be misread without an error. */
function checkColumns(
  table: TableName,
  columns: readonly ColumnDefinition[],
  found: Readonly<Record<string, string>>,
): void {
  const others = columns.filter(({ name, nativeType }) => found[name] !== nativeType);
  if (others.length === 0) return;
  const list = others.map(({ name, nativeType }) => `${name} (was ${nativeType}, is ${found[name] ?? 'gone'})`);
  throw changed(table, list.join(', '));
}

/** Parts read by another order, or from other partitions, would not fit those that were read before. */
function checkRangeBasis(
  { source, rangeBasis }: ViewedTable['mapping'],
  found: { readonly keyCollations: string; readonly partitions: string | null },
): void {
  const keyCollations = JSON.parse(found.keyCollations) as readonly string[];
  if (toRangeBasis({ keyCollations, partitions: found.partitions }) === rangeBasis) return;
  throw changed(source, 'partitions were attached or detached, or a key column has another collation');
}

function changed(table: TableName, what: string): DmsctlError {
  return new DmsctlError('PG_TABLE_CHANGED', {
    detail: `${formatTableName(table)}: ${what}.`,
    fix: 'Run `dmsctl plan` again and apply the new plan.',
  });
}

export function lost(detail: string, cause?: unknown): DmsctlError {
  return new DmsctlError('PG_SNAPSHOT_LOST', {
    detail: `${detail}.`,
    fix: 'Run the same command again: it opens a new read view for what is not loaded yet.',
    cause,
  });
}
