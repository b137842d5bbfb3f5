/**
 * SQLSTATE → error code and fix. https://www.postgresql.org/docs/18/errcodes-appendix.html
 */
import type { ErrorCode } from '../../errors/error-code.js';

interface ServerFailure {
  readonly code: ErrorCode;
  readonly fix: string;
}

const CONTINUE = 'Run the same command again: it continues with what is not committed.';
const REPLAN = 'Run dmsctl plan again and compare the source with the plan.';
const MEND_ROW_OR_TYPE = 'Mend the row on the source, or give the column another type with a transform of the spec.';

const CONNECTION_LOST: ServerFailure = {
  code: 'PG_CONNECTION_LOST',
  fix: `Look into the log of the server and at the network between.\n${CONTINUE}`,
};
const SHUTDOWN: ServerFailure = {
  code: 'PG_SERVER_SHUTDOWN',
  fix: `Start the server again, or find out who ended the session.\n${CONTINUE}`,
};
const LENGTH: ServerFailure = {
  code: 'PG_VALUE_TOO_LONG',
  fix: 'Widen the column on the target, or give it another type with a transform of the spec.',
};
const DATETIME: ServerFailure = { code: 'PG_INVALID_DATETIME', fix: MEND_ROW_OR_TYPE };
const INVALID_VALUE: ServerFailure = { code: 'PG_INVALID_VALUE', fix: MEND_ROW_OR_TYPE };
const LIMIT: ServerFailure = {
  code: 'PG_LIMIT_EXCEEDED',
  fix: 'Drop an over-wide index or column on the target, or exclude the table.',
};
const EXISTS: ServerFailure = {
  code: 'PG_ALREADY_EXISTS',
  fix: 'Run dmsctl plan again: it takes what exists into account.',
};
const INVALID_TEXT: ServerFailure = {
  code: 'PG_INVALID_TEXT',
  fix: 'Mend the row on the source, or set `policies.nulCharacter` or `policies.invalidText` in the spec.',
};

