import type { ErrorCode } from './error-code.js';

/**
 * - `backoff`: the same step may work in a while (server restarting, connection lost, deadlock)
 * - `after-fix`: somebody must change something first
 * - `never`: a broken rule of our own
 */
export type RetryPolicy = 'backoff' | 'after-fix' | 'never';

const BACKOFF_CODES: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'PG_HOST_NOT_FOUND',
  'PG_CONNECTION_REFUSED',
  'PG_UNREACHABLE',
  'PG_CONNECTION_LOST',
  'PG_SERVER_SHUTDOWN',
  'PG_STARTING_UP',
  'PG_TOO_MANY_CONNECTIONS',
  'PG_OUT_OF_MEMORY',
  'PG_STATEMENT_CANCELLED',
  'PG_LOCK_TIMEOUT',
  'PG_DEADLOCK',
  'PG_SERIALIZATION_FAILURE',
  'PG_SNAPSHOT_LOST',
  'PG_PART_COMMITTED_BEFORE',
  'MYSQL_UNREACHABLE',
  'MYSQL_CONNECTION_LOST',
  'MYSQL_TOO_MANY_CONNECTIONS',
  'MYSQL_LOCK_CONFLICT',
  'MYSQL_STATEMENT_STOPPED',
]);

/** The only place that decides whether a failed step is tried again. */
export function retryPolicy(code: ErrorCode): RetryPolicy {
  if (BACKOFF_CODES.has(code)) return 'backoff';
  return code.startsWith('BUG_') ? 'never' : 'after-fix';
}
