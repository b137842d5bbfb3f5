import { defineConfig } from 'vitest/config';
import { enterRandomEnvironment } from './servers/random-environment.js';
import { SkipReporter } from './servers/skip-reporter.js';

const FOLDERS = ['integration', 'cli', 'property', 'chaos', 'contract'];

console.error(enterRandomEnvironment());

/** Everything that needs servers, processes or time; the unit tests have a configuration of their own. */
export default defineConfig({
  test: {
    root: '.',
    include: FOLDERS.map((folder) => `test/${folder}/**/*.test.ts`),
    globalSetup: ['test/servers/global-setup.ts'],
    setupFiles: ['test/servers/end-with-run.ts'],
    reporters: ['default', new SkipReporter()],
    // Processes of their own: a time zone cannot be set for a thread.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