export const FAILURES: Readonly<Record<string, ServerFailure>> = {
  '08000': CONNECTION_LOST,
  '08001': CONNECTION_LOST,
  '08003': CONNECTION_LOST,
  '08004': CONNECTION_LOST,
  '08006': CONNECTION_LOST,
  '25P03': CONNECTION_LOST,
  '25P04': CONNECTION_LOST,
  '57P05': CONNECTION_LOST,
  '57P01': SHUTDOWN,
  '57P02': SHUTDOWN,
  '57P03': { code: 'PG_STARTING_UP', fix: 'Wait until the server has started, then run the same command again.' },
  '53300': {
    code: 'PG_TOO_MANY_CONNECTIONS',
    fix: 'Close idle sessions, raise max_connections, or lower `fullLoad.tables` and `fullLoad.connectionsPerTable`.',
  },

  '28P01': { code: 'PG_WRONG_PASSWORD', fix: 'Correct `user` and `password` of the endpoint.' },
  '28000': {
    code: 'PG_LOGIN_REFUSED',
    fix: 'Add a line for this user, database and client address to pg_hba.conf and reload it, or correct `user`:\n  SELECT pg_reload_conf();',
  },
  '3D000': { code: 'PG_DATABASE_MISSING', fix: 'Correct `database` of the endpoint, or create it.' },
  '57P04': { code: 'PG_DATABASE_MISSING', fix: 'The database was dropped. Create it again, or correct `database`.' },
  '42501': { code: 'PG_INSUFFICIENT_PRIVILEGE', fix: 'Run dmsctl plan: it lists each missing right with its GRANT.' },
  '3F000': { code: 'PG_SCHEMA_MISSING', fix: REPLAN },
  '42P01': { code: 'PG_TABLE_MISSING', fix: REPLAN },
  '42703': { code: 'PG_COLUMN_MISSING', fix: REPLAN },
  '42704': { code: 'PG_OBJECT_MISSING', fix: `Create the object, or install its extension.\n${REPLAN}` },
  '42883': { code: 'PG_OBJECT_MISSING', fix: `Create the function, or install its extension.\n${REPLAN}` },
  '25006': { code: 'PG_READ_ONLY', fix: 'Point the endpoint at the primary, or lift default_transaction_read_only.' },
  '42P06': EXISTS,
  '42P07': EXISTS,
  '42701': EXISTS,
  '42710': EXISTS,
  '0A000': { code: 'PG_NOT_SUPPORTED', fix: 'Use a server version that supports it, or exclude the table.' },

  '53100': { code: 'PG_DISK_FULL', fix: `Free or add disk space on the server.\n${CONTINUE}` },
  '53200': {
    code: 'PG_OUT_OF_MEMORY',
    fix: 'Raise max_locks_per_transaction or the memory of the server, or lower `fullLoad.tables`.',
  },
  '54000': LIMIT,
  '54001': LIMIT,
  '54011': LIMIT,
  '54023': LIMIT,
  '57014': {
    code: 'PG_STATEMENT_CANCELLED',
    fix: `Find out who or which timeout cancelled it.\n${CONTINUE}`,
  },
  '55P03': { code: 'PG_LOCK_TIMEOUT', fix: `End the session that holds the lock (pg_blocking_pids()).\n${CONTINUE}` },
  '40P01': { code: 'PG_DEADLOCK', fix: CONTINUE },
  '40001': {
    code: 'PG_SERIALIZATION_FAILURE',
    fix: `On a standby, set hot_standby_feedback = on or raise max_standby_streaming_delay.\n${CONTINUE}`,
  },

  '23505': {
    code: 'PG_UNIQUE_VIOLATION',
    fix: 'Empty the target table (`prepare: truncate`), or compare the collations of the key on both sides.',
  },
  '23502': { code: 'PG_NOT_NULL_VIOLATION', fix: 'Drop NOT NULL on the target, or mend the row on the source.' },
  '23503': {
    code: 'PG_FOREIGN_KEY_VIOLATION',
    fix: 'Include the referenced table in the task, or drop the foreign key.',
  },
  '23514': { code: 'PG_CHECK_VIOLATION', fix: 'Drop the check on the target, or mend the row on the source.' },
  '23P01': {
    code: 'PG_EXCLUSION_VIOLATION',
    fix: 'Drop the constraint on the target, or mend the rows on the source.',
  },
  '22P02': INVALID_VALUE,
  '22P03': INVALID_VALUE,
  '22018': INVALID_VALUE,
  '22023': INVALID_VALUE,
  '2200M': INVALID_VALUE,
  '2200N': INVALID_VALUE,
  '22030': INVALID_VALUE,
  '22032': INVALID_VALUE,
  '22021': INVALID_TEXT,
  '22P05': {
    code: 'PG_INVALID_TEXT',
    fix: "jsonb cannot hold \\u0000, and no policy changes documents. Mend the rows on the source, or exclude the table. MySQL finds them with\n  WHERE CAST(<column> AS CHAR) LIKE '%\\\\\\\\u0000%'\nFor a column that is no jsonb, the encoding of the target database lacks a character: give it UTF8.",
  },
  '22003': {
    code: 'PG_NUMERIC_OUT_OF_RANGE',
    fix: 'Widen the column on the target, or give it another type with a transform of the spec.',
  },
  '22007': DATETIME,
  '22008': DATETIME,
  '22009': DATETIME,
  '22001': LENGTH,
  '22026': LENGTH,
  '22P04': { code: 'PG_COPY_FORMAT', fix: `${REPLAN}\nIf nothing changed, report this with the text above.` },
};

export const UNKNOWN_FAILURE: ServerFailure = {
  code: 'PG_SERVER_ERROR',
  fix: 'Look the SQLSTATE up and into the log of the server:\n  https://www.postgresql.org/docs/current/errcodes-appendix.html',
};

/**
 * Classes whose message names objects and settings only. Messages of every other class may quote row values, and 42601
 * quotes a piece of the statement, so they are never shown.
 */
const VALUE_FREE_CLASSES: ReadonlySet<string> = new Set([
  '08',
  '0A',
  '25',
  '28',
  '3D',
  '3F',
  '42',
  '53',
  '54',
  '55',
  '57',
  '58',
]);
const SYNTAX_ERROR = '42601';

export function isMessageFreeOfValues(sqlState: string): boolean {
  return VALUE_FREE_CLASSES.has(sqlState.slice(0, 2)) && sqlState !== SYNTAX_ERROR;
}
