import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, test } from 'vitest';
import { startEmbeddedPostgres } from '../../../src/demo/embedded-postgres.js';

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

test('keeps a folder that it was given, and its data', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dmsctl-test-'));
  try {
    const first = await startEmbeddedPostgres({ folder, settings: { work_mem: '7MB' } });
    await ask(first.url, 'CREATE TABLE kept AS SELECT 1 AS n');
    expect(await ask(first.url, 'SHOW work_mem')).toEqual([{ work_mem: '7MB' }]);
    await first.stop();

    const second = await startEmbeddedPostgres({ folder, port: first.port });
    expect(second.url).toBe(first.url);
    expect(await ask(second.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
    await second.stop();
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('says what the server said when it does not start', async () => {
  const start = startEmbeddedPostgres({ settings: { wal_level: 'nonsense' } });
  await expect(start).rejects.toMatchObject({
    code: 'TASK_DEMO_CANNOT_START',
    detail: expect.stringContaining('wal_level') as string,
  });
});

test('says so when the programs are not there', async () => {
  const start = startEmbeddedPostgres({ programFolder: '/nowhere' });
  await expect(start).rejects.toMatchObject({ code: 'TASK_DEMO_CANNOT_START' });
});

test('says which package is missing on a platform without one', async () => {
  const arch = Object.getOwnPropertyDescriptor(process, 'arch') ?? {};
  Object.defineProperty(process, 'arch', { ...arch, value: 'ppc64' });
  try {
    await expect(startEmbeddedPostgres()).rejects.toMatchObject({
      code: 'TASK_DEMO_NO_POSTGRES',
      detail: expect.stringContaining('-ppc64') as string,
    });
  } finally {
    Object.defineProperty(process, 'arch', arch);
  }
});
