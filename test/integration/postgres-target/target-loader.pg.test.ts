import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { TargetTable } from '../../../src/engines/ports.js';
import { retryPolicy } from '../../../src/errors/retry-policy.js';
import { DmsctlError } from '../../../src/errors/dmsctl-error.js';
import { WHOLE_TABLE } from '../../../src/model/load-part.js';
import type { Fence } from '../../../src/model/task-progress.js';
import { describeWithServer } from '../../servers/describe-with-server.js';
import {
  CLAIM,
  column,
  partLoad,
  rowsOf,
  TASK,
  tableMapping,
  targetTable,
  textRows,
  TWO_PARTS,
} from './load-fixtures.js';
import { createTargetDatabase, type TargetDatabase, type TargetPorts } from './target-database.js';

const { signal } = new AbortController();
const ignore = (): undefined => undefined;

describeWithServer('postgres', 'target loader', (server) => {
  let database: TargetDatabase;
  let ports: TargetPorts;
  let fence: Fence;

  beforeAll(async () => {
    database = await createTargetDatabase(server);
    ports = database.open();
  });
  afterAll(async () => database.dispose());
  beforeEach(async () => {
    await database.admin.query('DROP SCHEMA IF EXISTS dmsctl CASCADE; DROP TABLE IF EXISTS public.orders');
    fence = await ports.lease.claim(TASK, CLAIM, signal);
  });

  async function begin(table: TargetTable = targetTable(), parts = [WHOLE_TABLE]): Promise<void> {
    await ports.ddlWriter.prepareTable(fence, table, signal);
    await ports.progress.recordParts(fence, table.mapping.source, parts, signal);
  }

  async function dump(): Promise<unknown[]> {
    return (await database.admin.query<object>('SELECT * FROM public.orders ORDER BY 1')).rows;
  }

  it('loads text in any number of batches and tells what it wrote', async () => {
    await begin();
    const told: number[][] = [];
    const rows = textRows('1\tone\n2\t\\N\n', '3\ttab\\tand\\\\\n');
    const loaded = await ports.loader.loadPart(fence, partLoad(rows), (...figures) => told.push(figures), signal);
    expect(await dump()).toEqual([
      { id: 1, note: 'one' },
      { id: 2, note: null },
      { id: 3, note: 'tab\tand\\' },
    ]);
    expect(told).toEqual([
      [2, 11],
      [1, 13],
    ]);
    expect(loaded).toMatchObject({ part: WHOLE_TABLE, rows: 3, bytes: 24 });
  });

  it('loads an empty part', async () => {
    await begin();
    expect(await ports.loader.loadPart(fence, partLoad(textRows()), ignore, signal)).toMatchObject({
      rows: 0,
      bytes: 0,
    });
    expect((await ports.progress.read(TASK, signal))?.tables[0]?.parts[0]?.isDone).toBe(true);
  });

  it('loads binary tuples between a header and a trailer of its own', async () => {
    await begin();
    const tuple = Buffer.from('0002000000040000000700000003787978', 'hex');
    const rows = rowsOf([{ format: 'copy-binary', bytes: Buffer.concat([tuple, tuple]), rows: 2 }]);
    await ports.loader.loadPart(fence, partLoad(rows, { format: 'copy-binary' }), ignore, signal);
    expect(await dump()).toEqual([
      { id: 7, note: 'xyx' },
      { id: 7, note: 'xyx' },
    ]);
  });

  it('loads a table without columns', async () => {
    const table = targetTable({ mapping: tableMapping({ columns: [], key: null }) });
    await begin(table);
    await ports.loader.loadPart(fence, partLoad(textRows('\n\n\n'), { table }), ignore, signal);
    const { rows } = await database.admin.query('SELECT count(*)::int AS rows FROM public.orders');
    expect(rows).toEqual([{ rows: 3 }]);
  });

  it('keeps one part when the next fails, names table, column and row, and no value', async () => {
    await begin(targetTable(), [...TWO_PARTS]);
    const [first, second] = [TWO_PARTS[0] ?? WHOLE_TABLE, TWO_PARTS[1] ?? WHOLE_TABLE];
    await ports.loader.loadPart(fence, partLoad(textRows('1\tone\n'), { part: first }), ignore, signal);
    const broken = textRows('11\televen\n', 'canary-4711\ttwelve\n', ...Array.from({ length: 2000 }, () => '13\tx\n'));
    const failure = await rejection(ports.loader.loadPart(fence, partLoad(broken, { part: second }), ignore, signal));
    expect(failure.code).toBe('PG_INVALID_VALUE');
    expect(failure.message).toMatch(/public\.orders/);
    expect(failure.message).toMatch(/column id/);
    expect(failure.message + failure.fix).not.toMatch(/4711/);
    expect(await dump()).toEqual([{ id: 1, note: 'one' }]);
    await ports.loader.loadPart(fence, partLoad(textRows('11\televen\n'), { part: second }), ignore, signal);
    expect(await dump()).toHaveLength(2);
  });

  it('rolls back when the source fails, and uses the connection again', async () => {
    await begin();
    const failing = async function* () {
      yield { format: 'copy-text', bytes: Buffer.from('1\tone\n'), rows: 1 } as const;
      await Promise.resolve();
      throw new DmsctlError('PG_SNAPSHOT_LOST', { detail: 'the source is gone', fix: 'Wait.' });
    };
    const failure = await rejection(ports.loader.loadPart(fence, partLoad(rowsOf(failing())), ignore, signal));
    expect(failure.code).toBe('PG_SNAPSHOT_LOST');
    const { rows } = await database.admin.query(
      `SELECT pid FROM pg_stat_activity WHERE state LIKE 'idle in transaction%' AND datname = current_database()`,
    );
    expect(rows).toEqual([]);
    await ports.loader.loadPart(fence, partLoad(textRows('1\tone\n')), ignore, signal);
    expect(await dump()).toHaveLength(1);
  });

  it('does not load a part a second time', async () => {
    await begin();
    await ports.loader.loadPart(fence, partLoad(textRows('1\tone\n')), ignore, signal);
    const failure = await rejection(ports.loader.loadPart(fence, partLoad(textRows('1\tone\n')), ignore, signal));
    expect(failure.code).toBe('PG_PART_COMMITTED_BEFORE');
    expect(retryPolicy(failure.code)).toBe('backoff');
    expect(await dump()).toHaveLength(1);
  });

  it('notices rows that something on the table swallows', async () => {
    await begin();
    await database.admin.query(`
      CREATE OR REPLACE FUNCTION public.swallow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
      CREATE TRIGGER swallow BEFORE INSERT ON public.orders FOR EACH ROW EXECUTE FUNCTION public.swallow();
      ALTER TABLE public.orders ENABLE ALWAYS TRIGGER swallow`);
    const failure = await rejection(ports.loader.loadPart(fence, partLoad(textRows('1\tone\n')), ignore, signal));
    expect(failure.code).toBe('PG_ROWS_MISSING');
  });

  it('asks for another try when the session is killed in the middle', async () => {
    await begin();
    const killed = async function* () {
      for (let id = 1; id < 50_000; id += 1) {
        yield { format: 'copy-text', bytes: Buffer.from(`${id}\t${'x'.repeat(1000)}\n`), rows: 1 } as const;
        if (id === 100) {
          await database.admin.query(
            `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY%'`,
          );
        }
      }
    };
    const failure = await rejection(ports.loader.loadPart(fence, partLoad(rowsOf(killed())), ignore, signal));
    expect(retryPolicy(failure.code)).toBe('backoff');
    expect(await dump()).toEqual([]);
  });

  it('ends with the reason of an abort, and leaves nothing', async () => {
    await begin();
    const controller = new AbortController();
    const reason = new Error('stopped');
    const aborted = async function* () {
      yield { format: 'copy-text', bytes: Buffer.from('1\tone\n'), rows: 1 } as const;
      await Promise.resolve();
      controller.abort(reason);
      yield { format: 'copy-text', bytes: Buffer.from('2\ttwo\n'), rows: 1 } as const;
    };
    const loading = ports.loader.loadPart(fence, partLoad(rowsOf(aborted())), ignore, controller.signal);
    await expect(loading).rejects.toBe(reason);
    expect(await dump()).toEqual([]);
  });

  it('takes binary rows only for equal types without user types', () => {
    const other = tableMapping({ columns: [column('id', 'integer'), column('note', 'text', { isSameType: false })] });
    const withType = tableMapping({
      userTypes: [{ schema: 'public', name: 'mood', kind: 'enum', definition: `AS ENUM ('sad')` }],
    });
    expect(ports.loader.formats(targetTable())).toEqual(['copy-binary', 'copy-text']);
    expect(ports.loader.formats(targetTable({ mapping: other }))).toEqual(['copy-text']);
    expect(ports.loader.formats(targetTable({ mapping: withType }))).toEqual(['copy-text']);
  });
});

async function rejection(promise: Promise<unknown>): Promise<DmsctlError> {
  const caught: unknown = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (caught instanceof DmsctlError) return caught;
  throw new Error('expected a DmsctlError', { cause: caught });
}
