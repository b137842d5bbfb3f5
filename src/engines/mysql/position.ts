/**
 * Positions in the binary log: `file:offset`, or `file:offset;gtids` with MySQL's set of executed GTIDs.
 * https://dev.mysql.com/doc/refman/9.0/en/replication-gtids.html
 */
import type { Position } from '../../model/position.js';

export interface BinlogPlace {
  readonly file: string;
  readonly offset: string;
  /** Empty without GTIDs. */
  readonly gtids: string;
}

export function formatPosition({ file, offset, gtids }: BinlogPlace): Position {
  // SHOW BINARY LOG STATUS breaks long sets into lines.
  const set = gtids.replaceAll(/\s/g, '');
  return `${file}:${offset}${set === '' ? '' : `;${set}`}` as Position;
}
