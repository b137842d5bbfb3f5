import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAIL_POINTS } from '../../src/lib/fail-point.js';
import { describeWithServer } from '../servers/describe-with-server.js';
import { startPostgres } from '../servers/postgres.js';
import type { TestServer } from '../servers/test-server.js';
import { chaosOptions, randomNumbers } from './chaos-options.js';
import { expectCompleted } from './expect-loaded.js';
import { APPLY, type ChaosSource, createSource, createWorld, type World } from './world.js';

const { seed, isLong, kills, sources } = chaosOptions;
const random = randomNumbers(seed);
console.error(`Chaos: seed ${seed}, ${kills} random kills for each of ${sources.join(', ')}`);

/** The name, or `name:pass`: the state is written before and after the load, parts come and go many times. */
const LATER_PASSES = ['after-prepare:5', 'mid-chunk:9', 'before-commit:6', 'after-commit:6', 'mid-finish:4'];
const KILL_POINTS = [...FAIL_POINTS, 'before-state-write:2', ...(isLong ? LATER_PASSES : [])];

/** In a short run each point is tried with one source, which the seed chooses. */
const pointsBySource = new Map(sources.map((name) => [name, [] as string[]]));
const offset = Math.floor(random() * sources.length);
for (const [index, point] of KILL_POINTS.entries()) {
  for (const [place, name] of sources.entries()) {
    if (isLong || (index + offset) % sources.length === place) pointsBySource.get(name)?.push(point);
  }
}

/** A server of this file's own: whether a run writes to it can be told only where nobody else does. */
let target: TestServer;
beforeAll(async () => {
  target = await startPostgres();
});
afterAll(async () => target.stop());

for (const name of sources) {
  describeWithServer(name, `a load from ${name} that is killed`, (server) => {
    let source: ChaosSource;
    let undisturbedMs: number;

    beforeAll(async () => {
      source = await createSource(server);
      undisturbedMs = await measureUndisturbed();
    });
    afterAll(async () => source[Symbol.asyncDispose]());

    async function newWorld(): Promise<World> {
      return createWorld({ source, target, isSuperuser: random() < 0.5 });
    }

    async function measureUndisturbed(): Promise<number> {
      await using world = await newWorld();
      const startedMs = performance.now();
      const result = await world.run(APPLY);
      const durationMs = performance.now() - startedMs;
      await expectCompleted(world, result);
      const [large] = await world.target.query(`SELECT count(*) FROM dmsctl.chunk WHERE source_table = 'orders'`);
      expect(Number(large?.count)).toBeGreaterThanOrEqual(6);
      return durationMs;
    }

    it.each(pointsBySource.get(name) ?? [])('at %s is completed by one rerun', async (point) => {
      await using world = await newWorld();
      const killed = await world.run(APPLY, { DMSCTL_FAIL_POINT: point });
      expect(killed).toMatchObject({ signal: 'SIGKILL' });
      await expectCompleted(world, await world.run(APPLY));
    });

    it('twice in a row, and loses its state in between, is completed by one rerun', async () => {
      await using world = await newWorld();
      expect(await world.run(APPLY, { DMSCTL_FAIL_POINT: 'after-commit:4' })).toMatchObject({ signal: 'SIGKILL' });
      await world.removeState();
      expect(await world.run(APPLY, { DMSCTL_FAIL_POINT: 'before-commit:4' })).toMatchObject({ signal: 'SIGKILL' });
      await expectCompleted(world, await world.run(APPLY));
    });

    describe('at a random instant', () => {
      it.each(Array.from({ length: kills }, () => random()))(
        '(%f of its time) is completed by one rerun',
        async (at) => {
          await using world = await newWorld();
          const running = world.start(APPLY);
          await delay(at * undisturbedMs);
          running.kill('SIGKILL');
          await running.result;
          if (random() < 0.3) await world.removeState();
          await expectCompleted(world, await world.run(APPLY));
        },
      );
    });
  });
}
