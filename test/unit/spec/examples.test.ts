import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { loadSpec } from '../../../src/spec/load-spec.js';

const FOLDER = new URL('../../../examples/', import.meta.url);

/** For every example; the MariaDB one is written with single keys. */
const ENV = {
  SOURCE_HOST: 'old.internal',
  SOURCE_USER: 'reader',
  SOURCE_PASSWORD: 'a',
  TARGET_HOST: 'new.internal',
  TARGET_USER: 'writer',
  TARGET_PASSWORD: 'b',
  TARGET_URL: 'postgres://writer:b@new.internal/shop',
};

const EXAMPLES = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

it('there are examples', () => {
  expect(EXAMPLES).toEqual(
    expect.arrayContaining(['mariadb-to-postgres', 'mysql-to-postgres', 'postgres-to-postgres']),
  );
});

it.each(EXAMPLES)('examples/%s loads from disk', async (name) => {
  const scheme = name.split('-to-')[0] ?? '';
  const env = { ...ENV, SOURCE_URL: `${scheme}://reader:a@old.internal/shop` };
  const spec = await loadSpec({ cwd: fileURLToPath(new URL(name, FOLDER)), env });
  expect(spec.endpoints[0]).toMatchObject({ engine: scheme, host: 'old.internal', user: 'reader' });
  expect(spec.tasks).toHaveLength(1);
});

it('a folder in place of a file is refused', async () => {
  await expect(loadSpec({ file: '.', cwd: fileURLToPath(FOLDER), env: {} })).rejects.toMatchObject({
    code: 'SPEC_UNREADABLE',
  });
});
