import { defineConfig } from 'vitest/config';

/** Fast tests: no network, clock or disk. Part of `npm run check`. */
export default defineConfig({
  test: { root: '.', include: ['test/unit/**/*.test.ts'], passWithNoTests: false },
});
