import { describe, expect, it } from 'vitest';
import { DmsctlError } from '../../../../src/errors/dmsctl-error.js';
import { serverErrno, toMysqlError } from '../../../../src/engines/mysql/server-errors.js';
import { retryPolicy } from '../../../../src/errors/retry-policy.js';

const serverError = (errno: number): Error =>
  Object.assign(new Error("Duplicate entry 'secret value' for key"), { errno, code: 'ER_SOME', sqlState: 'HY000' });

describe('toMysqlError', () => {
  it.each([
    [1045, 'MYSQL_ACCESS_DENIED', 'after-fix'],
    [1142, 'MYSQL_MISSING_RIGHTS', 'after-fix'],
    [1049, 'MYSQL_UNKNOWN_DATABASE', 'after-fix'],
    [1040, 'MYSQL_TOO_MANY_CONNECTIONS', 'backoff'],
    [1053, 'MYSQL_CONNECTION_LOST', 'backoff'],
    [1213, 'MYSQL_LOCK_CONFLICT', 'backoff'],
    [1317, 'MYSQL_STATEMENT_STOPPED', 'backoff'],
    [1412, 'MYSQL_TABLE_CHANGED', 'after-fix'],
    [1062, 'MYSQL_STATEMENT_FAILED', 'after-fix'],
  ] as const)('errno %i is %s', (errno, code, policy) => {
    const error = toMysqlError(serverError(errno), 'reading shop.orders');
    expect(error.code).toBe(code);
    expect(retryPolicy(error.code)).toBe(policy);
    expect(error.detail).toContain('while reading shop.orders');
  });

  it('leaves out the text of the server, which may hold values', () => {
    const { message, detail, fix } = toMysqlError(serverError(1062), 'reading');
    expect(`${message}${detail}${fix}`).not.toContain('secret');
  });

  it.each([
    ['ECONNREFUSED', 'MYSQL_UNREACHABLE'],
    ['PROTOCOL_CONNECTION_LOST', 'MYSQL_CONNECTION_LOST'],
    ['HANDSHAKE_NO_SSL_SUPPORT', 'MYSQL_TLS'],
  ])("the driver's %s is %s", (code, expected) => {
    // Node's socket errors carry a negative number of the operating system.
    expect(toMysqlError(Object.assign(new Error(), { code, errno: -111 }), 'connecting').code).toBe(expected);
  });

  it('keeps an error that has a code already', () => {
    const error = new DmsctlError('MYSQL_TLS', { detail: 'x', fix: 'y' });
    expect(toMysqlError(error, 'reading')).toBe(error);
  });

  it("finds the server's number in the cause", () => {
    expect(serverErrno(toMysqlError(serverError(1227), 'reading'))).toBe(1227);
    expect(serverErrno(new Error('none'))).toBeNull();
  });
});
