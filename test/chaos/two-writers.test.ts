import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedServer } from '../servers/describe-with-server.js';
import { startPostgres } from '../servers/postgres.js';
import type { TestServer } from '../servers/test-server.js';
import { expectCompleted, expectExit } from './expect-loaded.js';
import { holdNotes } from './hold-notes.js';
import { APPLY, type ChaosSource, createSource, createWorld } from './world.js';

/** What a holder on another machine looks like to this one: nobody can tell whether it lives. */
const MOVE_HOLDER_ELSEWHERE = `UPDATE dmsctl.task SET lease_host_id = 'another machine'`;
const END_LEASE = 'UPDATE dmsctl.task SET lease_until = clock_timestamp()';

describe('two runs of one task', () => {
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

  it('the second is refused, and completes the load once the first is killed', async () => {
    await using world = await createWorld({ source, target, isSuperuser: true });
    await using elsewhere = await world.elsewhere();
    const notes = await holdNotes(world);
    const first = world.start(APPLY);
    await notes.reached();

    const sameFolder = await world.run(APPLY);
    expectExit(sameFolder, 6);
    expect(sameFolder.stderr).toContain('state unlock');
    const otherFolder = await elsewhere.run(APPLY);
    expectExit(otherFolder, 6);
    expect(otherFolder.stderr).toContain('its lease runs out in');

    first.kill('SIGKILL');
    await first.result;
    await notes.release();
    await expectCompleted(elsewhere, await elsewhere.run(APPLY));
  });

  it('of two hosts: the lease decides, however dead the first may be', async () => {
    await using world = await createWorld({ source, target, isSuperuser: true });
    const notes = await holdNotes(world);
    const first = world.start(APPLY);
    await notes.reached();
    await world.target.query(MOVE_HOLDER_ELSEWHERE);
    first.kill('SIGKILL');
    await first.result;
    await notes.release();
    await world.removeState();
    expectExit(await world.run(APPLY), 6);
    await world.target.query(END_LEASE);
    await expectCompleted(world, await world.run(APPLY));
  });

  it('a first that slept through its lease is fenced and writes nothing more', async () => {
    await using world = await createWorld({ source, target, isSuperuser: true });
    await using elsewhere = await world.elsewhere();
    const notes = await holdNotes(world);
    const first = world.start(APPLY);
    await notes.reached();
    first.kill('SIGSTOP');
    await world.target.query(END_LEASE);
    const second = elsewhere.start(APPLY);
    await second.said(/notes: (loading|resuming)/);
    await notes.release();
    first.kill('SIGCONT');
    const fenced = await first.result;
    expectExit(fenced, 6);
    expect(fenced.stderr).toContain('took this task over');
    await expectCompleted(elsewhere, await second.result);
  });
});
