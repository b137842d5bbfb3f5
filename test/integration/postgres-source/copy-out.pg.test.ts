import { expect, it } from 'vitest';
import { connectPostgres, type PostgresConnection } from '../../../src/engines/postgres/connection.js';
import { copyOut } from '../../../src/engines/postgres/copy-out.js';
import type { BatchFormat } from '../../../src/model/row-batch.js';
import { describeWithServer } from '../../servers/describe-with-server.js';
import { endpointAt, signal } from './source-database.js';

async function countRows(connection: PostgresConnection, select: string, format: BatchFormat): Promise<number> {
  const options = format === 'copy-binary' ? ' (FORMAT binary)' : '';
  const copy = copyOut(connection, { sql: `COPY (${select}) TO STDOUT${options}`, format, object: 'shop.orders' });
  let rows = 0;
  for await (const batch of copy.batches()) rows += batch.rows;
  return rows;
}

describeWithServer('postgres', 'COPY TO STDOUT', (server) => {
  const connect = () => connectPostgres(endpointAt(server, 'postgres'), { role: 'source', signal });

  it.each(['copy-text', 'copy-binary'] as const)('counts none, one and many rows as %s', async (format) => {
    const connection = await connect();
    for (const count of [0, 1, 200_000]) {
      const rows = await countRows(connection, `SELECT n, n::text FROM generate_series(1, ${count}) n`, format);
      expect(rows).toBe(count);
    }
    await connection.close();
  });

  it('reports an error that comes after rows, without values, and leaves the session usable', async () => {
    const connection = await connect();
    const reading = countRows(connection, `SELECT n, ('canary' || n)::int FROM generate_series(1, 9) n`, 'copy-text');
    await expect(reading).rejects.toMatchObject({ code: 'PG_INVALID_VALUE' });
    await expect(reading).rejects.not.toThrow(/canary/);
    const late = countRows(connection, 'SELECT 1 / (300000 - n) FROM generate_series(1, 500000) n', 'copy-text');
    await expect(late).rejects.toMatchObject({
      code: 'PG_SERVER_ERROR',
      detail: expect.stringContaining('22012') as string,
    });
    expect(await connection.query('SELECT 1 AS one')).toEqual([{ one: '1' }]);
    expect(await countRows(connection, 'SELECT 1', 'copy-text')).toBe(1);
    await connection.close();
  });

  it('passes notices on between rows', async () => {
    const connection = await connect();
    const notices: string[] = [];
    connection.client.on('notice', ({ message }) => notices.push(message ?? ''));
    await connection.query(`CREATE FUNCTION pg_temp.tell(n int) RETURNS int LANGUAGE plpgsql AS
      $$ BEGIN RAISE WARNING 'at %', n; RETURN n; END $$`);
    const rows = await countRows(connection, 'SELECT pg_temp.tell(n) FROM generate_series(1, 1000) n', 'copy-text');
    expect([rows, notices.length]).toEqual([1000, 1000]);
    await connection.close();
  });

  it('holds back a server that is faster than the reader', async () => {
    const connection = await connect();
    const copy = copyOut(connection, {
      sql: `COPY (SELECT repeat('x', 1000) FROM generate_series(1, 100000)) TO STDOUT`,
      format: 'copy-text',
      object: 'shop.orders',
    });
    const batches = copy.batches();
    await batches.next();
    const socket = connection.client.connection.stream;
    await expect.poll(() => socket.isPaused()).toBe(true);
    let rows = 0;
    for await (const batch of batches) rows += batch.rows;
    expect(rows).toBeGreaterThan(99_000);
    await connection.close();
  });
});
