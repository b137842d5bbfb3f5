/** `npm run chaos -- --seed N --kills 50 --sources mariadb,postgres,mysql`: the long form of these tests. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { seed: { type: 'string' }, kills: { type: 'string', default: '50' }, sources: { type: 'string' } },
});

const root = join(import.meta.dirname, '..', '..');
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', '--config', 'test/vitest.config.ts', '--reporter', 'verbose', 'test/chaos/'],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      DMSCTL_CHAOS_KILLS: values.kills,
      ...(values.seed !== undefined && { DMSCTL_TEST_SEED: values.seed }),
      ...(values.sources !== undefined && { DMSCTL_CHAOS_SOURCES: values.sources }),
    },
  },
);
process.exitCode = status ?? 1;
