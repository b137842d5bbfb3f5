import type { CodeEntry } from './code-entry.js';

const CONNECTION_CODES = {
  PG_HOST_NOT_FOUND: {
    summary: 'The PostgreSQL host name cannot be resolved',
    meaning: 'DNS has no address for the host of the endpoint. Nothing was read or written.',
    exit: 'unreachable',
  },
  PG_CONNECTION_REFUSED: {
    summary: 'PostgreSQL refused the connection',
    meaning: 'The host answers, but nothing listens on the port: the server is down, or listens elsewhere.',
    exit: 'unreachable',
  },
  PG_UNREACHABLE: {
    summary: 'PostgreSQL cannot be reached',
    meaning: 'No route, a firewall that drops packets, or no answer in time. Nothing was read or written.',
    exit: 'unreachable',
  },
  PG_CONNECTION_LOST: {
    summary: 'The connection to PostgreSQL was lost',
    meaning: 'The connection broke in the middle of the work. What was not committed is rolled back by the server.',
    exit: 'unreachable',
  },
  PG_SERVER_SHUTDOWN: {
    summary: 'PostgreSQL is shutting down or ended the session',
    meaning:
      'The server stops, restarts, or an administrator ended the session. What was not committed is rolled back.',
    exit: 'unreachable',
  },
  PG_STARTING_UP: {
    summary: 'PostgreSQL does not accept connections yet',
    meaning: 'The server is starting, recovering or shutting down.',
    exit: 'unreachable',
  },
  PG_TOO_MANY_CONNECTIONS: {
    summary: 'PostgreSQL has no free connection',
    meaning: 'max_connections of the server, or the limit of the role or database, is reached.',
    exit: 'unreachable',
  },
  PG_TLS_NOT_OFFERED: {
    summary: 'PostgreSQL does not offer TLS',
    meaning:
      'The endpoint asks for an encrypted connection and the server has none. dmsctl does not fall back to plain text.',
    exit: 'precheckFailed',
  },
  PG_TLS_FAILED: {
    summary: 'The TLS connection to PostgreSQL failed',
    meaning: 'The certificate of the server or of the client was not accepted, or the two sides share no protocol.',
    exit: 'precheckFailed',
  },
  PG_WRONG_PASSWORD: {
    summary: 'PostgreSQL did not accept the password',
    meaning: 'User or password of the endpoint is wrong.',
    exit: 'precheckFailed',
  },
  PG_PASSWORD_MISSING: {
    summary: 'PostgreSQL asks for a password and the endpoint has none',
    meaning:
      'The server wants password authentication for this user. No password file and no PG environment variable is used.',
    exit: 'precheckFailed',
  },
  PG_LOGIN_REFUSED: {
    summary: 'PostgreSQL does not let this user in',
    meaning: 'pg_hba.conf has no entry for user, database and host, or the role does not exist or may not log in.',
    exit: 'precheckFailed',
  },
  PG_DATABASE_MISSING: {
    summary: 'The PostgreSQL database does not exist',
    meaning: 'The server has no database of the name that the endpoint gives.',
    exit: 'precheckFailed',
  },
} as const satisfies Record<string, CodeEntry>;

const ACCESS_CODES = {
  PG_INSUFFICIENT_PRIVILEGE: {
    summary: 'A right is missing on PostgreSQL',
    meaning: 'The user of the endpoint lacks a privilege that the step needs, or row security would hide rows from it.',
    exit: 'precheckFailed',
  },
  PG_SCHEMA_MISSING: {
    summary: 'A PostgreSQL schema does not exist',
    meaning: 'A schema that the step needs is not there, or was dropped meanwhile.',
    exit: 'precheckFailed',
  },
  PG_TABLE_MISSING: {
    summary: 'A PostgreSQL table does not exist',
    meaning: 'A table that the step needs is not there: it was dropped or renamed after the plan was made.',
    exit: 'precheckFailed',
  },
  PG_TABLE_CHANGED: {
    summary: 'A PostgreSQL table is not what was planned',
    meaning:
      'Columns changed their type, key columns their collation, or partitions were attached or detached after the plan ' +
      'was made. None of the rows that were read under the new structure were kept.',
    exit: 'stale',
  },
  PG_COLUMN_MISSING: {
    summary: 'A PostgreSQL column does not exist',
    meaning: 'The table changed after the plan was made. Nothing of the table was written.',
    exit: 'precheckFailed',
  },
  PG_OBJECT_MISSING: {
    summary: 'A PostgreSQL object does not exist',
    meaning: 'A type, function, collation or other object that a statement names is not in this database.',
    exit: 'precheckFailed',
  },
  PG_READ_ONLY: {
    summary: 'PostgreSQL takes no writes here',
    meaning: 'The server is a standby, or the database, role or transaction is set to read-only.',
    exit: 'precheckFailed',
  },
  PG_ALREADY_EXISTS: {
    summary: 'A PostgreSQL object exists already',
    meaning: 'Something of this name was made after the plan was. It is left as it is.',
    exit: 'failed',
  },
  PG_NOT_SUPPORTED: {
    summary: 'PostgreSQL cannot do this here',
    meaning: 'The server, by its version or kind, does not carry out a statement that the step needs.',
    exit: 'failed',
  },
} as const satisfies Record<string, CodeEntry>;

