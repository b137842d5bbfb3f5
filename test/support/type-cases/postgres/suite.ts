/** The type test of a PostgreSQL source: one run of the program moves all edge values. */
import { expect, it, beforeAll, describe } from 'vitest';
import { createDatabase, type TestDatabase } from '../../../servers/create-database.js';
import type { ServerAddress } from '../../../servers/test-server.js';
import { moveTables, outcomeOf, planOf, type Move } from '../../type-run.js';
import { describeFamilies, describeLeftOut, describeTables, prepareReader } from '../suite.js';
import type { TableCase } from '../table-case.js';
import { createFamilies, type TypeFamily } from '../type-case.js';
import { NUMBERS } from './numbers.js';
import { STRUCTURES } from './structures.js';
import { LEFT_OUT, TABLES } from './tables.js';
import { TEXTS } from './texts.js';
import { TIMES } from './times.js';
import { EXTENSION_TYPES, EXTENSIONS, USER_TYPES } from './user-types.js';

export interface PostgresMove {
  readonly source: () => ServerAddress;
  readonly target: () => ServerAddress;
  /** Beyond what every version has. */
  readonly moreFamilies: readonly TypeFamily[];
  readonly moreTables: readonly TableCase[];
}

const MOVE_TIMEOUT_MS = 180_000;

export const FAMILIES: readonly TypeFamily[] = [
  ...NUMBERS,
  ...TEXTS,
  ...TIMES,
  ...STRUCTURES,
  USER_TYPES,
  EXTENSION_TYPES,
];

export function describePostgresTypes(servers: PostgresMove): void {
  const families = [...FAMILIES, ...servers.moreFamilies];
  const tables = [...TABLES, ...servers.moreTables];
  let source: TestDatabase;
  let target: TestDatabase;
  let move: Move;
  beforeAll(async () => {
    source = await createDatabase(servers.source());
    target = await createDatabase(servers.target());
    for (const database of [source, target]) await installExtensions(database);
    await fill(source, families, tables);
    move = await moveTables(source, target, { types: { include: ['public.*'] } });
    await prepareReader(target, 'public');
    return async () => {
      await source.drop();
      await target.drop();
    };
  }, MOVE_TIMEOUT_MS);

  it('ends green', () => {
    expect(outcomeOf(move)).toEqual({ exitCodes: [0, 0], failures: [] });
  });
  describeFamilies(families, () => target);
  describe('tables', () => {
    describeTables(tables, () => target);
  });
  describeLeftOut(LEFT_OUT, () => move);
  it('notes in the plan which generated columns become plain ones', () => {
    const noted = planOf(move).tasks[0]?.tables.filter(({ notes }) => notes.some((note) => note.includes('generated')));
    expect(noted?.map((table) => table.source.table)).toEqual(['computed', 'computed_by_user', 'only_computed']);
  });
}

async function installExtensions(database: TestDatabase): Promise<void> {
  for (const extension of EXTENSIONS) await database.query(`CREATE EXTENSION ${extension}`);
}

async function fill(
  source: TestDatabase,
  families: readonly TypeFamily[],
  tables: readonly TableCase[],
): Promise<void> {
  await source.query(`SET lc_monetary TO 'C'`);
  await createFamilies(source, families, '"');
  for (const { statements } of tables) for (const statement of statements) await source.query(statement);
  await source.query('CREATE EXTENSION postgres_fdw');
  await source.query('CREATE SERVER elsewhere FOREIGN DATA WRAPPER postgres_fdw');
  for (const { statement } of LEFT_OUT) await source.query(statement);
}
