import pg, { type ClientBase } from 'pg';
import { formatTableName, type TableName } from '../model/table.js';

export interface TableComparison {
  readonly table: TableName;
  readonly isEqual: boolean;
  /** `null`: the table is not there. */
  readonly sourceRows: number | null;
  readonly targetRows: number | null;
}

/**
 * Compares whole rows, computed on each server from one snapshot: only counts and sums travel. Both tables must have the
 * same columns in the same order.
 */
export async function compareTables(
  source: ClientBase,
  target: ClientBase,
  tables: readonly TableName[],
): Promise<readonly TableComparison[]> {
  const [sourceDigests, targetDigests] = await Promise.all([
    digestTables(source, tables),
    digestTables(target, tables),
  ]);
  return tables.map((table) => {
    const ofSource = sourceDigests.get(formatTableName(table));
    const ofTarget = targetDigests.get(formatTableName(table));
    return {
      table,
      isEqual: ofSource !== undefined && ofSource.text === ofTarget?.text,
      sourceRows: ofSource?.rows ?? null,
      targetRows: ofTarget?.rows ?? null,
    };
  });
}

interface TableDigest {
  readonly rows: number;
  readonly text: string;
}

/** Whatever shapes the text of a value; a row's text must depend on the row alone. */
const PINNED_SETTINGS = `
SET LOCAL TimeZone = 'UTC';
SET LOCAL DateStyle = 'ISO, YMD';
SET LOCAL IntervalStyle = 'postgres';
SET LOCAL extra_float_digits = 3;
SET LOCAL bytea_output = 'hex';
SET LOCAL xmlbinary = 'base64';
SET LOCAL lc_monetary = 'C';
SET LOCAL search_path = pg_catalog`;

async function digestTables(client: ClientBase, tables: readonly TableName[]): Promise<Map<string, TableDigest>> {
  const digests = new Map<string, TableDigest>();
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    await client.query(PINNED_SETTINGS);
    for (const table of tables) {
      const digest = await digestTable(client, table);
      if (digest !== null) digests.set(formatTableName(table), digest);
    }
    return digests;
  } finally {
    await client.query('ROLLBACK');
  }
}

/**
 * The sums of both 64-bit halves of every row's md5. A sum does not depend on the order of the rows, and unlike an XOR it
 * sees a row that is there twice. As `numeric` it cannot overflow, so two tables with different rows agree by chance in
 * one of about 2^128 cases, and with them the count.
 */
async function digestTable(client: ClientBase, table: TableName): Promise<TableDigest | null> {
  const name = `${pg.escapeIdentifier(table.schema)}.${pg.escapeIdentifier(table.table)}`;
  const exists = await client.query<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [name]);
  if (exists.rows[0]?.found !== true) return null;
  const result = await client.query<{ rows: string; high: string; low: string }>(`
    SELECT count(*)::text AS rows,
           coalesce(sum(('x' || left(digest, 16))::bit(64)::bigint::numeric), 0)::text AS high,
           coalesce(sum(('x' || right(digest, 16))::bit(64)::bigint::numeric), 0)::text AS low
    FROM (SELECT md5(dmsctl_row::text) AS digest FROM ${name} AS dmsctl_row) AS digests`);
  const row = result.rows[0];
  return row === undefined ? null : { rows: Number(row.rows), text: `${row.rows} ${row.high} ${row.low}` };
}
