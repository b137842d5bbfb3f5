/** Bounds by arithmetic for integer keys that are spread evenly: no index has to be walked. */
import type { SnapshotTable } from '../ports.js';
import type { ColumnDefinition } from '../../model/table.js';
import type { MysqlConnection, QueryContext } from './connection.js';
import { quoteIdentifier, quoteTable } from './identifiers.js';

const SAMPLES = 16;
const ROWS_PER_SAMPLE = 1000;
/** Samples this unequal, or a total this far from the server's estimate, mean that the key is skewed. */
const UNEVENNESS_MAX = 2;
const ESTIMATE_ERROR_MAX = 3;

export interface KeySpan {
  readonly min: bigint;
  readonly max: bigint;
}

/** Upper bounds of all parts but the last; null when the key is not spread evenly. */
export async function integerBounds(
  connection: MysqlConnection,
  { mapping }: SnapshotTable,
  column: ColumnDefinition,
  { partCount, context }: { readonly partCount: number; readonly context: QueryContext },
): Promise<readonly bigint[] | null> {
  const { estimatedRows } = mapping.size;
  if (estimatedRows === null || estimatedRows < 1) return null;
  const table = quoteTable(mapping.source);
  const key = quoteIdentifier(column.name);
  const span = await readSpan(connection, `SELECT MIN(${key}), MAX(${key}) FROM ${table}`, context);
  if (span === null) return null;
  const samples = sampleRanges(span, estimatedRows);
  const counts = samples.map(
    ({ min, max }) => `(SELECT COUNT(*) FROM ${table} WHERE ${key} BETWEEN ${min} AND ${max})`,
  );
  const [row] = await connection.queryBytes(`SELECT ${counts.join(', ')}`, context);
  const rowCounts = (row ?? []).map((count) => Number(count?.toString() ?? 0));
  return isEven({ span, samples, rowCounts, estimatedRows }) ? evenBounds(span, partCount) : null;
}

async function readSpan(connection: MysqlConnection, sql: string, context: QueryContext): Promise<KeySpan | null> {
  const [row] = await connection.queryBytes(sql, context);
  const [min = null, max = null] = row ?? [];
  if (min === null || max === null) return null;
  return { min: BigInt(min.toString()), max: BigInt(max.toString()) };
}

/** Short ranges over the span, each to hold about ROWS_PER_SAMPLE rows when the rows are spread evenly. */
export function sampleRanges({ min, max }: KeySpan, estimatedRows: number): readonly KeySpan[] {
  const width = max - min + 1n;
  const stride = width / BigInt(SAMPLES);
  if (stride === 0n) return [{ min, max }];
  const wanted = (width * BigInt(ROWS_PER_SAMPLE)) / BigInt(estimatedRows);
  const length = wanted < 1n ? 1n : wanted < stride ? wanted : stride;
  return Array.from({ length: SAMPLES }, (_, index) => {
    const start = min + stride * BigInt(index);
    return { min: start, max: start + length - 1n };
  });
}

export function isEven(sampled: {
  readonly span: KeySpan;
  readonly samples: readonly KeySpan[];
  readonly rowCounts: readonly number[];
  readonly estimatedRows: number;
}): boolean {
  const { span, samples, rowCounts, estimatedRows } = sampled;
  const fewest = Math.min(...rowCounts);
  if (fewest === 0 || Math.max(...rowCounts) > fewest * UNEVENNESS_MAX) return false;
  const rows = rowCounts.reduce((sum, count) => sum + count, 0);
  const width = samples.reduce((sum, { min, max }) => sum + (max - min + 1n), 0n);
  const extrapolated = (rows * Number(span.max - span.min + 1n)) / Number(width);
  const error = extrapolated / estimatedRows;
  return error < ESTIMATE_ERROR_MAX && error > 1 / ESTIMATE_ERROR_MAX;
}

export function evenBounds({ min, max }: KeySpan, partCount: number): readonly bigint[] {
  const width = max - min + 1n;
  const count = width < BigInt(partCount) ? width : BigInt(partCount);
  return Array.from({ length: Number(count) - 1 }, (_, index) => min + (width * BigInt(index + 1)) / count - 1n);
}
