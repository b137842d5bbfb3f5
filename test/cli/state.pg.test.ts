import { hostname } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../servers/create-database.js';
import { describeWithServer } from '../servers/describe-with-server.js';
import { hostId } from '../../src/lib/host-id.js';
import { expectJson, expectJsonLines } from './json-schemas.js';
import { endpointOf, makeWorkFolder, specText, type WorkFolder } from './work-folder.js';

const STATE = '.dmsctl/shop.state.json';
const LOCK = `${STATE}.lock`;
const LOCK_ID = '3f0c8a52-4b3e-4b5e-9a51-0f6f9f6c0a11';
/** Above every limit of process ids: nothing runs under it. */
const DEAD_PID = 2 ** 30;

/** One loaded migration for all of them; the last one destroys it. */
describeWithServer('postgres', 'the state of a migration', (server) => {
  let source: TestDatabase;
  let target: TestDatabase;
  let folder: WorkFolder;

  beforeAll(async () => {
    source = await createDatabase(server);
    target = await createDatabase(server);
    await source.query('CREATE SCHEMA shop');
    await source.query('CREATE TABLE shop.orders (id int PRIMARY KEY)');
    await source.query('INSERT INTO shop.orders SELECT generate_series(1, 10)');
    folder = await makeWorkFolder();
    await folder.write('dmsctl.yaml', specText({ source: endpointOf(source), target: endpointOf(target) }));
    expect((await folder.run(['apply', '--auto-approve'])).exitCode).toBe(0);
  });

  afterAll(async () => {
    await folder[Symbol.asyncDispose]();
    await source.drop();
    await target.drop();
  });

  function lockOf(holder: { readonly hostId: string; readonly host: string; readonly pid: number }): string {
    return JSON.stringify({
      ...{ id: LOCK_ID, operation: 'apply', holder: 'somebody', processStart: null, dmsctl: '0.1.0' },
      ...{ time: '2026-01-01T00:00:00.000Z', ...holder },
    });
  }

  const deadHere = (): string => lockOf({ hostId: hostId(), host: hostname(), pid: DEAD_PID });
  const elsewhere = (): string => lockOf({ hostId: 'another', host: 'another.example', pid: 1 });

  it('is listed and shown, and fits its schema', async () => {
    const addresses = ['endpoint.new', 'endpoint.old', 'table.load["shop"."orders"]', 'task.load'];
    expect((await folder.run(['state', 'list'])).stdout.trimEnd().split('\n')).toEqual(addresses);
    const list = expectJson(await folder.run(['state', 'list', '--json']), 'state-list');
    expect(list).toMatchObject({ resources: addresses.map((address) => ({ address })) });
    expectJson({ stdout: await folder.read(STATE) }, 'state');
    expectJson(await folder.run(['state', 'show', '--json']), 'state');
    for (const address of addresses) expectJson(await folder.run(['state', 'show', address]), 'state-show');

    const unknown = await folder.run(['state', 'show', 'task.nosuch', '--json']);
    expect(expectJson(unknown, 'error')).toMatchObject({ exitCode: 64, error: { code: 'STATE_NO_RESOURCE' } });
  });

  it('the lock of a dead process is taken over, with a notice', async () => {
    await folder.write(LOCK, deadHere());
    const run = await folder.run(['apply', '--auto-approve']);
    expect(run.exitCode).toBe(0);
    expect(run.stderr).toContain(`process ${DEAD_PID} is gone`);
    await expect(folder.read(LOCK)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('a lock of another host is respected until it is freed by its id', async () => {
    await folder.write(LOCK, elsewhere());
    const apply = await folder.run(['apply', '--auto-approve', '--json']);
    expect(expectJsonLines(apply, 'apply-event').at(-1)).toMatchObject({
      exitCode: 6,
      error: {
        code: 'STATE_LOCKED',
        detail: expect.stringMatching(/another\.example.*process 1\b/) as string,
        fix: expect.stringContaining(`dmsctl state unlock ${LOCK_ID}`) as string,
      },
    });
    expect(expectJson(await folder.run(['destroy', '--auto-approve', '--json']), 'error')).toMatchObject({
      exitCode: 6,
    });
    // Looking needs no lock.
    expect((await folder.run(['status'])).exitCode).toBe(0);
    expect((await folder.run(['plan'])).exitCode).toBe(0);

    const wrong = await folder.run(['state', 'unlock', 'not-the-id', '--json']);
    expect(expectJson(wrong, 'error')).toMatchObject({ exitCode: 64, error: { code: 'STATE_LOCK_UNKNOWN' } });
    expectJson(await folder.run(['state', 'unlock', LOCK_ID, '--json']), 'state-unlock');
    expect((await folder.run(['apply', '--auto-approve'])).exitCode).toBe(0);
  });

  describe('a file that cannot be read is refused and left as it is:', () => {
    it.each([
      ['cut', (text: string) => text.slice(0, text.length / 2), 'STATE_TRUNCATED', 1],
      ['empty', () => '', 'STATE_TRUNCATED', 1],
      ['of a newer version', (text: string) => text.replace('"version": 1', '"version": 2'), 'STATE_VERSION_NEWER', 1],
      ['of something else', () => '{"terraform_version":"1.9.0"}', 'STATE_FOREIGN', 1],
      [
        'of another spec',
        (text: string) => text.replace('"spec": "shop"', '"spec": "other"'),
        'STATE_OF_OTHER_SPEC',
        5,
      ],
      ['edited', (text: string) => text.replace('"serial": 2', '"serial": "two"'), 'STATE_INVALID', 1],
    ])('%s', async (_title, change, code, exitCode) => {
      const whole = await folder.read(STATE);
      const text = change(whole);
      await folder.write(STATE, text);
      const run = await folder.run(['destroy', '--auto-approve', '--json']);
      expect(expectJson(run, 'error')).toMatchObject({ exitCode, error: { code } });
      expect(run.exitCode).toBe(exitCode);
      expect(await folder.read(STATE)).toBe(text);
      await folder.write(STATE, whole);
    });
  });

  it('lost: the plan says that it is recovered, and apply writes it anew without loading again', async () => {
    const lineage = lineageOf(await folder.read(STATE));
    await folder.remove('.dmsctl');
    const plan = await folder.run(['plan']);
    expect(plan.stdout).toContain('recovered from the target');
    expect(plan.stdout).toContain('0 tables to load');
    const apply = await folder.run(['apply', '--auto-approve']);
    expect(apply.exitCode).toBe(0);
    expect(lineageOf(await folder.read(STATE))).toBe(lineage);
    expect((await folder.run(['plan', '--detailed-exitcode'])).exitCode).toBe(0);
    expect((await target.query('SELECT count(*) FROM shop.orders'))[0]).toEqual({ count: '10' });
  });

  it('is shown by status, before and after destroy, which says whose lock it took over', async () => {
    expect((await folder.run(['status'])).stdout).toMatch(/shop\.orders +loaded +10 /);
    const loaded = expectJson(await folder.run(['status', '--json']), 'status');
    expect(loaded).toMatchObject({ tasks: [{ condition: 'loaded', tables: [{ rows: 10, phase: 'loaded' }] }] });

    await folder.write(LOCK, deadHere());
    const destroy = await folder.run(['destroy', '--with-tables', '--auto-approve', '--json']);
    expect(destroy.stderr).toContain(`process ${DEAD_PID} is gone`);
    expect(expectJson(destroy, 'destroy')).toMatchObject({
      status: 'ok',
      tasks: [{ task: 'load', isRemoved: true, tables: ['shop.orders'], controlTables: true }],
    });
    expect(
      (await target.query(`SELECT to_regnamespace('dmsctl') AS control, to_regclass('shop.orders') AS orders`))[0],
    ).toEqual({ control: null, orders: null });
    const after = expectJson(await folder.run(['status', '--json']), 'status');
    expect(after).toMatchObject({ tasks: [{ condition: 'not-started', tables: [] }] });
    expect(expectJson(await folder.run(['state', 'list', '--json']), 'state-list')).toMatchObject({ resources: [] });
    expect((await folder.run(['destroy', '--auto-approve'])).stdout).toBe('Task load: nothing to remove.\n');
  });
});

function lineageOf(state: string): unknown {
  return (JSON.parse(state) as { lineage: unknown }).lineage;
}
