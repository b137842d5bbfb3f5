import { cliPage } from './cli-page.js';
import { errorsPage } from './errors-page.js';
import { specPage } from './spec-page.js';
import { typesPage } from './types-page.js';

/** Every generated page: file name in docs/reference → text. */
export async function referencePages(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['cli.md', await cliPage()],
    ['errors.md', errorsPage()],
    ['spec.md', specPage()],
    ['types.md', typesPage()],
  ]);
}
