import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../servers/create-database.js';
import { describeWithServer } from '../servers/describe-with-server.js';
import { CANARY } from './error-case.js';
import { makeWorkFolder, specText, type WorkFolder } from './work-folder.js';

/** As typed, and as a url or JSON would carry it. */
const FORMS = [CANARY, encodeURIComponent(CANARY), JSON.stringify(CANARY).slice(1, -1), 'canary-Zm9v'];

const COMMANDS: readonly (readonly string[])[] = [
  ['validate'],
  ['plan', '--out', 'shop.plan'],
  ['plan', '--json', '--show-sql'],
  ['plan', '--format', 'markdown'],
  ['apply', '--auto-approve', '--json'],
  ['apply', 'shop.plan', '--auto-approve'],
  ['status', '--json'],
  ['status'],
  ['state', 'list', '--json'],
  ['state', 'show'],
  ['destroy', '--auto-approve', '--json'],
];

describeWithServer('postgres', 'secrets', (server) => {
  let source: TestDatabase;
  let target: TestDatabase;
  let folder: WorkFolder;

  beforeAll(async () => {
    source = await createDatabase(server);
    target = await createDatabase(server);
    await source.query('CREATE SCHEMA shop');
    await source.query('CREATE TABLE shop.orders (id int PRIMARY KEY)');
    folder = await makeWorkFolder();
  });

  afterAll(async () => {
    await folder[Symbol.asyncDispose]();
    await source.drop();
    await target.drop();
  });

  const parts = (database: TestDatabase): Readonly<Record<string, unknown>> => ({
    ...{ engine: 'postgres', host: server.host, port: server.port, user: server.user },
    database: database.name,
  });

  function expectSilence(...texts: readonly string[]): void {
    for (const text of texts) for (const form of FORMS) expect(text).not.toContain(form);
  }

  describe('never appear in what a successful run prints or writes', () => {
    beforeAll(async () => {
      await folder.write('password', `${CANARY}\n`);
      // The server trusts this account, so that any password is the right one.
      const spec = specText({
        source: { ...parts(source), password: '${env:CANARY}' },
        target: { ...parts(target), password: '${file:password}' },
      });
      await folder.write('dmsctl.yaml', spec);
    });

    it.each(COMMANDS.map((args): [string, readonly string[]] => [args.join(' '), args]))('%s', async (title, args) => {
      const run = await folder.run(args, { CANARY });
      // One file holds it by intent; everything else in the folder was written by dmsctl.
      expectSilence(run.stdout, run.stderr, (await folder.readAll()).replace(`${CANARY}\n`, ''));
      expect(run.exitCode).toBe(title.startsWith('apply shop.plan') ? 5 : 0);
    });
  });

  describe('never appear in what a failing run prints or writes', () => {
    it.each([
      ['a url that cannot be read', { source: { engine: 'postgres', url: '${env:URL}' } }, 65],
      ['a password where a name belongs', { source: { engine: '${env:CANARY}', url: '${env:URL}' } }, 65],
      ['a host that is none', { source: { engine: 'postgres', database: 'a', user: 'a', host: '${env:CANARY}' } }, 65],
      ['a port that is none', { target: { engine: 'postgres', host: 'localhost', port: '${env:CANARY}' } }, 65],
      [
        'a password in the spec itself',
        { source: { engine: 'postgres', url: `postgres://a:${CANARY}@localhost/a` } },
        65,
      ],
      [
        'a server that is not there',
        { source: { engine: 'postgres', url: 'postgres://a:${env:CANARY}@127.0.0.1:1/a' } },
        69,
      ],
    ])('%s', async (_title, endpoints, exitCode) => {
      const good = { engine: 'postgres', url: 'postgres://a@127.0.0.1:1/b' };
      const spec = specText({ source: good, target: good, ...endpoints });
      await folder.write('dmsctl.yaml', spec);
      const url = `postgres://a:${CANARY}@[not a host]/a`;
      for (const args of [['plan'], ['plan', '--json']]) {
        const run = await folder.run(args, { CANARY, URL: url });
        expectSilence(run.stdout, run.stderr);
        expect(run.exitCode).toBe(exitCode);
      }
    });

    it('init --source', async () => {
      await using empty = await makeWorkFolder();
      const url = `postgres://a:${encodeURIComponent(CANARY)}@127.0.0.1:1/a`;
      for (const args of [[], ['--json']]) {
        const run = await empty.run(['init', '--source', url, '--target', url, ...args]);
        expect(run.exitCode).toBe(69);
        expectSilence(run.stdout, run.stderr);
      }
      expect(await empty.readAll()).toBe('');
    });
  });
});
