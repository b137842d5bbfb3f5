/** What every session sets, so that values and results look the same whatever the server's own settings are. */
import { isAtLeast, type Server } from './flavors.js';

const PATIENCE_SECONDS = 7 * 24 * 3600;

const ASSIGNMENTS = [
  // No mode that pads CHAR, changes quotes or refuses to compare with dates that the tables hold.
  "sql_mode = ''",
  "time_zone = '+00:00'",
  // A limit or a ban on large selects, set for all sessions, would cut tables short or refuse them.
  'sql_select_limit = 18446744073709551615',
  'sql_big_selects = 1',
  // The server drops a client that pauses longer than this while the target is slow.
  `net_write_timeout = ${PATIENCE_SECONDS}`,
  `wait_timeout = ${PATIENCE_SECONDS}`,
];

export function sessionStatements({ flavor, version }: Server): readonly string[] {
  const extra = flavor.sessionVariables
    .filter(({ since }) => isAtLeast(version, since))
    .map(({ assignment }) => assignment);
  return [
    'SET NAMES utf8mb4',
    `SET SESSION ${[...ASSIGNMENTS, ...extra].join(', SESSION ')}`,
    'SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ',
  ];
}
