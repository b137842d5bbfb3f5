import { afterAll, beforeAll, describe, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../servers/create-database.js';
import { describeWithServer, sharedServer } from '../servers/describe-with-server.js';
import type { ServerAddress } from '../servers/test-server.js';
import { CANARY, expectError, type Endpoints, type ErrorCase } from './error-case.js';
import { endpointOf } from './work-folder.js';

const ACCOUNTS = [
  `'cli_reader'@'%' IDENTIFIED BY '${CANARY}'`,
  `'cli_admin'@'%' IDENTIFIED BY '${CANARY}'`,
  `'cli_poor'@'%' IDENTIFIED BY '${CANARY}'`,
  `'cli_locked'@'%' IDENTIFIED BY '${CANARY}' ACCOUNT LOCK`,
  `'cli_expired'@'%' IDENTIFIED BY '${CANARY}' PASSWORD EXPIRE`,
  `'cli_tls'@'%' IDENTIFIED BY '${CANARY}' REQUIRE SSL`,
  `'cli_crowded'@'%' IDENTIFIED BY '${CANARY}' WITH MAX_CONNECTIONS_PER_HOUR 1`,
];

const LONG_NAME = 'n'.repeat(64);

describeWithServer('mariadb', 'MariaDB as a source', (server) => {
  describeSource(server, [
    {
      title: 'TLS that the server does not have',
      source: { tls: { mode: 'require' } },
      expected: 'MYSQL_TLS',
      exitCode: 77,
    },
    { title: 'named as MySQL', source: { engine: 'mysql' }, expected: 'MYSQL_WRONG_ENGINE', exitCode: 77 },
  ]);
});

describeWithServer('mysql', 'MySQL as a source', (server) => {
  describeSource(server, [
    {
      title: 'a certificate that nobody signed',
      source: { tls: { mode: 'verify-full' } },
      expected: 'MYSQL_TLS',
      exitCode: 77,
    },
    { title: 'named as MariaDB', source: { engine: 'mariadb' }, expected: 'MYSQL_WRONG_ENGINE', exitCode: 77 },
  ]);
});

function describeSource(server: ServerAddress, own: readonly ErrorCase[]): void {
  let source: TestDatabase;
  let target: TestDatabase;
  let defaults: Endpoints;

  beforeAll(async () => {
    source = await createDatabase(server);
    target = await createDatabase(sharedServer('postgres'));
    await source.query('CREATE TABLE orders (id int PRIMARY KEY, note text)');
    await source.query('CREATE TABLE sealed (id int PRIMARY KEY)');
    await source.query(`CREATE TABLE ${LONG_NAME} (id int PRIMARY KEY)`);
    for (const account of ACCOUNTS) {
      const [name = ''] = account.split(' ');
      await source.query(`DROP USER IF EXISTS ${name}`);
      await source.query(`CREATE USER ${account}`);
      await source.query(`GRANT ${rightsOf(name)} TO ${name}`);
    }
    defaults = {
      source: { ...endpointParts(server), user: 'cli_reader', password: '${env:CANARY}' },
      target: endpointOf(target),
    };
  });

  function rightsOf(account: string): string {
    if (account.includes('admin')) return 'SELECT ON *.*';
    return `${account.includes('poor') ? 'INSERT' : 'SELECT'} ON ${source.name}.*`;
  }

  afterAll(async () => {
    for (const account of ACCOUNTS) await source.query(`DROP USER ${account.split(' ')[0] ?? ''}`);
    await source.drop();
    await target.drop();
  });

  const shared: readonly ErrorCase[] = [
    { title: 'a wrong password', source: { password: '${env:WRONG}' }, expected: 'MYSQL_ACCESS_DENIED', exitCode: 77 },
    { title: 'no password', source: { password: undefined }, expected: 'MYSQL_ACCESS_DENIED', exitCode: 77 },
    { title: 'an unknown user', source: { user: 'cli_nobody' }, expected: 'MYSQL_ACCESS_DENIED', exitCode: 77 },
    { title: 'a locked account', source: { user: 'cli_locked' }, expected: 'MYSQL_ACCESS_DENIED', exitCode: 77 },
    { title: 'an expired password', source: { user: 'cli_expired' }, expected: 'MYSQL_ACCESS_DENIED', exitCode: 77 },
    {
      title: 'plain text where the account needs TLS',
      source: { user: 'cli_tls', tls: { mode: 'disable' } },
      expected: 'MYSQL_ACCESS_DENIED',
      exitCode: 77,
    },
    {
      title: 'more connections than the account may have',
      source: { user: 'cli_crowded' },
      expected: 'MYSQL_TOO_MANY_CONNECTIONS',
      exitCode: 69,
    },
    {
      title: 'an unknown database',
      source: { user: 'cli_admin', database: 'nosuch' },
      expected: 'MYSQL_UNKNOWN_DATABASE',
      exitCode: 77,
    },
    {
      title: 'a database that the account may not see',
      source: { database: 'nosuch' },
      expected: 'MYSQL_MISSING_RIGHTS',
      exitCode: 77,
    },
    { title: 'a port where nothing listens', source: { port: 1 }, expected: 'MYSQL_UNREACHABLE', exitCode: 69 },
    { title: 'an unknown host', source: { host: 'nosuch.invalid' }, expected: 'MYSQL_UNREACHABLE', exitCode: 69 },
    { title: 'no SELECT', source: { user: 'cli_poor' }, expected: 'mysql.select-privilege', exitCode: 77 },
    { title: 'a name longer than the target takes', expected: 'plan.name-too-long', exitCode: 77 },
  ];

  describe('apply says', () => {
    it.each([...shared, ...own])('$title: $expected', async (errorCase) => {
      await expectError({ ...errorCase, task: { tables: { include: [`${source.name}.*`] } } }, defaults);
    });
  });
}

function endpointParts({ name, host, port }: ServerAddress): Readonly<Record<string, unknown>> {
  return { engine: name, host, port };
}
