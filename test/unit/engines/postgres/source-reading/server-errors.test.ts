import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { sqlStateOf, toPostgresError } from '../../../../../src/engines/postgres/server-errors.js';
import { FAILURES } from '../../../../../src/engines/postgres/sql-states.js';
import { retryPolicy } from '../../../../../src/errors/retry-policy.js';

const SECRET = 'canary-row-value';
const CONTEXT = { doing: 'loading rows', endpoint: 'warehouse', object: 'shop.orders' };

function serverError(fields: Partial<pg.DatabaseError>): pg.DatabaseError {
  return Object.assign(new pg.DatabaseError(`invalid input: "${SECRET}"`, 0, 'error'), fields);
}

function nodeError(code?: string): Error {
  return code === undefined ? new Error('Connection terminated') : Object.assign(new Error(code), { code });
}

describe('toPostgresError', () => {
  it.each([
    ['28P01', 'PG_WRONG_PASSWORD', 77],
    ['28000', 'PG_LOGIN_REFUSED', 77],
    ['3D000', 'PG_DATABASE_MISSING', 77],
    ['42501', 'PG_INSUFFICIENT_PRIVILEGE', 77],
    ['57P03', 'PG_STARTING_UP', 69],
    ['53100', 'PG_DISK_FULL', 1],
    ['23505', 'PG_UNIQUE_VIOLATION', 1],
    ['ZZ999', 'PG_SERVER_ERROR', 1],
  ])('SQLSTATE %s is %s', (code, expected, exitCode) => {
    const error = toPostgresError(serverError({ code }), CONTEXT);
    expect(error).toMatchObject({ code: expected, exitCode });
    expect(sqlStateOf(error)).toBe(code);
  });

  it.each([
    ['ENOTFOUND', 'PG_HOST_NOT_FOUND'],
    ['ECONNREFUSED', 'PG_CONNECTION_REFUSED'],
    ['ETIMEDOUT', 'PG_UNREACHABLE'],
    ['ECONNRESET', 'PG_CONNECTION_LOST'],
    [undefined, 'PG_CONNECTION_LOST'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'PG_TLS_FAILED'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'PG_TLS_FAILED'],
  ])('errno %s is %s', (code, expected) => {
    expect(toPostgresError(nodeError(code), CONTEXT).code).toBe(expected);
  });

  it('waits for what may pass and not for what somebody must mend', () => {
    const policyOf = (code: string) => retryPolicy(toPostgresError(serverError({ code }), CONTEXT).code);
    expect(['57P01', '57P03', '53300', '40P01', '40001', '08006'].map(policyOf)).toEqual(Array(6).fill('backoff'));
    expect(['28P01', '42P01', '23505', '22P02', '53100'].map(policyOf)).toEqual(Array(5).fill('after-fix'));
  });

  it('never shows a row value, whatever the server puts where', () => {
    const leaky = { detail: SECRET, where: `COPY orders, line 7, column total: "${SECRET}"`, hint: SECRET };
    for (const code of ['22P02', '22003', '23505', '23514', 'P0001', 'XX000', '42601', 'ZZ999']) {
      const error = toPostgresError(serverError({ ...leaky, code }), CONTEXT);
      expect(JSON.stringify([error.message, error.detail, error.fix, error.cause])).not.toContain(SECRET);
    }
  });

  it('names table, column, constraint and row of the COPY', () => {
    const where = `COPY orders, line 7, column total: "${SECRET}"`;
    const copied = toPostgresError(serverError({ code: '22P02', where }), CONTEXT);
    expect(copied.detail).toContain('shop.orders, column total, row 7 of the COPY');
    const fields = { code: '23505', schema: 'shop', table: 'orders', constraint: 'orders_pkey' };
    expect(toPostgresError(serverError(fields), CONTEXT).detail).toContain('table shop.orders, constraint orders_pkey');
  });

  it('does not take a mistake of our own for a lost connection', () => {
    expect(toPostgresError(new TypeError('x is undefined'), CONTEXT).code).toBe('BUG_UNEXPECTED');
  });

  it('knows five-character states only', () => {
    for (const state of Object.keys(FAILURES)) expect(state).toMatch(/^[0-9A-Z]{5}$/);
  });
});
