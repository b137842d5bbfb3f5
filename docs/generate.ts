/** Writes docs/reference/: `npm run docs`. A unit test fails while a page is not what this would write. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { referencePages } from './generator/reference-pages.js';

const FOLDER = join(import.meta.dirname, 'reference');

await mkdir(FOLDER, { recursive: true });
for (const [name, text] of await referencePages()) await writeFile(join(FOLDER, name), text);
