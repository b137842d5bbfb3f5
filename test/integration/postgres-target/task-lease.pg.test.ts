import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { checkFence } from '../../../src/engines/postgres/fence.js';
import { describeWithServer } from '../../servers/describe-with-server.js';
import { BOUNDARY, CLAIM, HOLDER, OTHER_HOLDER, partLoad, TASK, targetTable, textRows } from './load-fixtures.js';
import { createTargetDatabase, type TargetDatabase, type TargetPorts } from './target-database.js';

const { signal } = new AbortController();
const OTHER_CLAIM = { ...CLAIM, holder: OTHER_HOLDER };

describeWithServer('postgres', 'task lease and fence', (server) => {
  let database: TargetDatabase;
  let ports: TargetPorts;

  beforeAll(async () => {
    database = await createTargetDatabase(server);
    ports = database.open();
  });
  afterAll(async () => database.dispose());
  beforeEach(async () => {
    await database.admin.query('DROP SCHEMA IF EXISTS dmsctl CASCADE; DROP TABLE IF EXISTS public.orders');
  });

  it('knows nothing and creates nothing before the first claim', async () => {
    expect(await ports.progress.read(TASK, signal)).toBeNull();
    const { rows } = await database.admin.query(`SELECT to_regnamespace('dmsctl') AS schema`);
    expect(rows).toEqual([{ schema: null }]);
  });

  it('refuses another holder while the lease runs, and names the first', async () => {
    await ports.lease.claim(TASK, CLAIM, signal);
    const refused = ports.lease.claim(TASK, OTHER_CLAIM, signal);
    await expect(refused).rejects.toMatchObject({ code: 'TASK_LEASE_HELD' });
    await expect(refused).rejects.toThrow(/process 101 on alpha; its lease runs out in (30|29) s/);
  });

  it('lets the same holder, a lapsed lease and a dead holder pass, each with a higher epoch', async () => {
    const first = await ports.lease.claim(TASK, CLAIM, signal);
    const again = await ports.lease.claim(TASK, CLAIM, signal);
    await database.admin.query(`UPDATE dmsctl.task SET lease_until = clock_timestamp() - interval '1 ms'`);
    const lapsed = await ports.lease.claim(TASK, OTHER_CLAIM, signal);
    const asked: unknown[] = [];
    const isDead = (holder: unknown) => asked.push(holder) > 0;
    const dead = await ports.lease.claim(TASK, { ...CLAIM, isDead }, signal);
    expect([first.epoch, again.epoch, lapsed.epoch, dead.epoch]).toEqual([1, 2, 3, 4]);
    expect(asked).toEqual([OTHER_HOLDER]);
  });

  it('shows the lease until it is given back, and prolongs it only for its epoch', async () => {
    const fence = await ports.lease.claim(TASK, CLAIM, signal);
    await database.admin.query(`UPDATE dmsctl.task SET lease_until = clock_timestamp() + interval '1 s'`);
    await ports.lease.renew(fence, signal);
    const lease = (await ports.progress.read(TASK, signal))?.lease;
    expect(lease?.holder).toEqual(HOLDER);
    expect(lease?.remainingMs).toBeGreaterThan(25_000);
    await expect(ports.lease.renew({ ...fence, epoch: 0 }, signal)).rejects.toMatchObject({ code: 'TASK_FENCED' });
    await ports.lease.release(fence, signal);
    expect((await ports.progress.read(TASK, signal))?.lease).toBeNull();
  });

  it('keeps out the part of a process whose task was taken over while it loaded', async () => {
    const old = await ports.lease.claim(TASK, CLAIM, signal);
    await ports.ddlWriter.prepareTable(old, targetTable(), signal);
    const source = targetTable().mapping.source;
    await ports.progress.recordParts(old, source, [{ number: 1, range: { after: null, upTo: null } }], signal);
    const other = database.open();
    const takenOver = {
      ...textRows(),
      batches: (async function* () {
        yield { format: 'copy-text', bytes: Buffer.from('1\tone\n'), rows: 1 } as const;
        await other.lease.claim(TASK, { ...OTHER_CLAIM, isDead: () => true }, signal);
        yield { format: 'copy-text', bytes: Buffer.from('2\ttwo\n'), rows: 1 } as const;
      })(),
    };
    const loading = ports.loader.loadPart(old, partLoad(takenOver), () => undefined, signal);
    await expect(loading).rejects.toMatchObject({ code: 'TASK_FENCED' });
    await expect(ports.ddlWriter.finishTable(old, targetTable(), signal)).rejects.toThrow();
    await expect(ports.progress.recordError(old, source, null, signal)).rejects.toMatchObject({ code: 'TASK_FENCED' });
    const { rows } = await database.admin.query('SELECT count(*)::int AS rows FROM public.orders');
    expect(rows).toEqual([{ rows: 0 }]);
    const progress = await other.progress.read(TASK, signal);
    expect(progress?.tables[0]?.parts.map(({ isDone }) => isDone)).toEqual([false]);
  });

  it('waits for a commit of the old epoch that passed the fence already', async () => {
    const fence = await ports.lease.claim(TASK, CLAIM, signal);
    const connection = await ports.connections.acquire(signal);
    await connection.query('BEGIN');
    await checkFence(connection, fence);
    const claiming = database.open().lease.claim(TASK, { ...OTHER_CLAIM, isDead: () => true }, signal);
    await waitForLockWait(database);
    await connection.query('COMMIT');
    ports.connections.release(connection);
    expect((await claiming).epoch).toBe(fence.epoch + 1);
  });

  it('lets parts pass the fence side by side', async () => {
    const fence = await ports.lease.claim(TASK, CLAIM, signal);
    const [one, two] = [await ports.connections.acquire(signal), await ports.connections.acquire(signal)];
    for (const connection of [one, two]) {
      await connection.query(`BEGIN; SET LOCAL lock_timeout TO '10s'`);
      await checkFence(connection, fence);
    }
    for (const connection of [one, two]) {
      await connection.query('COMMIT');
      ports.connections.release(connection);
    }
  });

  it('lets two first claims at once through one after the other', async () => {
    const tasks = ['a', 'b', 'c'].map((task) => ({ ...TASK, task }));
    const fences = await Promise.all(tasks.map(async (task) => database.open().lease.claim(task, CLAIM, signal)));
    expect(fences.map(({ epoch }) => epoch)).toEqual([1, 1, 1]);
  });

  it('refuses control tables of another version and a schema of somebody else', async () => {
    await ports.lease.claim(TASK, CLAIM, signal);
    await database.admin.query('UPDATE dmsctl.control_version SET version = 99');
    const newer = { code: 'PG_CONTROL_TABLES_OTHER_VERSION' };
    await expect(ports.progress.read(TASK, signal)).rejects.toMatchObject(newer);
    await expect(ports.lease.claim(TASK, CLAIM, signal)).rejects.toMatchObject(newer);
    await database.admin.query('DROP TABLE dmsctl.control_version');
    await expect(ports.lease.claim(TASK, CLAIM, signal)).rejects.toMatchObject({ code: 'PG_CONTROL_SCHEMA_TAKEN' });
  });

  it('keeps bounds and boundaries as they are', async () => {
    const fence = await ports.lease.claim(TASK, CLAIM, signal);
    await ports.ddlWriter.prepareTable(fence, targetTable(), signal);
    const { source } = targetTable().mapping;
    const awkward = ['a,"b"\\{}', '', 'NULL', "ü'😀"];
    const parts = [
      { number: 1, range: { after: null, upTo: awkward } },
      { number: 2, range: { after: awkward, upTo: null } },
    ];
    const recorded = await ports.progress.recordParts(fence, source, parts, signal);
    expect(recorded.map(({ part }) => part)).toEqual(parts);
    const other = await ports.progress.recordParts(fence, source, parts.slice(0, 1), signal);
    expect(other.map(({ part }) => part)).toEqual(parts);
    const part = parts[0] ?? { number: 0, range: { after: null, upTo: null } };
    await ports.loader.loadPart(fence, partLoad(textRows('1\tone\n'), { part }), () => undefined, signal);
    const table = (await ports.progress.read(TASK, signal))?.tables[0];
    expect(table?.phase).toBe('loading');
    expect(table?.parts[0]).toMatchObject({ part, isDone: true, boundary: BOUNDARY, rows: 1, bytes: 6 });
    expect(table?.policyCounts.zeroDate).toBe(2);
  });
});

async function waitForLockWait({ admin, endpoint }: TargetDatabase): Promise<void> {
  for (;;) {
    const { rowCount } = await admin.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock'`,
      [endpoint.database],
    );
    if (rowCount === 1) return;
  }
}
