import { expect } from 'vitest';
import { createDatabase } from '../../servers/create-database.js';
import { sharedServer } from '../../servers/describe-with-server.js';
import type { ServerAddress } from '../../servers/test-server.js';
import { moveTables, outcomeOf } from '../../support/type-run.js';
import { createLibrary } from './create-library.js';
import { digestLibrary } from './digest-library.js';
import { libraryRows } from './rows.js';

/** Moves the library from this server into PostgreSQL and compares both sides by counts and hashes. */
export async function expectLibraryMoved(server: ServerAddress): Promise<void> {
  await using source = await createDatabase(server);
  await using target = await createDatabase(sharedServer('postgres'));
  await createLibrary(source);
  const schema = server.name === 'postgres' ? 'public' : source.name;
  const before = await digestLibrary(source, schema);
  for (const [table, rows] of Object.entries(libraryRows())) expect(before[table]).toContain(`${rows.length} rows`);

  const move = await moveTables(source, target, { library: { include: [`${schema}.*`] } });
  expect(outcomeOf(move)).toEqual({ exitCodes: [0, 0], failures: [] });
  expect(await digestLibrary(target, schema)).toEqual(before);
}
