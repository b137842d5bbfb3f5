/** A migration under attack: a seeded source, a target with a table of the user's own, and a folder with the spec. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, type TestDatabase } from '../servers/create-database.js';
import type { ServerAddress } from '../servers/test-server.js';
import { type DmsctlResult, runDmsctl, type RunningDmsctl, startDmsctl } from '../support/dmsctl.js';
import { PART_BYTES, sourceStatements } from './source-tables.js';
import { OWN_OBJECTS, ownObjectStatements } from './own-objects.js';

/** Seeded once, read by many worlds: a load changes nothing on its source. */
export interface ChaosSource extends AsyncDisposable {
  readonly database: TestDatabase;
  /** A MySQL database is a schema of that name on the target. */
  readonly schema: string;
}

export async function createSource(server: ServerAddress): Promise<ChaosSource> {
  const database = await createDatabase(server);
  const schema = server.name === 'postgres' ? 'shop' : database.name;
  for (const statement of sourceStatements(server.name, schema)) await database.query(statement);
  return { database, schema, [Symbol.asyncDispose]: async () => database.drop() };
}

export interface WorldOptions {
  readonly source: ChaosSource;
  readonly target: ServerAddress;
  /** False: a role that owns what it needs and may not silence triggers and foreign keys by its session. */
  readonly isSuperuser: boolean;
  /** Where dmsctl finds the target, if not where it is: for a proxy. */
  readonly targetPort?: number;
  /** Tables loaded at the same time. */
  readonly tables?: number;
}

/** Where dmsctl runs. */
interface Place extends AsyncDisposable {
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<DmsctlResult>;
  start(args: readonly string[], env?: Readonly<Record<string, string>>): RunningDmsctl;
  /** Loses state and lock. */
  removeState(): Promise<void>;
}

export interface World extends Place {
  readonly source: ChaosSource;
  readonly target: TestDatabase;
  /** The user's own triggers and foreign keys, as they were before the first run. */
  readonly ownObjectsBefore: readonly string[];
}

/** The world of the first place, which owns the target. */
export interface FirstWorld extends World {
  /** The same migration in a folder of its own, as on another host: neither state nor lock are shared. */
  elsewhere(): Promise<World>;
}

export const APPLY = ['apply', '--auto-approve'] as const;

export async function createWorld(options: WorldOptions): Promise<FirstWorld> {
  const { source } = options;
  const target = await createDatabase(options.target);
  const role = options.isSuperuser ? options.target.user : `owner_of_${target.name}`;
  for (const statement of ownObjectStatements(source.schema, { database: target.name, role })) {
    await target.query(statement);
  }
  const spec = specText(options, targetUrl(options, target, role));
  const place = await createPlace(spec);
  const world = {
    source,
    target,
    ownObjectsBefore: await readOwnObjects(target, source.schema),
  };
  return {
    ...world,
    ...place,
    elsewhere: async () => ({ ...world, ...(await createPlace(spec)) }),
    async [Symbol.asyncDispose]() {
      await place[Symbol.asyncDispose]();
      await dropTarget(target, options, role);
    },
  };
}

/** A folder with the spec and room for a state. */
async function createPlace(spec: string): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'dmsctl-chaos-'));
  await writeFile(join(folder, 'dmsctl.yaml'), spec);
  const env = { DMSCTL_TEST_PART_BYTES: String(PART_BYTES) };
  return {
    run: async (args, more) => runDmsctl(args, { cwd: folder, env: { ...env, ...more } }),
    start: (args, more) => startDmsctl(args, { cwd: folder, env: { ...env, ...more } }),
    removeState: async () => rm(join(folder, '.dmsctl'), { recursive: true, force: true }),
    [Symbol.asyncDispose]: async () => rm(folder, { recursive: true, force: true }),
  };
}

export async function readOwnObjects(target: TestDatabase, schema: string): Promise<readonly string[]> {
  const rows = await target.query(OWN_OBJECTS, [schema]);
  return rows.map((row) => JSON.stringify(row));
}

async function dropTarget(
  target: TestDatabase,
  { isSuperuser, target: server }: WorldOptions,
  role: string,
): Promise<void> {
  await target.drop();
  if (isSuperuser) return;
  await using other = await createDatabase(server);
  await other.query(`DROP ROLE ${role}`);
}

function targetUrl({ targetPort, target: server }: WorldOptions, target: TestDatabase, role: string): string {
  const url = new URL(server.url);
  url.port = String(targetPort ?? server.port);
  url.pathname = `/${target.name}`;
  url.username = role;
  return url.href;
}

function specText({ source, tables = 3 }: WorldOptions, target: string): string {
  const { server, url } = source.database;
  return `
apiVersion: dmsctl/v1
name: chaos
replicationInstance: { retryFor: 60s }
endpoints:
  source: { engine: ${server.name}, url: "${url}" }
  target: { engine: postgres, url: "${target}" }
allowInlineSecrets: true
tasks:
  load:
    type: full-load
    source: source
    target: target
    tables: { include: ["${source.schema}.*"] }
    fullLoad: { tables: ${tables} }
`;
}
