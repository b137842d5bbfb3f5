import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { describeUnlessMissing, sharedServer } from '../../servers/describe-with-server.js';
import { missingSystemPostgres, startPostgres } from '../../servers/postgres.js';
import type { TestServer } from '../../servers/test-server.js';
import {
  BINARY_FAMILIES_AS_TEXT,
  BINARY_TABLES,
  tablesReadInBinary,
} from '../../support/type-cases/postgres/formats.js';
import { describePostgresTypes, FAMILIES } from '../../support/type-cases/postgres/suite.js';

const OLD_MAJOR = 15;

describeUnlessMissing(missingSystemPostgres(OLD_MAJOR), 'types of PostgreSQL 15 in a newer one', () => {
  let old: TestServer;
  beforeAll(async () => {
    old = await startPostgres({ systemMajor: OLD_MAJOR, settings: { log_statement: 'all' } });
    return () => old.stop();
  });

  describePostgresTypes({
    source: () => old,
    target: () => sharedServer('postgres'),
    moreFamilies: BINARY_FAMILIES_AS_TEXT,
    moreTables: [],
  });

  it('reads rows in binary form where both versions have the same, and as text elsewhere', async () => {
    const families = new Set([...FAMILIES, ...BINARY_FAMILIES_AS_TEXT].map(({ table }) => table));
    const binary = tablesReadInBinary(await readFile(join(old.folder, 'postgres.log'), 'utf8'));
    expect(binary.filter((table) => families.has(table))).toEqual(BINARY_TABLES);
  });
});
