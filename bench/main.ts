/**
 * `npm run bench [-- --rows N --runs N --only mariadb|postgres --alone]`: full load of one table by dmsctl and by the peers
 * found on this machine, on the same servers with the same data, in turns. Prints medians and ratios. `--alone` leaves the
 * peers out: for memory at many rows.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { connectTo } from '../test/servers/text-connection.js';
import { startMariadb } from '../test/servers/mariadb.js';
import { missingSystemPostgres, startPostgres } from '../test/servers/postgres.js';
import type { ServerAddress, TestServer } from '../test/servers/test-server.js';
import { BENCH_SCHEMA, BENCH_TABLE, mariadbStatements, postgresStatements, postgresTable } from './dataset.js';
import { measure, type Measurement } from './measure.js';
import { type BenchServer, dmsctl, type Mover, pgcopydb, pgloader, psqlPipe, url } from './movers.js';
import { printResults } from './report.js';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '2000000' },
    runs: { type: 'string', default: '3' },
    only: { type: 'string' },
    alone: { type: 'boolean', default: false },
  },
});
const rows = Number(values.rows);
const runs = Number(values.runs);

const folder = await mkdtemp(join(tmpdir(), 'dmsctl-bench-'));
const servers: TestServer[] = [];
try {
  const target = await startBenchPostgres();
  if (values.only !== 'postgres') await benchMariadb(target);
  if (values.only !== 'mariadb') await benchPostgres(target);
} finally {
  await Promise.all(servers.map(async (server) => server.stop()));
  await rm(folder, { recursive: true, force: true });
}

async function benchMariadb(target: TestServer): Promise<void> {
  const server = await startMariadb({ settings: { 'innodb-buffer-pool-size': '1G', 'sync-binlog': '0' } });
  servers.push(server);
  await execute(server, null, mariadbStatements(rows));
  const source = { ...server, database: BENCH_SCHEMA };
  const database = { ...target, database: 'postgres' };
  await writeSpec(url('mariadb', source), url('postgres', database), 'mariadb');
  await compete(`MariaDB → PostgreSQL, ${rows} rows`, database, [dmsctl(folder), pgloader(source, database)]);
  await server.stop();
}

async function benchPostgres(target: TestServer): Promise<void> {
  const server = await startBenchPostgres();
  await execute(server, 'postgres', postgresStatements(rows));
  const source = { ...server, database: 'postgres' };
  const database = { ...target, database: 'postgres' };
  await writeSpec(url('postgres', source), url('postgres', database), 'postgres');
  await compete(`PostgreSQL → PostgreSQL, ${rows} rows`, database, [
    dmsctl(folder),
    psqlPipe(source, database, [`CREATE SCHEMA ${BENCH_SCHEMA}`, postgresTable()]),
    pgcopydb(source, database, folder),
  ]);
}

/** Debian's where there is one: pgcopydb needs a pg_dump that knows the server. */
async function startBenchPostgres(): Promise<TestServer> {
  const settings = { max_wal_size: '4GB', shared_buffers: '512MB', wal_level: 'replica' };
  const system = missingSystemPostgres(15) === null ? { systemMajor: 15 } : {};
  const server = await startPostgres({ settings, ...system });
  servers.push(server);
  return server;
}

/** In turns, so that whatever else the machine does hits all alike. */
async function compete(title: string, target: BenchServer & ServerAddress, all: readonly Mover[]): Promise<void> {
  const movers = values.alone ? all.slice(0, 1) : all;
  const measurements = new Map<string, Measurement[]>(movers.map(({ name }) => [name, []]));
  for (let run = 0; run < runs; run += 1) {
    for (const mover of movers.filter(({ missing }) => missing === null)) {
      await execute(target, target.database, mover.prepare);
      await rm(join(folder, '.dmsctl'), { recursive: true, force: true });
      measurements.get(mover.name)?.push(await measure(mover.command));
      await checkRows(target);
    }
  }
  printResults({ title, rows, movers, measurements });
}

async function checkRows(target: BenchServer & ServerAddress): Promise<void> {
  const connection = await connectTo(target, target.database);
  try {
    const [row] = await connection.query(`SELECT count(*) AS rows FROM ${BENCH_SCHEMA}.${BENCH_TABLE}`);
    if (Number(row?.rows) !== rows) throw new Error(`${row?.rows ?? 'no'} rows arrived instead of ${rows}`);
  } finally {
    await connection.close();
  }
}

async function execute(server: ServerAddress, database: string | null, statements: readonly string[]): Promise<void> {
  const connection = await connectTo(server, database);
  try {
    for (const statement of statements) await connection.query(statement);
  } finally {
    await connection.close();
  }
}

async function writeSpec(source: string, target: string, engine: string): Promise<void> {
  const spec = `apiVersion: dmsctl/v1
name: bench
allowInlineSecrets: true
endpoints:
  source: { engine: ${engine}, url: "${source}" }
  target: { engine: postgres, url: "${target}" }
tasks:
  load: { type: full-load, source: source, target: target, tables: { include: ["${BENCH_SCHEMA}.*"] } }
`;
  await writeFile(join(folder, 'dmsctl.yaml'), spec);
}
