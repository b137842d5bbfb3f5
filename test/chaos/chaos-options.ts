import type { ServerName } from '../servers/test-server.js';

/** Each moves into PostgreSQL. */
const SOURCES: readonly ServerName[] = ['mariadb', 'postgres', 'mysql'];

/** Set by `npm run chaos`; without them a run is short enough for `npm test`. */
export const chaosOptions = {
  seed: Number(process.env.DMSCTL_TEST_SEED ?? 1),
  isLong: process.env.DMSCTL_CHAOS_KILLS !== undefined,
  /** Kills at random instants, for each source. */
  kills: Number(process.env.DMSCTL_CHAOS_KILLS ?? 1),
  sources: SOURCES.filter((name) => (process.env.DMSCTL_CHAOS_SOURCES ?? SOURCES.join(',')).split(',').includes(name)),
};

/** Numbers from 0 to below 1, the same for the same seed. https://en.wikipedia.org/wiki/Linear_congruential_generator */
export function randomNumbers(seed: number): () => number {
  let state = BigInt(seed);
  return () => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffff_ffff_ffff_ffffn;
    return Number(state >> 32n) / 2 ** 32;
  };
}
