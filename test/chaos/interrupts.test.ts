import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedServer } from '../servers/describe-with-server.js';
import { startPostgres } from '../servers/postgres.js';
import type { TestServer } from '../servers/test-server.js';
import { expectCompleted, expectExit } from './expect-loaded.js';
import { holdNotes } from './hold-notes.js';
import { APPLY, type ChaosSource, createSource, createWorld, readOwnObjects } from './world.js';

describe('a load that is asked to stop', () => {
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

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s ends what is under way, says what is left, and goes on later',
    async (signal) => {
      await using world = await createWorld({ source, target, isSuperuser: false });
      const notes = await holdNotes(world);
      const running = world.start(APPLY);
      await notes.reached();
      running.kill(signal);
      await running.said(/Stopping/);
      await notes.release();
      const stopped = await running.result;
      expectExit(stopped, 0);
      expect(stopped.stdout).toMatch(/Not finished: .*notes/);
      expect(stopped.stdout).toContain('Run dmsctl apply again');
      expect(await readOwnObjects(world.target, source.schema)).toEqual(world.ownObjectsBefore);
      const status = await world.run(['status', '--json']);
      expect(JSON.parse(status.stdout)).toMatchObject({ tasks: [{ condition: 'stopped' }] });
      await expectCompleted(world, await world.run(APPLY));
    },
  );

  it.each(['SIGINT', 'SIGTERM'] as const)('by %s twice ends at once, and goes on later', async (signal) => {
    await using world = await createWorld({ source, target, isSuperuser: true });
    const notes = await holdNotes(world);
    const running = world.start(APPLY);
    await notes.reached();
    running.kill(signal);
    await running.said(/Stopping/);
    running.kill(signal);
    expectExit(await running.result, 130);
    await notes.release();
    await expectCompleted(world, await world.run(APPLY));
  });
});
