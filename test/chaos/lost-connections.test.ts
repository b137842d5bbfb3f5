import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedServer } from '../servers/describe-with-server.js';
import { startPostgres } from '../servers/postgres.js';
import type { TestServer } from '../servers/test-server.js';
import { startLossyProxy } from '../support/lossy-proxy.js';
import { expectCompleted, expectEqualSides, expectExit } from './expect-loaded.js';
import { holdNotes } from './hold-notes.js';
import { APPLY, type ChaosSource, createSource, createWorld } from './world.js';

describe('a load whose connections are lost', () => {
  let source: ChaosSource;
  let target: TestServer;

  beforeAll(async () => {
    target = await startPostgres();
    source = await createSource(sharedServer('postgres'));
  });
  afterAll(async () => {
    await source[Symbol.asyncDispose]();
    await target.stop();
  });

  it('goes on by itself when the backends that write its rows are terminated', async () => {
    await using world = await createWorld({ source, target, isSuperuser: true });
    const notes = await holdNotes(world);
    const running = world.start(APPLY);
    await notes.reached();
    const ended = await world.target.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name LIKE 'dmsctl%' AND datname = current_database() AND query LIKE 'COPY%'`,
    );
    expect(ended.length).toBeGreaterThan(0);
    await running.said(/waiting .* while loading .*notes, part/);
    await notes.release();
    await expectCompleted(world, await running.result);
  });

  it.each([
    ['parts', /COPY /],
    ['finished tables', /^ANALYZE/m],
    ['prepared tables', /INSERT INTO dmsctl\.table_state/],
    ['recorded parts', /INSERT INTO dmsctl\.chunk/],
    ['restored objects', /SET restore_sql/],
  ])('neither loses nor doubles a row when answers to COMMIT are lost: of %s', async (_of, statement) => {
    let transactions = 0;
    await using proxy = await startLossyProxy(target, (transaction) => {
      if (!statement.test(transaction)) return false;
      transactions += 1;
      // Every other one: what is repeated must come through.
      return transactions % 2 === 1;
    });
    await using world = await createWorld({ source, target, isSuperuser: true, targetPort: proxy.port });
    const result = await world.run(APPLY);
    expect(proxy.lostAnswers()).toBeGreaterThan(0);
    await expectCompleted(world, result);
  });
});

describe('a load whose server goes away', () => {
  let stable: TestServer;
  let unstable: TestServer;

  beforeAll(async () => {
    [stable, unstable] = await Promise.all([startPostgres(), startPostgres()]);
  });
  afterAll(async () => Promise.all([stable.stop(), unstable.stop()]));

  it('waits for the target, says so, and completes', async () => {
    await using source = await createSource(stable);
    await using world = await createWorld({ source, target: unstable, isSuperuser: true });
    const notes = await holdNotes(world);
    const running = world.start(APPLY);
    await notes.reached();
    await unstable.crash();
    await running.said(/waiting .* while /);
    await unstable.restart();
    const result = await running.result;
    await world.target.reconnect();
    await expectCompleted(world, result);
  });

  it('waits for the source, says so, and completes', async () => {
    await using source = await createSource(unstable);
    await using world = await createWorld({ source, target: stable, isSuperuser: true, tables: 1 });
    const notes = await holdNotes(world);
    const running = world.start(APPLY);
    await notes.reached();
    await unstable.crash();
    await notes.release();
    await running.said(/waiting .* while loading/);
    await unstable.restart();
    const result = await running.result;
    await source.database.reconnect();
    expect(result.stdout).toContain('different moments');
    await expectCompleted(world, result);
  });

  it('does not wait once it is asked to stop', async () => {
    await using source = await createSource(unstable);
    await using world = await createWorld({ source, target: stable, isSuperuser: true, tables: 1 });
    const notes = await holdNotes(world);
    const running = world.start(APPLY);
    await notes.reached();
    await unstable.crash();
    await notes.release();
    await running.said(/waiting .* while loading/);
    running.kill('SIGINT');
    const stopped = await running.result;
    expectExit(stopped, 0);
    expect(stopped.stdout).toContain('Not finished');
    await unstable.restart();
    await source.database.reconnect();
    await expectCompleted(world, await world.run(APPLY));
    await expectEqualSides(world);
  });
});
