/** Plans and applies each of examples/ against real servers, with the databases that it names. */
import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithServer, sharedServer } from '../servers/describe-with-server.js';
import type { ServerAddress, ServerName } from '../servers/test-server.js';
import { createDatabase, type TestDatabase } from '../servers/create-database.js';
import { connectTo, type TextConnection } from '../servers/text-connection.js';
import { PROJECT_ROOT } from '../support/dmsctl.js';
import { makeWorkFolder } from './work-folder.js';

interface Example {
  readonly folder: string;
  readonly source: ServerName;
  /** Databases that it names on the source; made and dropped here, so they must not be there before. */
  readonly databases: readonly string[];
  readonly seed: readonly string[];
  /** As status shows them on the target, with their rows. */
  readonly loaded: Readonly<Record<string, number>>;
}

const EXAMPLES: readonly Example[] = [
  {
    folder: 'mysql-to-postgres',
    source: 'mysql',
    databases: ['shop'],
    seed: [
      'CREATE TABLE shop.orders (id int PRIMARY KEY, placed date)',
      `INSERT INTO shop.orders VALUES (1, '2026-01-31'), (2, NULL)`,
      'CREATE TABLE shop.tmp_orders (id int PRIMARY KEY)',
    ],
    loaded: { 'shop.orders': 2 },
  },
  {
    folder: 'mariadb-to-postgres',
    source: 'mariadb',
    databases: ['forum', 'forum_archive'],
    seed: [
      'CREATE TABLE forum.posts (id int PRIMARY KEY, body text)',
      `INSERT INTO forum.posts VALUES (1, concat('a', char(0), 'b'))`,
      'CREATE TABLE forum_archive.posts (id int PRIMARY KEY)',
    ],
    loaded: { 'forum.posts': 1, 'forum_archive.posts': 0 },
  },
  {
    folder: 'postgres-to-postgres',
    source: 'postgres',
    databases: [],
    seed: [
      'CREATE TABLE public.invoices (id int PRIMARY KEY)',
      'INSERT INTO public.invoices VALUES (1), (2), (3)',
      'CREATE SCHEMA audit',
      'CREATE TABLE audit."log.2026" (id int PRIMARY KEY)',
      'CREATE TABLE audit.other (id int PRIMARY KEY)',
    ],
    loaded: { 'public.invoices': 3, 'audit.log.2026': 0 },
  },
];

it('every example is here', async () => {
  const folders = await readdir(join(PROJECT_ROOT, 'examples'));
  expect(EXAMPLES.map(({ folder }) => folder).toSorted()).toEqual(folders.toSorted());
});

for (const example of EXAMPLES) {
  describeWithServer(example.source, `examples/${example.folder}`, (server) => {
    describeExample(example, server);
  });
}

function describeExample({ folder: name, databases, seed, loaded }: Example, server: ServerAddress): void {
  let own: TestDatabase;
  let target: TestDatabase;
  let source: TextConnection;

  beforeAll(async () => {
    own = await createDatabase(server);
    target = await createDatabase(sharedServer('postgres'));
    source = await connectTo(server, own.name);
    for (const database of databases) await source.query(`CREATE DATABASE ${database} CHARACTER SET utf8mb4`);
    for (const sql of seed) await source.query(sql);
  });

  afterAll(async () => {
    for (const database of databases) await source.query(`DROP DATABASE ${database}`);
    await source.close();
    await own.drop();
    await target.drop();
  });

  it('plans, loads, and has nothing left to do', async () => {
    await using folder = await makeWorkFolder();
    await cp(join(PROJECT_ROOT, 'examples', name), folder.path, { recursive: true });
    const env = environmentOf(server, own, target);

    const plan = await folder.run(['plan', '--detailed-exitcode'], env);
    expect(plan).toMatchObject({ exitCode: 2, stderr: '' });
    expect((await folder.run(['apply', '--auto-approve'], env)).exitCode).toBe(0);
    const status = await folder.run(['status', '--json'], env);
    const [task] = (JSON.parse(status.stdout) as Status).tasks;
    expect(Object.fromEntries(task?.tables.map(({ target: table, rows }) => [table, rows]) ?? [])).toEqual(loaded);
    expect((await folder.run(['plan', '--detailed-exitcode'], env)).exitCode).toBe(0);
  });
}

interface Status {
  readonly tasks: readonly { readonly tables: readonly { readonly target: string; readonly rows: number }[] }[];
}

/** One example is written with urls, one with single keys. */
function environmentOf(
  server: ServerAddress,
  own: TestDatabase,
  target: TestDatabase,
): Readonly<Record<string, string>> {
  return {
    SOURCE_URL: own.url,
    TARGET_URL: target.url,
    SOURCE_HOST: server.host,
    SOURCE_PORT: String(server.port),
    SOURCE_USER: server.user,
    SOURCE_PASSWORD: server.password,
    TARGET_HOST: target.server.host,
    TARGET_PORT: String(target.server.port),
    TARGET_DATABASE: target.name,
    TARGET_USER: target.server.user,
    // The test server trusts its user; an empty text would be no password at all.
    TARGET_PASSWORD: target.server.password === '' ? 'unused' : target.server.password,
  };
}