const RUNTIME_CODES = {
  PG_DISK_FULL: {
    summary: 'The disk of PostgreSQL is full',
    meaning: 'The server could not extend a file. What was not committed is rolled back.',
    exit: 'failed',
  },
  PG_OUT_OF_MEMORY: {
    summary: 'PostgreSQL ran out of memory or of shared locks',
    meaning: 'Work memory or the lock table of the server is used up.',
    exit: 'failed',
  },
  PG_LIMIT_EXCEEDED: {
    summary: 'A limit of PostgreSQL is exceeded',
    meaning: 'A row, an index entry or a statement is larger than the server can take.',
    exit: 'failed',
  },
  PG_STATEMENT_CANCELLED: {
    summary: 'PostgreSQL cancelled a statement',
    meaning: 'A timeout of the server or an administrator ended the statement. Its transaction is rolled back.',
    exit: 'failed',
  },
  PG_LOCK_TIMEOUT: {
    summary: 'A lock of PostgreSQL was not free in time',
    meaning: 'Another session holds a lock on the object for longer than lock_timeout allows.',
    exit: 'failed',
  },
  PG_DEADLOCK: {
    summary: 'PostgreSQL ended a deadlock',
    meaning: 'Two sessions waited for each other and the server rolled this one back.',
    exit: 'failed',
  },
  PG_SERIALIZATION_FAILURE: {
    summary: 'PostgreSQL rolled a transaction back because of another one',
    meaning: 'A concurrent change, or on a standby the replay of one, conflicts with what the transaction has read.',
    exit: 'failed',
  },
  PG_SNAPSHOT_LOST: {
    summary: 'The read view of the PostgreSQL source is gone',
    meaning:
      'The session that holds the snapshot ended. Rows of another moment must not be mixed in; a new one is opened.',
    exit: 'failed',
  },
  PG_PROTOCOL: {
    summary: 'PostgreSQL answered in a way that dmsctl does not know',
    meaning:
      'The bytes on the connection are not what the protocol says. The connection was given up before using them.',
    exit: 'failed',
  },
  PG_SERVER_ERROR: {
    summary: 'PostgreSQL reported an error',
    meaning: 'An error without a code of its own here; the SQLSTATE says which.',
    exit: 'failed',
  },
} as const satisfies Record<string, CodeEntry>;

const DATA_CODES = {
  PG_UNIQUE_VIOLATION: {
    summary: 'Two rows have the same unique key',
    meaning: 'A key of the target takes only one of them: its collation may be looser, or rows were there before.',
    exit: 'failed',
  },
  PG_NOT_NULL_VIOLATION: {
    summary: 'A NULL arrived in a column that takes none',
    meaning: 'The column is NOT NULL on the target, and a row of the source has no value for it.',
    exit: 'failed',
  },
  PG_CHECK_VIOLATION: {
    summary: 'A row breaks a check of the target',
    meaning: 'A CHECK of the table, or of a domain, refuses a row that the source has.',
    exit: 'failed',
  },
  PG_FOREIGN_KEY_VIOLATION: {
    summary: 'A row refers to a row that is not there',
    meaning: 'A foreign key of the target refuses a row of the source.',
    exit: 'failed',
  },
  PG_EXCLUSION_VIOLATION: {
    summary: 'Two rows break an exclusion constraint',
    meaning: 'An EXCLUDE constraint of the target takes only one of them.',
    exit: 'failed',
  },
  PG_INVALID_VALUE: {
    summary: 'A value does not fit its PostgreSQL type',
    meaning: 'The text of a value is not one that the type of the target column reads.',
    exit: 'failed',
  },
  PG_INVALID_TEXT: {
    summary: 'A text holds characters that PostgreSQL cannot store',
    meaning: 'A NUL character, bytes that are no text in the encoding, or \\u0000 in jsonb.',
    exit: 'failed',
  },
  PG_NUMERIC_OUT_OF_RANGE: {
    summary: 'A number is out of the range of its PostgreSQL type',
    meaning: 'The type of the target column is too narrow for a value of the source.',
    exit: 'failed',
  },
  PG_INVALID_DATETIME: {
    summary: 'A date or time is not one that PostgreSQL stores',
    meaning: 'For example a zero date of MySQL, or a year out of range.',
    exit: 'failed',
  },
  PG_VALUE_TOO_LONG: {
    summary: 'A value is longer than its PostgreSQL column',
    meaning: 'The length of the target column is too small for a value of the source. Nothing is ever cut.',
    exit: 'failed',
  },
  PG_COPY_FORMAT: {
    summary: 'PostgreSQL could not read a row that it was sent',
    meaning:
      'The row has other columns than the table, or bytes went wrong on the way. The transaction is rolled back.',
    exit: 'failed',
  },
} as const satisfies Record<string, CodeEntry>;

export const POSTGRES_CODES = { ...CONNECTION_CODES, ...ACCESS_CODES, ...RUNTIME_CODES, ...DATA_CODES } as const;
