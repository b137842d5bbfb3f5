/** The type test of a MySQL or MariaDB source: one run of the program moves all edge values, another meets the policies. */
import { beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../../../servers/create-database.js';
import { describeUnlessMissing, describeWithServer, sharedServer } from '../../../servers/describe-with-server.js';
import { startPostgres } from '../../../servers/postgres.js';
import type { ServerAddress } from '../../../servers/test-server.js';
import { connectTo } from '../../../servers/text-connection.js';
import { moveTables, outcomeOf, planOf, tableOutcomes, type Move } from '../../type-run.js';
import { describeFamilies, describeLeftOut, describeTables, prepareReader } from '../suite.js';
import type { LeftOutCase, TableCase } from '../table-case.js';
import { createFamilies, type TypeFamily } from '../type-case.js';
import { BYTES } from './bytes.js';
import { geometryAsBytes, geometryAsPostgis } from './geometry.js';
import { NUMBERS } from './numbers.js';
import { AS_DATE, AS_NULL, REFUSED, type RefusedValue } from './policies.js';
import { missingPostgis, POSTGIS_MAJOR } from './postgis.js';
import { TABLES, VIEW } from './tables.js';
import { TEXTS } from './texts.js';
import { TIMES } from './times.js';

export interface Dialect {
  readonly engine: 'mysql' | 'mariadb';
  /** Longitude 20, latitude 10 in SRID 4326, where the two servers take the axes in different order. */
  readonly placeWkt: string;
  readonly families: readonly TypeFamily[];
  readonly tables: readonly TableCase[];
  readonly refused: readonly RefusedValue[];
  readonly leftOut: readonly LeftOutCase[];
}

/** Inserting 32 MiB needs more than MariaDB takes by default; reading them must not. */
const LARGE_PACKET_BYTES = 128 * 1024 * 1024;
const MOVE_TIMEOUT_MS = 180_000;

export function describeMysqlTypes(dialect: Dialect): void {
  describeWithServer(dialect.engine, `types of ${dialect.engine}`, (server) => {
    describe('edge values', () => {
      describeEdgeValues(dialect, server);
    });
    describe('policies', () => {
      describePolicies(dialect, server);
    });
    it('refuses names in the plan that PostgreSQL would cut or refuse', () => expectNamesRefused(server));
    describeUnlessMissing(missingPostgis(), 'geometries in PostGIS', () => {
      describePostgis(dialect, server);
    });
  });
}

function describeEdgeValues(dialect: Dialect, server: ServerAddress): void {
  const families = [...NUMBERS, ...TIMES, ...TEXTS, ...BYTES, geometryAsBytes(dialect.placeWkt), ...dialect.families];
  const tables = [...TABLES, ...dialect.tables];
  const leftOut = [VIEW, ...dialect.leftOut];
  let target: TestDatabase;
  let move: Move;
  beforeAll(async () => {
    const source = await createWithLargeValues(server, async (database) => {
      await createFamilies(database, families, '`');
      for (const { statements } of tables) for (const statement of statements) await database.query(statement);
      for (const { statement } of leftOut) await database.query(statement);
    });
    target = await createDatabase(sharedServer('postgres'));
    move = await moveTables(source, target, { types: { include: [`${source.name}.*`] } });
    await prepareReader(target, source.name);
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
  describeLeftOut(leftOut, () => move);
}

function describePolicies(dialect: Dialect, server: ServerAddress): void {
  const refused = [...REFUSED, ...dialect.refused];
  let source: TestDatabase;
  let target: TestDatabase;
  let move: Move;
  beforeAll(async () => {
    source = await createDatabase(server);
    target = await createDatabase(sharedServer('postgres'));
    await createFamilies(source, [AS_NULL, AS_DATE], '`');
    for (const { table, type, value } of refused) {
      await source.query(`CREATE TABLE ${table} (id int PRIMARY KEY, fine int, culprit ${type})`);
      await source.query(`INSERT INTO ${table} VALUES (1, 1, NULL), (2, 2, ${value})`);
    }
    const named = (table: string) => `${source.name}.${table}`;
    move = await moveTables(source, target, {
      strict: { include: refused.map(({ table }) => named(table)) },
      nulls: { include: [named(AS_NULL.table)], policies: { zeroDate: 'null', nulCharacter: 'strip' } },
      dates: { include: [named(AS_DATE.table)], policies: { zeroDate: '1970-01-01', nulCharacter: '\u2400' } },
    });
    await prepareReader(target, source.name);
    return async () => {
      await source.drop();
      await target.drop();
    };
  }, MOVE_TIMEOUT_MS);

  it('says that tables are missing', () => {
    expect(move.apply.exitCode).toBe(4);
  });
  it.each(refused)('refuses $value in $type, and names table and column', ({ table, code }) => {
    const outcome = tableOutcomes(move.apply).find((found) => found.table === `${source.name}.${table}`);
    expect(outcome).toMatchObject({ outcome: 'failed', error: { code } });
    expect(outcome?.error?.detail).toContain(`${source.name}.${table}`);
    expect(outcome?.error?.detail).toContain('culprit');
  });
  it('counts what the policies changed', () => {
    const counts = [AS_NULL.table, AS_DATE.table].map(
      (table) => tableOutcomes(move.apply).find((found) => found.table === `${source.name}.${table}`)?.policyCounts,
    );
    const expected = { zeroDate: 6, nulCharacter: 2, invalidText: 0 };
    expect(counts).toEqual([expected, expected]);
  });
  describeFamilies([AS_NULL, AS_DATE], () => target);
}

async function expectNamesRefused(server: ServerAddress): Promise<void> {
  await using source = await createDatabase(server);
  await using target = await createDatabase(sharedServer('postgres'));
  await source.query(`CREATE TABLE ${'t'.repeat(64)} (id int PRIMARY KEY)`);
  await source.query(`CREATE TABLE long_column (id int PRIMARY KEY, \`${'é'.repeat(32)}\` int)`);
  await source.query('CREATE TABLE system_column (id int PRIMARY KEY, ctid int)');
  await source.query('CREATE TABLE fine (id int PRIMARY KEY)');
  const move = await moveTables(source, target, { types: { include: [`${source.name}.*`] } });
  const { findings } = planOf(move);
  expect(findings.map(({ check, object }) => `${check} ${object}`).toSorted()).toEqual([
    `plan.name-reserved ${source.name}.system_column`,
    `plan.name-too-long ${source.name}.long_column`,
    `plan.name-too-long ${source.name}.${'t'.repeat(64)}`,
  ]);
  expect(move.apply.exitCode).toBe(77);
  const made = await target.query(`SELECT nspname FROM pg_namespace WHERE nspname IN ($1, 'dmsctl')`, [source.name]);
  expect(made).toEqual([]);
}

function describePostgis({ placeWkt }: Dialect, server: ServerAddress): void {
  const family = geometryAsPostgis(placeWkt);
  let target: TestDatabase;
  let move: Move;
  beforeAll(async () => {
    const postgis = await startPostgres({ systemMajor: POSTGIS_MAJOR });
    target = await createDatabase(postgis);
    await target.query('CREATE EXTENSION postgis');
    const source = await createDatabase(server);
    await createFamilies(source, [family], '`');
    move = await moveTables(source, target, { types: { include: [`${source.name}.*`] } });
    await prepareReader(target, source.name);
    return async () => {
      await source.drop();
      await target.drop();
      await postgis.stop();
    };
  }, MOVE_TIMEOUT_MS);

  it('ends green', () => {
    expect(outcomeOf(move)).toEqual({ exitCodes: [0, 0], failures: [] });
  });
  describeFamilies([family], () => target);
}

async function createWithLargeValues(
  server: ServerAddress,
  fill: (database: TestDatabase) => Promise<void>,
): Promise<TestDatabase> {
  const administrator = await connectTo(server, null);
  const [before] = await administrator.query('SELECT @@GLOBAL.max_allowed_packet AS bytes');
  await administrator.query(`SET GLOBAL max_allowed_packet = ${LARGE_PACKET_BYTES}`);
  try {
    const database = await createDatabase(server);
    await fill(database);
    return database;
  } finally {
    await administrator.query(`SET GLOBAL max_allowed_packet = ${before?.bytes ?? ''}`);
    await administrator.close();
  }
}
