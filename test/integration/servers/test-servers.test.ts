/** The tests' own ground: each server serves SQL with the settings a source has, restarts, and leaves nothing behind. */
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createDatabase } from '../../servers/create-database.js';
import { describeUnlessMissing, describeWithServer } from '../../servers/describe-with-server.js';
import { startMariadb } from '../../servers/mariadb.js';
import { startMysql } from '../../servers/mysql.js';
import { missingSystemPostgres, startPostgres } from '../../servers/postgres.js';
import type { ServerAddress, TestServer } from '../../servers/test-server.js';
import { connectTo, type TextRow } from '../../servers/text-connection.js';

const SETTINGS_OF_MYSQL = `
  SELECT @@log_bin AS log_bin, @@binlog_format AS format, @@binlog_row_image AS image, @@binlog_row_metadata AS metadata,
         @@local_infile AS local_infile`;

describeWithServer('postgres', 'PostgreSQL of the run', (server) => {
  test('decodes its log and shares nothing between databases', async () => {
    await using database = await createDatabase(server);
    expect(await database.query(`SELECT current_setting('wal_level') AS level, current_database() AS name`)).toEqual([
      { level: 'logical', name: database.name },
    ]);
  });
  test('drops its databases', () => expectDropped(server, 'SELECT datname AS name FROM pg_database'));
});

for (const name of ['mariadb', 'mysql'] as const) {
  describeWithServer(name, `${name} of the run`, (server) => {
    test('writes whole rows to its binlog', async () => {
      await using database = await createDatabase(server);
      expect(await database.query(SETTINGS_OF_MYSQL)).toEqual([
        { log_bin: '1', format: 'ROW', image: 'FULL', metadata: 'FULL', local_infile: '1' },
      ]);
    });
    test('drops its databases', () =>
      expectDropped(server, 'SELECT schema_name AS name FROM information_schema.schemata'));
  });
}

describeWithServer('postgres', 'a PostgreSQL of a test', () => {
  test('survives restart and crash, and leaves nothing behind', () => expectDurable(startPostgres));
});

describeUnlessMissing(missingSystemPostgres(15), 'a PostgreSQL 15 of the system', () => {
  test('survives restart and crash, and leaves nothing behind', () =>
    expectDurable(() => startPostgres({ systemMajor: 15 })));
});

describeWithServer('mariadb', 'a MariaDB of a test', () => {
  test('survives restart and crash, and leaves nothing behind', () => expectDurable(startMariadb));
});

describeWithServer('mysql', 'a MySQL of a test', () => {
  test('survives restart and crash, and leaves nothing behind', () => expectDurable(startMysql));
});

async function expectDropped(server: ServerAddress, listDatabases: string): Promise<void> {
  const dropped = await createDatabase(server);
  await dropped.drop();
  await using other = await createDatabase(server);
  const names = (await other.query(listDatabases)).map((row) => row.name);
  expect(names).toContain(other.name);
  expect(names).not.toContain(dropped.name);
}

async function expectDurable(start: () => Promise<TestServer>): Promise<void> {
  const server = await start();
  const { name } = await createDatabase(server);
  const run = async (sql: string): Promise<readonly TextRow[]> => {
    const connection = await connectTo(server, name);
    const rows = await connection.query(sql);
    await connection.close();
    return rows;
  };

  await run('CREATE TABLE notes (note varchar(20))');
  await run(`INSERT INTO notes VALUES ('before the restart')`);
  await server.restart();
  await run(`INSERT INTO notes VALUES ('before the crash')`);
  await server.crash();
  await expect(run('SELECT 1')).rejects.toThrow('ECONNREFUSED');
  await server.restart();
  expect(await run('SELECT note FROM notes ORDER BY note')).toEqual([
    { note: 'before the crash' },
    { note: 'before the restart' },
  ]);

  await server.stop();
  await expect(run('SELECT 1')).rejects.toThrow('ECONNREFUSED');
  expect(existsSync(server.folder)).toBe(false);
}
