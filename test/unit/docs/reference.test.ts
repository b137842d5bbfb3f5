import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { referencePages } from '../../../docs/generator/reference-pages.js';
import { ERROR_CODES } from '../../../src/errors/error-code.js';

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'docs', 'reference');

it('docs/reference is what `npm run docs` writes', async () => {
  for (const [name, text] of await referencePages()) {
    expect(await readFile(join(FOLDER, name), 'utf8'), `docs/reference/${name} is stale`).toBe(text);
  }
});

it('every error code has its section', async () => {
  const page = (await referencePages()).get('errors.md') ?? '';
  for (const code of Object.keys(ERROR_CODES)) expect(page).toContain(`\n### ${code}\n`);
});
