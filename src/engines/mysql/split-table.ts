/** Cuts a table into parts of about equal size by its key. */
import type { SnapshotTable } from '../ports.js';
import { WHOLE_TABLE, type LoadPart } from '../../model/load-part.js';
import { formatTableName, type TableSize } from '../../model/table.js';
import type { MysqlConnection } from './connection.js';
import { integerBounds } from './integer-bounds.js';
import { rangeColumns } from './key-range.js';
import { walkedBounds } from './walked-bounds.js';

/** Each row of the table is in exactly one part, also rows that come before the parts are read. */
export async function splitTable(
  connection: MysqlConnection,
  table: SnapshotTable,
  partBytesMax: number,
  signal: AbortSignal,
): Promise<readonly LoadPart[]> {
  const partCount = wantedParts(table.mapping.size, partBytesMax);
  const columns = rangeColumns(table.mapping);
  const [first] = columns;
  if (partCount < 2 || first === undefined) return [WHOLE_TABLE];
  const context = { doing: `splitting ${formatTableName(table.mapping.source)} by its key`, signal };
  const isInteger = columns.length === 1 && first.type.kind === 'integer';
  const even = isInteger ? await integerBounds(connection, table, first, { partCount, context }) : null;
  if (even !== null) return partsBetween(even.map((bound) => [bound.toString()]));
  return partsBetween(await walkedBounds(connection, table, columns, { partCount, context }));
}

function wantedParts({ estimatedBytes }: TableSize, partBytesMax: number): number {
  return Math.ceil((estimatedBytes ?? 0) / partBytesMax);
}

/** `bounds` in the server's order: each ends one part and begins the next. */
function partsBetween(bounds: readonly (readonly string[])[]): readonly LoadPart[] {
  const ends = [...bounds, null];
  return ends.map((upTo, index) => ({ number: index + 1, range: { after: bounds[index - 1] ?? null, upTo } }));
}
