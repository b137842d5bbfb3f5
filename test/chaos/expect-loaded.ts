/** What must hold after a load, whatever happened on the way; read by plain SQL on both servers. */
import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import type { TestDatabase } from '../servers/create-database.js';
import type { DmsctlResult } from '../support/dmsctl.js';
import { CHAOS_TABLES, type ChaosTable } from './source-tables.js';
import { APPLY, type ChaosSource, readOwnObjects, type World } from './world.js';

/** Runs that find nothing to do; a server writes to its log by itself now and then, a run that writes does so each time. */
const QUIET_RUNS_MAX = 4;

export function expectExit(result: DmsctlResult, exitCode: number): void {
  expect(result, `${result.stdout}\n${result.stderr}`).toMatchObject({ exitCode });
}

/** The rows, keys, foreign keys and triggers are those that an undisturbed load leaves. */
export async function expectEqualSides(world: World): Promise<void> {
  const { source, target } = world;
  for (const table of CHAOS_TABLES) {
    const [found, wanted] = await Promise.all([
      digest(target, source.schema, table),
      digest(source.database, source.schema, table),
    ]);
    expect({ table: table.table, ...found }).toEqual({ table: table.table, ...wanted });
    if (table.expectedKey !== null) expect(await readKeys(target, source.schema, table)).toEqual(keysOf(table));
  }
  expect(await readOwnObjects(target, source.schema)).toEqual(world.ownObjectsBefore);
  expect(await target.query(`SELECT entry FROM ${source.schema}.audit`)).toEqual([]);
}

/** A run that ended well left everything right. */
export async function expectCompleted(world: World, result: DmsctlResult): Promise<void> {
  expectExit(result, 0);
  await expectEqualSides(world);
  await expectSettled(world);
}

/** Loaded by the progress too, and another run finds nothing to do and writes nothing. */
async function expectSettled(world: World): Promise<void> {
  const status = await world.run(['status', '--json']);
  expectExit(status, 0);
  expect(JSON.parse(status.stdout)).toMatchObject({ tasks: [{ condition: 'loaded' }] });
  const binlogStart = await readBinlogPlace(world.source);
  for (let run = 1; ; run += 1) {
    const before = await readTargetLog(world);
    const again = await world.run(APPLY);
    expectExit(again, 0);
    expect(again.stdout).toContain('No changes');
    const after = await readTargetLog(world);
    if (after === before) break;
    if (run === QUIET_RUNS_MAX) expect(after).toBe(before);
  }
  expect(await readOwnEvents(world.source, binlogStart)).toEqual([]);
}

async function readTargetLog({ target }: World): Promise<string | null | undefined> {
  const [row] = await target.query('SELECT pg_current_wal_insert_lsn() AS position');
  return row?.position;
}

interface BinlogPlace {
  readonly file: string;
  readonly offset: string;
}

/** `null` for PostgreSQL: its log does not tell whose writes are in it, and other tests write to the same server. */
async function readBinlogPlace({ database }: ChaosSource): Promise<BinlogPlace | null> {
  if (database.server.name === 'postgres') return null;
  const [row] = await database.query(
    database.server.name === 'mysql' ? 'SHOW BINARY LOG STATUS' : 'SHOW MASTER STATUS',
  );
  return { file: row?.File ?? '', offset: row?.Position ?? '' };
}

/** Other tests write to the same server; what is ours to answer for names the source's database or dmsctl. */
async function readOwnEvents({ database }: ChaosSource, start: BinlogPlace | null): Promise<readonly unknown[]> {
  if (start === null) return [];
  const events = await database.query(`SHOW BINLOG EVENTS IN '${start.file}' FROM ${start.offset}`);
  return events.filter(({ Info: info }) => info?.includes(database.name) === true || info?.includes('dmsctl') === true);
}

/** Rows as a sorted multiset: a row too many or too few changes both figures. */
async function digest(
  database: TestDatabase,
  schema: string,
  { table, columns }: ChaosTable,
): Promise<{ readonly rows: number; readonly hash: string }> {
  const isPostgres = database.server.name === 'postgres';
  const list = columns.map(({ name, kind }) => (isPostgres ? POSTGRES_TEXT : MYSQL_TEXT)[kind](name)).join(', ');
  const rows = await database.query(`SELECT ${list} FROM ${schema}.${table}`);
  const lines = rows.map((row) => JSON.stringify(Object.values(row))).sort();
  return { rows: lines.length, hash: createHash('sha256').update(lines.join('\n')).digest('hex') };
}

const POSTGRES_TEXT = {
  text: (name: string) => name,
  bytes: (name: string) => `encode(${name}, 'hex') AS ${name}`,
  moment: (name: string) => `to_char(${name}, 'YYYY-MM-DD HH24:MI:SS.US') AS ${name}`,
};
const MYSQL_TEXT = {
  text: (name: string) => name,
  bytes: (name: string) => `lower(hex(${name})) AS ${name}`,
  moment: (name: string) => name,
};

async function readKeys(target: TestDatabase, schema: string, { table }: ChaosTable): Promise<readonly unknown[]> {
  return target.query(
    `SELECT CASE WHEN indisprimary THEN 'primary' ELSE 'unique' END AS kind FROM pg_index
     WHERE indrelid = $1::regclass AND indisunique AND indisvalid`,
    [`${schema}.${table}`],
  );
}

function keysOf({ expectedKey }: ChaosTable): readonly unknown[] {
  return expectedKey === 'none' ? [] : [{ kind: expectedKey }];
}
