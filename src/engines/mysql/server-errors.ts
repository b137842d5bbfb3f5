/**
 * Server and driver errors → error codes, by errno or the driver's code, never by text.
 * https://dev.mysql.com/doc/mysql-errors/9.0/en/server-error-reference.html, https://mariadb.com/kb/en/mariadb-error-codes/
 */
import { DmsctlError } from '../../errors/dmsctl-error.js';
import type { ErrorCode } from '../../errors/error-code.js';

interface Meaning {
  readonly code: ErrorCode;
  readonly fix: string;
}

const UNREACHABLE: Meaning = {
  code: 'MYSQL_UNREACHABLE',
  fix: 'Check host and port of the endpoint, that the server runs, and that no firewall is in between.',
};
const LOST: Meaning = {
  code: 'MYSQL_CONNECTION_LOST',
  fix: 'Check that the server runs and look into its error log; then run the command again.',
};
const FULL: Meaning = {
  code: 'MYSQL_TOO_MANY_CONNECTIONS',
  fix: 'Raise max_connections (or the limit of the account), or lower fullLoad.tables and fullLoad.connectionsPerTable.',
};
const TLS: Meaning = {
  code: 'MYSQL_TLS',
  fix: 'Set tls.mode of the endpoint to what the server offers, and tls.ca to the certificate that signed its own.',
};
const DENIED: Meaning = {
  code: 'MYSQL_ACCESS_DENIED',
  fix: 'Check user and password of the endpoint, and from which hosts the account may log in (SELECT user, host FROM mysql.user).',
};
const RIGHTS: Meaning = {
  code: 'MYSQL_MISSING_RIGHTS',
  fix: 'The account needs SELECT on every table of the task, and any right on `database` of the endpoint. What it has:\n  SHOW GRANTS FOR CURRENT_USER;',
};
const CHANGED: Meaning = {
  code: 'MYSQL_TABLE_CHANGED',
  fix: 'Run `dmsctl plan` again and apply the new plan.',
};
const LOCKED: Meaning = {
  code: 'MYSQL_LOCK_CONFLICT',
  fix: 'Run the command again when the other transaction has ended.',
};
const STOPPED: Meaning = {
  code: 'MYSQL_STATEMENT_STOPPED',
  fix: 'Look for who kills long statements on the server, then run the command again.',
};
const DISK: Meaning = { code: 'MYSQL_DISK_FULL', fix: 'Make room on the server, then run the command again.' };
const READ_ONLY: Meaning = {
  code: 'MYSQL_READ_ONLY',
  fix: 'Use the endpoint of the primary, or switch read_only off.',
};

const BY_ERRNO: ReadonlyMap<number, Meaning> = new Map([
  ...entries(UNREACHABLE, [1042, 1043]),
  ...entries(LOST, [1053, 1152, 1158, 1159, 1160, 1161, 1184, 1927, 3169, 4031]),
  ...entries(FULL, [1040, 1203, 1226]),
  ...entries(TLS, [3159]),
  ...entries(DENIED, [1045, 1129, 1130, 1251, 1524, 1698, 1820, 1862, 3118, 3955, 4151]),
  ...entries(RIGHTS, [1044, 1142, 1143, 1227, 1370]),
  ...entries({ code: 'MYSQL_UNKNOWN_DATABASE', fix: 'Check `database` of the endpoint: SHOW DATABASES.' }, [1049]),
  ...entries(CHANGED, [1054, 1146, 1176, 1412, 1932]),
  ...entries(LOCKED, [1205, 1213, 3572]),
  ...entries(STOPPED, [1317, 1969, 3024]),
  ...entries(DISK, [1021, 1114]),
  ...entries(READ_ONLY, [1290, 1792, 1836]),
]);

/** Codes of Node's sockets and of mysql2. */
const BY_DRIVER_CODE: ReadonlyMap<string, Meaning> = new Map([
  ...entries(UNREACHABLE, ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT']),
  ...entries(LOST, ['PROTOCOL_CONNECTION_LOST', 'ECONNRESET', 'EPIPE']),
  ...entries(TLS, ['HANDSHAKE_SSL_ERROR', 'HANDSHAKE_NO_SSL_SUPPORT']),
  ...entries(DENIED, ['AUTH_SWITCH_PLUGIN_ERROR', 'MISSING_AUTH_PLUGIN']),
]);

function entries<K>(meaning: Meaning, keys: readonly K[]): [K, Meaning][] {
  return keys.map((key) => [key, meaning]);
}

/** `doing` completes "while …"; it names objects, never values. */
export function toMysqlError(error: unknown, doing: string): DmsctlError {
  if (error instanceof DmsctlError) return error;
  const { errno, code, sqlState } = errorFields(error);
  const meaning = (errno === null ? undefined : BY_ERRNO.get(errno)) ?? BY_DRIVER_CODE.get(code);
  const seen = errno === null ? code : `${code === '' ? 'error' : code} (errno ${errno}, SQLSTATE ${sqlState})`;
  const detail = `${seen === '' ? 'an unknown error' : seen} while ${doing}.`;
  if (meaning !== undefined) return new DmsctlError(meaning.code, { detail, fix: meaning.fix, cause: error });
  if (errno === null) {
    return new DmsctlError('BUG_UNEXPECTED', { detail, fix: 'Report this with the text above.', cause: error });
  }
  return new DmsctlError('MYSQL_STATEMENT_FAILED', {
    detail,
    fix: `Look the number up, mend the cause and run the command again:\n  perror ${errno}`,
    cause: error,
  });
}

/** The server's error number, or null for errors of the driver and the network. */
export function serverErrno(error: unknown): number | null {
  const source = error instanceof DmsctlError ? error.cause : error;
  return errorFields(source).errno;
}

interface ErrorFields {
  readonly errno: number | null;
  readonly code: string;
  readonly sqlState: string;
}

function errorFields(error: unknown): ErrorFields {
  if (typeof error !== 'object' || error === null) return { errno: null, code: '', sqlState: '' };
  const fields: { errno?: unknown; code?: unknown; sqlState?: unknown } = error;
  // Node's socket errors carry negative numbers of the operating system in `errno`.
  const errno = typeof fields.errno === 'number' && fields.errno > 0 ? fields.errno : null;
  return {
    errno,
    code: typeof fields.code === 'string' ? fields.code : '',
    sqlState: typeof fields.sqlState === 'string' ? fields.sqlState : '',
  };
}
