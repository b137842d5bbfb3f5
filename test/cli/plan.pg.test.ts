import { afterEach, beforeEach, expect, it, describe } from 'vitest';
import { createDatabase, type TestDatabase } from '../servers/create-database.js';
import { describeWithServer } from '../servers/describe-with-server.js';
import { expectJson, expectJsonLines } from './json-schemas.js';
import { startDmsctl } from '../support/dmsctl.js';
import { endpointOf, makeWorkFolder, specText, type WorkFolder } from './work-folder.js';

const SHOP = [
  'CREATE SCHEMA shop',
  `CREATE TYPE shop.mood AS ENUM ('glad', 'sad')`,
  'CREATE DOMAIN shop.price AS numeric(10,2) CHECK (VALUE >= 0)',
  'CREATE TYPE shop.spot AS (x int, y shop.price)',
  'CREATE TABLE shop.orders (id bigint PRIMARY KEY, total shop.price NOT NULL, mood shop.mood, spot shop.spot)',
  `INSERT INTO shop.orders SELECT i, i, 'glad', ROW(i, i::numeric)::shop.spot FROM generate_series(1, 50) i`,
  'CREATE TABLE shop."Odd ""name""; --" ("select" int, "a.b" text)',
  'CREATE VIEW shop.recent AS SELECT * FROM shop.orders',
];

