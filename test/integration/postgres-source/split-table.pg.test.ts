import { expect, it } from 'vitest';
import type { SnapshotTable } from '../../../src/engines/ports.js';
import { WHOLE_TABLE } from '../../../src/model/load-part.js';
import { describeWithServer } from '../../servers/describe-with-server.js';
import { createSourceDatabase, readPart, signal, textRows } from './source-database.js';

const ROWS = 40_000;
const PARTS = 12;

/** How keys are spread: the SQL of the key columns and of their values for row n. */
const KEYS: readonly (readonly [string, string, string])[] = [
  ['even numbers', 'k bigint PRIMARY KEY', 'n'],
  ['numbers with a long tail', 'k bigint PRIMARY KEY', '(n::float8 ^ 3.5)::bigint'],
  ['numbers with a hole', 'k int PRIMARY KEY', 'CASE WHEN n < 20000 THEN n - 2000000000 ELSE n + 2000000000 END'],
  ['texts of one prefix', 'k text PRIMARY KEY', `'customer-' || n`],
  ['texts with quotes, backslashes and case', 'k text PRIMARY KEY', `chr(65 + n % 60) || '''\\' || n`],
  ['texts in the order of a language', 'k text COLLATE "en-x-icu" PRIMARY KEY', `chr(65 + n % 60) || n`],
  ['uuids', 'k uuid PRIMARY KEY', `md5(n::text)::uuid`],
  ['floats with NaN', 'k float8 PRIMARY KEY', `CASE n WHEN 7 THEN 'NaN' WHEN 8 THEN '-Infinity' ELSE sin(n) * n END`],
  ['days', 'k date PRIMARY KEY', `CASE n WHEN 7 THEN 'infinity' ELSE '2000-01-01'::date + n END`],
  ['bytes', 'k bytea PRIMARY KEY', `sha256(n::text::bytea)`],
  ['few firsts, many seconds', 'k int, l text, PRIMARY KEY (k, l)', `n % 3, 'l' || n`],
  ['enum and number', 'k mood, l positive, PRIMARY KEY (k, l)', `(ARRAY['sad', 'ok', 'a''b'])[1 + n % 3]::mood, n`],
];

describeWithServer('postgres', 'splitting a table of PostgreSQL', (server) => {
  it.each(KEYS)('covers %s without gap or overlap, in even parts', async (_name, columns, values) => {
    await using database = await createSourceDatabase(server);
    await database.query(`CREATE TYPE mood AS ENUM ('sad', 'ok', 'a''b')`);
    await database.query('CREATE DOMAIN positive AS int CHECK (value > 0)');
    await database.query(`CREATE TABLE t (n int, fill text, ${columns})`);
    await database.query(`INSERT INTO t SELECT n, repeat('x', 100), ${values} FROM generate_series(1, ${ROWS}) n`);
    const counts = await expectCovered(database, await database.table('t'));
    expect(counts.length).toBeGreaterThanOrEqual(PARTS - 1);
    expect(Math.max(...counts)).toBeLessThanOrEqual(3 * Math.min(...counts));
  });

  it('leaves a table whole whose key is of the type "char"', async () => {
    await using database = await createSourceDatabase(server);
    await database.query(`CREATE TABLE t (k "char" PRIMARY KEY, fill text)`);
    await database.query(`INSERT INTO t SELECT chr(n)::"char", repeat('x', 1000) FROM generate_series(33, 126) n`);
    expect(await expectCovered(database, await database.table('t'))).toEqual([94]);
  });

  it('covers a partitioned table', async () => {
    await using database = await createSourceDatabase(server);
    await database.query('CREATE TABLE t (n int PRIMARY KEY, fill text) PARTITION BY RANGE (n)');
    await database.query('CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (1000)');
    await database.query('CREATE TABLE t2 PARTITION OF t FOR VALUES FROM (1000) TO (1000000)');
    await database.query(`INSERT INTO t SELECT n, repeat('x', 100) FROM generate_series(1, ${ROWS}) n`);
    const counts = await expectCovered(database, await database.table('t'));
    expect(Math.max(...counts)).toBeLessThanOrEqual(3 * Math.min(...counts));
  });

  it('samples a table that is larger than its sample', async () => {
    await using database = await createSourceDatabase(server);
    await database.query('CREATE TABLE t (n int PRIMARY KEY, fill text)');
    await database.query(`INSERT INTO t SELECT n, repeat('x', 1000) FROM generate_series(1, ${ROWS}) n`);
    const table = await database.table('t');
    const bytes = table.mapping.size.estimatedBytes ?? 0;
    const counts = await expectCovered(database, table, Math.ceil(bytes / 3));
    expect(counts).toHaveLength(3);
    expect(Math.max(...counts)).toBeLessThanOrEqual(3 * Math.min(...counts));
  });

  it('falls back to all keys where a sample finds hardly any', async () => {
    await using database = await createSourceDatabase(server);
    await database.query('CREATE TABLE t (n int PRIMARY KEY, fill text) WITH (autovacuum_enabled = off)');
    await database.query(`INSERT INTO t SELECT n, repeat('x', 1000) FROM generate_series(1, ${ROWS}) n`);
    await database.query('DELETE FROM t WHERE n % 400 <> 0');
    const table = await database.table('t');
    const bytes = table.mapping.size.estimatedBytes ?? 0;
    const counts = await expectCovered(database, table, Math.ceil(bytes / 3));
    expect(counts).toHaveLength(3);
    expect(Math.max(...counts)).toBeLessThanOrEqual(3 * Math.min(...counts));
  });

  it.each([
    ['no key', 'k int'],
    ['a key with NULLs', 'k int UNIQUE'],
    ['a key of a type with an order of its own', 'k citext PRIMARY KEY'],
  ])('leaves a table with %s whole', async (_name, columns) => {
    await using database = await createSourceDatabase(server);
    await database.query('CREATE EXTENSION citext');
    await database.query(`CREATE TABLE t (${columns}, fill text)`);
    await database.query(`INSERT INTO t SELECT n, repeat('x', 100) FROM generate_series(1, 5000) n`);
    const snapshot = await database.source.snapshotReader.open(signal);
    expect(await snapshot.split(await database.table('t'), 10_000, signal)).toEqual([WHOLE_TABLE]);
    await snapshot.close();
  });
});

/** Reads all parts and compares them with the table; returns the rows of each. */
async function expectCovered(
  database: Awaited<ReturnType<typeof createSourceDatabase>>,
  table: SnapshotTable,
  partBytesMax = Math.ceil((table.mapping.size.estimatedBytes ?? 0) / PARTS),
): Promise<readonly number[]> {
  const snapshot = await database.source.snapshotReader.open(signal);
  const parts = await snapshot.split(table, partBytesMax, signal);
  expect(parts.map(({ number }) => number)).toEqual(parts.map((_part, index) => index + 1));
  const counts: number[] = [];
  const rows: string[] = [];
  for (const part of parts) {
    const content = await readPart(snapshot, table, { part });
    counts.push(content.rows);
    rows.push(...textRows(content));
  }
  const whole = textRows(await readPart(snapshot, table));
  expect(rows.toSorted()).toEqual(whole.toSorted());
  await snapshot.close();
  return counts;
}
