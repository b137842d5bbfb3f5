import type { CodeEntry } from './code-entry.js';

export const MYSQL_CODES = {
  MYSQL_UNREACHABLE: {
    summary: 'The MySQL server cannot be reached',
    meaning: 'No connection came about: the name does not resolve, the port is closed, or nothing answered in time.',
    exit: 'unreachable',
  },
  MYSQL_CONNECTION_LOST: {
    summary: 'The connection to the MySQL server was lost',
    meaning:
      'The server stopped, restarted, ended the connection, or the network broke. A part that was being read is read again from its start.',
    exit: 'unreachable',
  },
  MYSQL_TOO_MANY_CONNECTIONS: {
    summary: 'The MySQL server takes no more connections',
    meaning: 'max_connections, max_user_connections or a resource limit of the account is used up.',
    exit: 'unreachable',
  },
  MYSQL_TLS: {
    summary: 'TLS with the MySQL server failed',
    meaning:
      'The server has no TLS, demands it, or its certificate was not accepted. dmsctl never falls back to less than tls.mode asks for.',
    exit: 'precheckFailed',
  },
  MYSQL_ACCESS_DENIED: {
    summary: 'The MySQL server refused the login',
    meaning:
      'User, password, host of origin or authentication method do not fit, or the account is locked or its password expired.',
    exit: 'precheckFailed',
  },
  MYSQL_MISSING_RIGHTS: {
    summary: 'The MySQL account lacks a right',
    meaning: 'The login worked, but the server refused a statement for want of a privilege.',
    exit: 'precheckFailed',
  },
  MYSQL_UNKNOWN_DATABASE: {
    summary: 'The MySQL database does not exist',
    meaning: "The endpoint's `database` names none that the server has.",
    exit: 'precheckFailed',
  },
  MYSQL_WRONG_ENGINE: {
    summary: 'The endpoint names the wrong engine',
    meaning: 'MySQL and MariaDB differ in types, positions and settings, so the endpoint must say which of them it is.',
    exit: 'precheckFailed',
  },
  MYSQL_TABLE_CHANGED: {
    summary: 'A table is not what was planned',
    meaning:
      'The table was dropped, renamed or altered after the plan was made. None of its rows were read under the new structure.',
    exit: 'stale',
  },
  MYSQL_LOCK_CONFLICT: {
    summary: 'Another transaction was in the way',
    meaning:
      'The server ended a lock wait or resolved a deadlock against dmsctl. The transaction was rolled back whole.',
    exit: 'failed',
  },
  MYSQL_STATEMENT_STOPPED: {
    summary: 'The MySQL server stopped a statement',
    meaning: 'Somebody killed the statement, or a time limit ended it. The part is read again from its start.',
    exit: 'failed',
  },
  MYSQL_DISK_FULL: {
    summary: 'The MySQL server has no space left',
    meaning: 'A disk, a tablespace or the temporary space of the server is full.',
    exit: 'failed',
  },
  MYSQL_READ_ONLY: {
    summary: 'The MySQL server is read-only',
    meaning: 'A statement that writes was refused, because the server or the transaction is read-only.',
    exit: 'precheckFailed',
  },
  MYSQL_STATEMENT_FAILED: {
    summary: 'The MySQL server refused a statement',
    meaning:
      'An error that dmsctl has no own code for. Its number and SQLSTATE are printed; the text of the server may hold row values and is left out.',
    exit: 'failed',
  },
  MYSQL_ZERO_DATE: {
    summary: 'A date has no place in the calendar',
    meaning:
      'MySQL stores dates with a zero year, month or day; other databases do not. policies.zeroDate says what becomes of them.',
    exit: 'failed',
  },
  MYSQL_NUL_CHARACTER: {
    summary: 'A text holds the NUL character',
    meaning:
      'MySQL stores the character U+0000 in text; PostgreSQL cannot. policies.nulCharacter says what becomes of it.',
    exit: 'failed',
  },
  MYSQL_INVALID_TEXT: {
    summary: 'A text is not valid UTF-8',
    meaning:
      'The bytes of a text value are no text in the character set of its column. policies.invalidText says what becomes of them.',
    exit: 'failed',
  },
} as const satisfies Record<string, CodeEntry>;