describeWithServer('postgres', 'plan and apply', (server) => {
  let source: TestDatabase;
  let target: TestDatabase;
  let folder: WorkFolder;

  beforeEach(async () => {
    source = await createDatabase(server);
    target = await createDatabase(server);
    for (const sql of SHOP) await source.query(sql);
    folder = await makeWorkFolder();
    await writeSpec();
  });

  afterEach(async () => {
    await folder[Symbol.asyncDispose]();
    await source.drop();
    await target.drop();
  });

  function writeSpec(task: Readonly<Record<string, unknown>> = {}): Promise<void> {
    return folder.write('dmsctl.yaml', specText({ source: endpointOf(source), target: endpointOf(target), task }));
  }

  /** What is on the target, dmsctl's own schema included. */
  async function targetTables(): Promise<readonly string[]> {
    const rows = await target.query(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
    );
    return rows.map(({ name }) => name ?? '');
  }

  it('shows the same in every form, twice the same bytes, and changes nothing', async () => {
    const text = await folder.run(['plan']);
    const json = await folder.run(['plan', '--json']);
    const markdown = await folder.run(['plan', '--format', 'markdown']);

    expect([text.exitCode, json.exitCode, markdown.exitCode]).toEqual([0, 0, 0]);
    const summary = /^Plan: 2 to create, 0 to change, 0 to remove, 2 tables to load .*$/m.exec(text.stdout)?.[0];
    expect(summary).toMatch(/ 1 warning\.$/);
    expect(markdown.stdout).toContain(summary);
    expect(markdown.stdout).toMatch(/^<!-- dmsctl:plan:v1 spec=shop -->\n/);
    expect(expectJson(json, 'plan')).toMatchObject({
      hasChanges: true,
      isBlocked: false,
      counts: { create: 2, load: 2 },
    });
    expect(text.stdout).not.toContain('\u001b');
    expect([text.stderr, json.stderr, markdown.stderr]).toEqual(['', '', '']);

    expect(await folder.run(['plan'])).toEqual(text);
    expect(await folder.run(['plan'], { DMSCTL_JSON: '1' })).toEqual(json);
    expect(await targetTables()).toEqual([]);
    expect(await folder.readAll()).toBe(await folder.read('dmsctl.yaml'));
  });

  it('--detailed-exitcode: 2 while there is something to do, 0 after it', async () => {
    expect((await folder.run(['plan', '--detailed-exitcode'])).exitCode).toBe(2);
    const apply = await folder.run(['apply', '--auto-approve']);
    expect(apply.exitCode).toBe(0);
    expect(apply.stdout).toMatch(/\nTask load: 2 of 2 tables loaded, 50 rows, /);
    expect(await folder.run(['plan'], { DMSCTL_DETAILED_EXITCODE: '1' })).toMatchObject({
      exitCode: 0,
      stdout: 'No changes. 2 tables loaded as the spec asks.\n',
      stderr: '',
    });
  });

  it('--show-sql: the statements run as they stand, on a database that has nothing', async () => {
    const text = await folder.run(['plan', '--show-sql']);
    const lines = text.stdout.split('\n').filter((line) => /^ {8}\| /.test(line));
    const script = lines.map((line) => line.slice('        | '.length)).join('\n');
    expect(script).not.toBe('');
    await target.query(script);
    expect(await targetTables()).toEqual(['shop."Odd ""name""; --"', 'shop.orders']);

    // What it made by hand fits what dmsctl would make: a second plan takes the tables as they are.
    const again = expectJson(await folder.run(['plan', '--json']), 'plan');
    expect(again).toMatchObject({ isBlocked: false, counts: { create: 0, load: 2 } });
  });

  it('apply of a saved plan carries it out, once', async () => {
    expect((await folder.run(['plan', '--out', 'shop.plan'])).exitCode).toBe(0);
    expectJson({ stdout: await folder.read('shop.plan') }, 'plan');
    const apply = await folder.run(['apply', 'shop.plan', '--auto-approve', '--json']);
    const lines = expectJsonLines(apply, 'apply-event');
    expect(lines.at(0)).toMatchObject({ type: 'version' });
    expect(lines.at(-1)).toMatchObject({ type: 'result', status: 'done', exitCode: 0 });
    expect(apply).toMatchObject({ exitCode: 0, stderr: '' });

    const again = await folder.run(['apply', 'shop.plan', '--auto-approve', '--json']);
    const [, error] = expectJsonLines(again, 'apply-event');
    expect(error).toMatchObject({
      exitCode: 5,
      error: { code: 'PLAN_STALE', detail: expect.stringContaining('serial') as string },
    });
    expect(again.exitCode).toBe(5);
  });

  describe('a saved plan is refused with exit code 5, and nothing is done, when', () => {
    it.each([
      ['the spec changed', async () => writeSpec({ policies: { noPrimaryKey: 'error' } }), 'task.load changed'],
      [
        'a table of the source changed',
        async () => source.query('ALTER TABLE shop.orders ADD COLUMN late int'),
        'source table shop.orders',
      ],
      [
        'a table appeared on the source',
        async () => source.query('CREATE TABLE shop.late (id int)'),
        'source table shop.late of task load is new',
      ],
      [
        'a table appeared on the target',
        async () => {
          await target.query('CREATE SCHEMA shop');
          await target.query('CREATE TABLE shop.orders (id bigint PRIMARY KEY)');
        },
        'target table shop.orders',
      ],
    ])('%s', async (_title, change, words) => {
      await folder.run(['plan', '--out', 'shop.plan']);
      await change();
      const before = await targetTables();
      const apply = await folder.run(['apply', 'shop.plan', '--auto-approve']);
      expect(apply).toMatchObject({ exitCode: 5, stdout: '' });
      expect(apply.stderr).toContain(words);
      expect(await targetTables()).toEqual(before);
    });
  });

  it('a blocked plan: exit code 77 with every flag, and apply does nothing', async () => {
    await writeSpec({ policies: { noPrimaryKey: 'error' } });
    const plan = await folder.run(['plan', '--detailed-exitcode', '--json']);
    expect(plan.exitCode).toBe(77);
    expect(expectJson(plan, 'plan')).toMatchObject({ isBlocked: true });
    const apply = await folder.run(['apply', '--auto-approve', '--json']);
    expect(expectJsonLines(apply, 'apply-event').at(-1)).toMatchObject({
      exitCode: 77,
      error: { code: 'PLAN_BLOCKED' },
    });
    expect(await targetTables()).toEqual([]);
  });

  it('a saved plan that is none, or cannot be written', async () => {
    await folder.write('broken.plan', '{"kind":"dmsctl-plan"');
    for (const file of ['broken.plan', 'nosuch.plan', 'dmsctl.yaml']) {
      const apply = await folder.run(['apply', file, '--auto-approve', '--json']);
      const error = expectJsonLines(apply, 'apply-event').at(-1);
      expect(error).toMatchObject({ exitCode: 64, error: { code: 'PLAN_FILE_INVALID' } });
    }
    const plan = await folder.run(['plan', '--out', 'no/such/folder.plan', '--json']);
    expect(expectJson(plan, 'error')).toMatchObject({ error: { code: 'CLI_FILE_UNWRITABLE' } });
  });

  it('without a terminal nobody is asked: the error names the flag', async () => {
    for (const command of ['apply', 'destroy']) {
      const run = await folder.run([command]);
      expect(run.exitCode).toBe(64);
      expect(run.stderr).toContain(`dmsctl ${command} --auto-approve`);
    }
    expect(await targetTables()).toEqual([]);
  });

  it('a reader who goes away ends it quietly', async () => {
    const { child, result } = startDmsctl(['plan'], { cwd: folder.path });
    child.stdout.destroy();
    expect(await result).toMatchObject({ exitCode: 141, stderr: '' });
  });
});
