import { execFileSync, spawnSync } from 'node:child_process';
import { appendFile, chmod, chown, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../servers/create-database.js';
import { describeUnlessMissing } from '../servers/describe-with-server.js';
import { startPostgres } from '../servers/postgres.js';
import type { TestServer } from '../servers/test-server.js';
import { connectTo, type TextConnection } from '../servers/text-connection.js';
import { CANARY, expectError, expectExplained, type Endpoints, type ErrorCase } from './error-case.js';
import { makeWorkFolder, specText } from './work-folder.js';

/** First match wins. `outsider` has no line; `tls_only` may come encrypted alone; the superuser of the test is trusted. */
const HBA = `
host    all postgres all trust
hostssl all tls_only all scram-sha-256
host    all tls_only all reject
host    all outsider all reject
host    all all      all scram-sha-256
`;

const ROLES = [
  `CREATE ROLE reader LOGIN PASSWORD '${CANARY}'`,
  `CREATE ROLE writer LOGIN PASSWORD '${CANARY}'`,
  `CREATE ROLE poor LOGIN PASSWORD '${CANARY}'`,
  `CREATE ROLE outsider LOGIN PASSWORD '${CANARY}'`,
  `CREATE ROLE tls_only LOGIN PASSWORD '${CANARY}'`,
  `CREATE ROLE nologin NOLOGIN PASSWORD '${CANARY}'`,
  `CREATE ROLE crowded LOGIN PASSWORD '${CANARY}' CONNECTION LIMIT 0`,
  `CREATE ROLE read_only LOGIN PASSWORD '${CANARY}'`,
  `ALTER ROLE read_only SET default_transaction_read_only = on`,
];

let server: TestServer;
let admin: TextConnection;
let source: TestDatabase;
let target: TestDatabase;
let defaults: Endpoints;

beforeAll(async () => {
  server = await startPostgres();
  admin = await connectTo(server, null);
  for (const sql of ROLES) await admin.query(sql);
  source = await createDatabase(server);
  target = await createDatabase(server);
  await fillSource();
  await admin.query(`GRANT CREATE ON DATABASE ${target.name} TO writer, crowded, read_only, tls_only, outsider`);
  await writeFile(join(server.folder, 'data', 'pg_hba.conf'), HBA);
  await admin.query('SELECT pg_reload_conf()');
  defaults = { source: endpoint('reader', source), target: endpoint('writer', target) };
});

afterAll(async () => {
  await source.drop();
  await target.drop();
  await admin.close();
  await server.stop();
});

async function fillSource(): Promise<void> {
  for (const sql of [
    'CREATE EXTENSION citext',
    'CREATE SCHEMA shop',
    'CREATE TABLE shop.orders (id int PRIMARY KEY, note text)',
    `INSERT INTO shop.orders SELECT i, 'x' FROM generate_series(1, 100) i`,
    'CREATE SCHEMA hidden',
    'CREATE TABLE hidden.payroll (id int PRIMARY KEY)',
    'CREATE SCHEMA partly',
    'CREATE TABLE partly.open (id int PRIMARY KEY)',
    'CREATE TABLE partly.closed (id int PRIMARY KEY)',
    'CREATE SCHEMA extended',
    'CREATE TABLE extended.words (id int PRIMARY KEY, word citext)',
    'GRANT USAGE ON SCHEMA shop, partly, extended TO PUBLIC',
    'GRANT SELECT ON ALL TABLES IN SCHEMA shop, extended TO PUBLIC',
    'GRANT SELECT ON partly.open TO reader',
  ]) {
    await source.query(sql);
  }
}

function endpoint(user: string, database: TestDatabase): Readonly<Record<string, unknown>> {
  const { host, port } = server;
  return { engine: 'postgres', host, port, database: database.name, user, password: '${env:CANARY}' };
}

const LOGIN: readonly ErrorCase[] = [
  {
    title: 'a wrong password',
    source: { password: '${env:WRONG}' },
    expected: 'PG_WRONG_PASSWORD',
    exitCode: 77,
  },
  { title: 'no password', source: { password: undefined }, expected: 'PG_PASSWORD_MISSING', exitCode: 77 },
  { title: 'an unknown user', target: { user: 'nobody' }, expected: 'PG_WRONG_PASSWORD', exitCode: 77 },
  { title: 'a role that may not log in', source: { user: 'nologin' }, expected: 'PG_LOGIN_REFUSED', exitCode: 77 },
  { title: 'no line in pg_hba.conf', source: { user: 'outsider' }, expected: 'PG_LOGIN_REFUSED', exitCode: 77 },
  { title: 'an unknown database', target: { database: 'nosuch' }, expected: 'PG_DATABASE_MISSING', exitCode: 77 },
  {
    title: 'more connections than the role may have',
    source: { user: 'crowded' },
    expected: 'PG_TOO_MANY_CONNECTIONS',
    exitCode: 69,
  },
  { title: 'a port where nothing listens', target: { port: 1 }, expected: 'PG_CONNECTION_REFUSED', exitCode: 69 },
  {
    title: 'TLS that the server does not have',
    source: { tls: { mode: 'require' } },
    expected: 'PG_TLS_NOT_OFFERED',
    exitCode: 77,
  },
];

describe('getting in', () => {
  it.each(LOGIN)('$title: $expected', async (errorCase) => {
    await expectError(errorCase, defaults);
  });

  it('a host name that nothing knows', async () => {
    // Where no name server answers, nobody can tell an unknown name from an unreachable one.
    const expected = spawnSync('getent', ['hosts', 'localhost']).status === 0 ? 'PG_HOST_NOT_FOUND' : 'PG_UNREACHABLE';
    await expectError({ title: '', source: { host: 'nosuch.invalid' }, expected, exitCode: 69 }, defaults);
  });
});

const RIGHTS: readonly ErrorCase[] = [
  {
    title: 'SELECT is missing on one table',
    task: { tables: { include: ['partly.*'] } },
    expected: 'postgres.source-privileges',
    exitCode: 77,
  },
  {
    title: 'USAGE of a schema is missing on the source',
    task: { tables: { include: ['hidden.*'] } },
    expected: 'postgres.source-privileges',
    exitCode: 77,
  },
  {
    title: 'CREATE is missing on the target database',
    target: { user: 'poor' },
    expected: 'postgres.target-privileges',
    exitCode: 77,
  },
  {
    title: 'the target is read-only',
    target: { user: 'read_only' },
    expected: 'postgres.target-server',
    exitCode: 77,
  },
  {
    title: 'an extension is missing on the target',
    task: { tables: { include: ['extended.*'] } },
    expected: 'postgres.target-extensions',
    exitCode: 77,
  },
  {
    title: 'no table matches',
    task: { tables: { include: ['nosuch.*'] } },
    expected: 'plan.no-tables',
    exitCode: 77,
  },
];

describe('what the plan finds', () => {
  it.each(RIGHTS)('$title: $expected', async (errorCase) => {
    await expectError(errorCase, defaults);
  });

  it('rows on the target that dmsctl did not load', async () => {
    await using taken = await createDatabase(server);
    await taken.query('CREATE SCHEMA shop');
    await taken.query('CREATE TABLE shop.orders (id int PRIMARY KEY, note text)');
    await taken.query(`INSERT INTO shop.orders VALUES (1, 'there before')`);
    const superuser = { user: 'postgres', password: undefined, database: taken.name };
    await expectError({ title: '', target: superuser, expected: 'plan.target-not-empty', exitCode: 77 }, defaults);
  });
});

describe('while it runs', () => {
  let own: TestDatabase;
  let ownTarget: TestDatabase;

  beforeAll(async () => {
    own = await createDatabase(server);
    ownTarget = await createDatabase(server);
    await own.query('CREATE SCHEMA shop');
    await own.query('CREATE TABLE shop.first (id int PRIMARY KEY)');
  });

  afterAll(async () => {
    await own.drop();
    await ownTarget.drop();
  });

  it('a table that is dropped between plan and load fails alone', async () => {
    await using folder = await makeWorkFolder();
    const superuser = { user: 'postgres', password: undefined };
    const endpoints = {
      source: { ...endpoint('', own), ...superuser },
      target: { ...endpoint('', ownTarget), ...superuser },
    };
    await folder.write('dmsctl.yaml', specText(endpoints));
    expect((await folder.run(['apply', '--auto-approve'])).exitCode).toBe(0);

    // Planned both, then held at the row that a run takes before it does anything.
    await own.query('CREATE TABLE shop.second (id int PRIMARY KEY)');
    await own.query('CREATE TABLE shop.third (id int PRIMARY KEY)');
    await ownTarget.query('BEGIN');
    await ownTarget.query('SELECT * FROM dmsctl.task FOR UPDATE');
    const apply = folder.run(['apply', '--auto-approve', '--json']);
    await waitForLockWaiter(ownTarget.name);
    await own.query('DROP TABLE shop.second');
    await ownTarget.query('COMMIT');

    const run = await apply;
    expectExplained(run, { expected: 'PG_TABLE_MISSING', exitCode: 4 });
    expect((await folder.run(['status'])).stdout).toMatch(/shop\.third +loaded/);
  });
});

async function waitForLockWaiter(database: string): Promise<void> {
  const waiting = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = $1`;
  await expect.poll(() => admin.query(waiting, [database]), { timeout: 30_000 }).not.toEqual([]);
}

const openssl = spawnSync('openssl', ['version']).status === 0 ? null : 'openssl is not installed';

describeUnlessMissing(openssl, 'TLS with a certificate that nobody signed', () => {
  beforeAll(async () => {
    const certificate = join(server.folder, 'server.crt');
    const key = join(server.folder, 'server.key');
    const subject = ['-subj', '/CN=localhost', '-days', '2', '-nodes'];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...subject, '-keyout', key, '-out', certificate], {
      stdio: 'ignore',
    });
    await giveToServer(certificate, key);
    const settings = `ssl = on\nssl_cert_file = '${certificate}'\nssl_key_file = '${key}'\n`;
    await appendFile(join(server.folder, 'data', 'postgresql.conf'), settings);
    await admin.query('SELECT pg_reload_conf()');
  });

  it.each<ErrorCase>([
    {
      title: 'verify-full without its authority',
      source: { tls: { mode: 'verify-full' } },
      expected: 'PG_TLS_FAILED',
      exitCode: 77,
    },
    {
      title: 'plain text where the server admits TLS alone',
      target: { user: 'tls_only', tls: { mode: 'disable' } },
      expected: 'PG_LOGIN_REFUSED',
      exitCode: 77,
    },
  ])('$title: $expected', async (errorCase) => {
    await expectError(errorCase, defaults);
  });
});

const notRoot = process.getuid?.() === 0 ? null : 'only root can mount a small filesystem';

describeUnlessMissing(notRoot, 'a target whose disk is full', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dmsctl-full-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', folder]);
    await giveToServer(folder);
    await admin.query(`CREATE TABLESPACE tiny LOCATION '${folder}'`);
    await source.query('CREATE SCHEMA large');
    await source.query('CREATE TABLE large.rows (id int PRIMARY KEY, filler text)');
    await source.query(`INSERT INTO large.rows SELECT i, repeat('x', 1000) FROM generate_series(1, 30000) i`);
  });

  afterAll(async () => {
    await admin.query('DROP TABLESPACE tiny');
    execFileSync('umount', [folder]);
    await rm(folder, { recursive: true });
  });

  it('PG_DISK_FULL, and the table is reported as not loaded', async () => {
    await using full = await createDatabase(server);
    await admin.query(`ALTER DATABASE ${full.name} SET default_tablespace = tiny`);
    const superuser = { user: 'postgres', password: undefined };
    await expectError(
      {
        title: '',
        source: superuser,
        target: { ...superuser, database: full.name },
        task: { tables: { include: ['large.*'] } },
        expected: 'PG_DISK_FULL',
        exitCode: 4,
      },
      defaults,
    );
  });
});

/** The server runs as an account of its own when the tests run as root. */
async function giveToServer(...paths: readonly string[]): Promise<void> {
  const { uid, gid } = await stat(join(server.folder, 'data'));
  for (const path of paths) {
    await chown(path, uid, gid);
    await chmod(path, 0o700);
  }
}
