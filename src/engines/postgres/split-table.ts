/** Cuts a table into key ranges of about equal size, by a sample of its keys. */
import type { SnapshotTable } from '../ports.js';
import { type LoadPart, WHOLE_TABLE } from '../../model/load-part.js';
import { formatTableName, type TableName } from '../../model/table.js';
import type { PostgresConnection } from './connection.js';
import { quoteIdentifier } from './identifiers.js';
import { ownRows } from './part-query.js';

/**
 * Sampling takes whole pages, whose keys may lie close together: this many pages a part make its size good to some 15 %.
 */
const PAGES_PER_PART = 50;
const PAGES_MIN = 500;
/** From here on, reading all keys (of the index alone, where it can) is as fast as sampling. */
const SAMPLE_PERCENT_MAX = 30;
/** A bloated table gives few rows to its sample. */
const ROWS_PER_PART_MIN = 20;

/** One open part where the table is small, has no key that identifies a row, or has one of a type that is not built in. */
export async function splitTable(
  connection: PostgresConnection,
  { mapping }: SnapshotTable,
  partBytesMax: number,
): Promise<readonly LoadPart[]> {
  const partCount = Math.ceil((mapping.size.estimatedBytes ?? 0) / partBytesMax);
  if (partCount <= 1 || mapping.sourceKey?.identifiesRow !== true) return [WHOLE_TABLE];
  const keyColumns = mapping.sourceKey.columns;
  const layout = await readLayout(connection, mapping.source, keyColumns);
  if (layout?.isOrderedAlike !== 't') return [WHOLE_TABLE];
  const rows = ownRows(mapping.source, { isPartitioned: layout.relkind === 'p' });
  const bounds = await readBounds(connection, { rows, keyColumns, partCount, pages: Number(layout.pages) });
  return partsBetween(bounds);
}

interface Layout {
  readonly relkind: string;
  readonly pages: string;
  /** Null for a key whose columns are gone. */
  readonly isOrderedAlike: 't' | 'f' | null;
}

/**
 * Bounds are found by ORDER BY, which goes by the type's operator class, and used by `>`, which goes by name. For built-in
 * types, enums, and domains over them the two agree. For a type such as citext `>` would be that of text here; for "char"
 * it is looked up as that of text, and the server fails for want of a collation.
 */
async function readLayout(
  connection: PostgresConnection,
  { schema, table }: TableName,
  keyColumns: readonly string[],
): Promise<Layout | undefined> {
  const [layout] = await connection.query<Layout>(
    `WITH RECURSIVE c AS (
       SELECT c.oid, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = $1 AND c.relname = $2
     ), part(oid) AS (
       SELECT oid FROM c UNION ALL
       SELECT i.inhrelid FROM part JOIN pg_class p ON p.oid = part.oid AND p.relkind = 'p'
       JOIN pg_inherits i ON i.inhparent = part.oid
     ), key_type(oid) AS (
       SELECT a.atttypid FROM c JOIN pg_attribute a ON a.attrelid = c.oid WHERE a.attname = ANY ($3::text[]) UNION ALL
       SELECT t.typbasetype FROM key_type k JOIN pg_type t ON t.oid = k.oid AND t.typtype = 'd'
     )
     SELECT c.relkind,
       (SELECT coalesce(sum(pg_relation_size(part.oid)), 0) / current_setting('block_size')::int FROM part) AS pages,
       (SELECT bool_and(t.typtype = 'e' OR n.nspname = 'pg_catalog' AND t.oid <> '"char"'::regtype) FROM key_type k JOIN pg_type t ON t.oid = k.oid
        JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype <> 'd') AS "isOrderedAlike"
     FROM c`,
    [schema, table, keyColumns],
    `looking at the key of ${formatTableName({ schema, table })}`,
  );
  return layout;
}

interface Quantiles {
  /** What follows FROM. */
  readonly rows: string;
  readonly keyColumns: readonly string[];
  readonly partCount: number;
  readonly pages: number;
}

async function readBounds(connection: PostgresConnection, wanted: Quantiles): Promise<readonly Bound[]> {
  const percent = (100 * Math.max(PAGES_PER_PART * wanted.partCount, PAGES_MIN)) / Math.max(wanted.pages, 1);
  if (percent <= SAMPLE_PERCENT_MAX) {
    const { bounds, rows } = await readQuantiles(connection, wanted, percent);
    if (rows >= ROWS_PER_PART_MIN * wanted.partCount) return bounds;
  }
  return (await readQuantiles(connection, wanted, null)).bounds;
}

type Bound = readonly string[];

/** The last key of every part but the last one, and how many rows they were chosen from. */
async function readQuantiles(
  connection: PostgresConnection,
  { rows, keyColumns, partCount }: Quantiles,
  percent: number | null,
): Promise<{ readonly bounds: readonly Bound[]; readonly rows: number }> {
  const sample = percent === null ? '' : ` TABLESAMPLE SYSTEM (${percent}) REPEATABLE (1)`;
  const aliases = keyColumns.map((_column, index) => `k${index}`);
  const list = keyColumns.map((column, index) => `${quoteIdentifier(column)} AS k${index}`).join(', ');
  const key = aliases.join(', ');
  const found = await connection.query<Record<string, string>>(
    `WITH sample AS (SELECT ${list} FROM ${rows}${sample}),
     ranked AS (SELECT ${key}, row_number() OVER (ORDER BY ${key}) AS place, count(*) OVER () AS total FROM sample)
     SELECT ${key}, total FROM ranked
     WHERE place * ${partCount} / total > (place - 1) * ${partCount} / total AND place < total ORDER BY place`,
    [],
    'sampling a key',
  );
  return {
    bounds: found.map((row) => aliases.map((alias) => row[alias] ?? '')),
    rows: Number(found[0]?.total ?? 0),
  };
}

export function partsBetween(bounds: readonly Bound[]): readonly LoadPart[] {
  const distinct = bounds.filter((bound, index) => JSON.stringify(bound) !== JSON.stringify(bounds[index - 1]));
  return [...distinct, null].map((upTo, index) => ({
    number: index + 1,
    range: { after: distinct[index - 1] ?? null, upTo },
  }));
}
