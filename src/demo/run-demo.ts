import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { DmsctlError } from '../errors/dmsctl-error.js';
import { formatTableName, type TableName } from '../model/table.js';
import { compareTables, type TableComparison } from './compare-rows.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.js';
import { seedShop, SHOP_SCHEMA } from './seed.js';

export interface DemoOptions {
  /** The dmsctl launcher: every step is the real command in a process of its own. */
  readonly launcher: string;
  /** Leave both servers and the folder there. */
  readonly isKept: boolean;
  /** Where the commands print their answers: 1 for stdout, 2 for stderr. */
  readonly outputFd: 1 | 2;
  readonly say: (text: string) => void;
}

/** Two servers, a shop, and a whole migration of it; resolves when the rows proved equal. Cleans up unless kept. */
export async function runDemo({ launcher, isKept, outputFd, say }: DemoOptions): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'dmsctl-demo-'));
  const servers: EmbeddedPostgres[] = [];
  try {
    say('Starting two PostgreSQL servers …');
    servers.push(await startEmbeddedPostgres({ outlivesProcess: isKept }));
    servers.push(await startEmbeddedPostgres({ outlivesProcess: isKept }));
    await migrate(servers, { launcher, folder, outputFd, say });
    if (isKept) say(howToConnect(servers, folder));
  } finally {
    if (!isKept) {
      await Promise.all(servers.map(async (server) => server.stop()));
      await rm(folder, { recursive: true, force: true });
    }
  }
}

interface DemoStep {
  readonly launcher: string;
  readonly folder: string;
  readonly outputFd: 1 | 2;
  readonly say: (text: string) => void;
}

async function migrate([source, target]: readonly EmbeddedPostgres[], step: DemoStep): Promise<void> {
  if (source === undefined || target === undefined) throw new TypeError('the demo needs two servers');
  const { say } = step;
  say('Filling the source: a shop with some 300,000 rows and awkward types …');
  const tables = await withClient(source, async (client) => seedShop(client));
  await writeFile(join(step.folder, 'dmsctl.yaml'), demoSpec(source, target));

  await dmsctl(['plan'], step);
  await dmsctl(['apply', '--auto-approve'], step);
  await dmsctl(['state', 'list'], step);
  say('\nComparing every row of both sides …');
  await proveEqual(source, target, tables, say);
  say('\nA second apply has nothing to do:');
  await dmsctl(['apply', '--auto-approve'], step);
}

/** Runs one command as a user would, on this terminal. */
async function dmsctl(args: readonly string[], { launcher, folder, outputFd, say }: DemoStep): Promise<void> {
  say(`\n$ dmsctl ${args.join(' ')}`);
  const child = spawn(process.execPath, [launcher, ...args], { cwd: folder, stdio: ['ignore', outputFd, 'inherit'] });
  const [exitCode] = (await once(child, 'close')) as [number | null];
  if (exitCode === 0) return;
  throw new DmsctlError('TASK_DEMO_FAILED', {
    detail: `dmsctl ${args.join(' ')} ended with ${exitCode ?? 'a signal'}.`,
    fix: 'Its own message is above. Please report it.',
  });
}

async function proveEqual(
  source: EmbeddedPostgres,
  target: EmbeddedPostgres,
  tables: readonly TableName[],
  say: (text: string) => void,
): Promise<void> {
  const comparisons = await withClient(source, async (left) =>
    withClient(target, async (right) => compareTables(left, right, tables)),
  );
  for (const comparison of comparisons) say(`  ${describeComparison(comparison)}`);
  const different = comparisons.filter(({ isEqual }) => !isEqual);
  if (different.length === 0) return;
  throw new DmsctlError('TASK_DEMO_FAILED', {
    detail: `${different.map(({ table }) => formatTableName(table)).join(', ')} differ between source and target.`,
    fix: 'Please report it.',
  });
}

function describeComparison({ table, isEqual, sourceRows, targetRows }: TableComparison): string {
  const name = formatTableName(table).padEnd(28);
  return isEqual
    ? `${name} equal, ${sourceRows ?? 0} rows`
    : `${name} DIFFERENT: ${sourceRows ?? 'no table'} rows on the source, ${targetRows ?? 'no table'} on the target`;
}

async function withClient<Result>(
  server: EmbeddedPostgres,
  use: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

function demoSpec(source: EmbeddedPostgres, target: EmbeddedPostgres): string {
  return `apiVersion: dmsctl/v1
name: demo
endpoints:
  source: { engine: postgres, url: "${source.url}" }
  target: { engine: postgres, url: "${target.url}" }
tasks:
  shop:
    type: full-load
    source: source
    target: target
    tables:
      include: ["${SHOP_SCHEMA}.*"]
`;
}

function howToConnect(servers: readonly EmbeddedPostgres[], folder: string): string {
  const [source, target] = servers;
  return `
Both servers go on running.

  source   psql ${source?.url ?? ''}
  target   psql ${target?.url ?? ''}
  spec     cd ${folder}

Stop and remove them:

  kill -INT ${servers.map(({ pid }) => pid).join(' ')}
  rm -rf ${[folder, ...servers.map((server) => server.folder)].join(' ')}`;
}
