import { execFile } from 'node:child_process';
import { chown, mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DmsctlError } from '../errors/dmsctl-error.js';
import { isErrno } from '../lib/errno.js';
import { freePort } from './free-port.js';
import { bundledProgramFolder, preparePrograms, type PostgresPrograms } from './postgres-programs.js';
import { unprivilegedIdentity, type ProcessIdentity } from './process-identity.js';
import { startServerProcess, type ServerProcess } from './server-process.js';

const READY_TIMEOUT_MS = 60_000;
const END_TIMEOUT_MS = 30_000;
const SUPERUSER = 'postgres';
const HOST = '127.0.0.1';
/** The line of postmaster.pid that holds the server's status: src/include/utils/pidfile.h. */
const STATUS_LINE = 8;

/** fsync: what runs here is thrown away; the rest is what a source needs for ongoing replication. */
const SETTINGS: Readonly<Record<string, string>> = {
  fsync: 'off',
  wal_level: 'logical',
  max_replication_slots: '64',
  max_wal_senders: '64',
  max_connections: '200',
};

export interface EmbeddedPostgresOptions {
  /** Kept when the server stops and used again the next time. Default: a temporary one that is removed. */
  readonly folder?: string;
  /** Default: a free one. */
  readonly port?: number;
  /** Added to, or in place of, those above: `-c name=value`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Holds `bin/initdb` and `bin/postgres` of another PostgreSQL. Default: the npm package's. */
  readonly programFolder?: string;
  /** True: server and folder stay when this process ends, for the user to stop and remove. */
  readonly outlivesProcess?: boolean;
}

/** A private PostgreSQL on the loopback address that trusts its superuser; it ends with this process at the latest. */
export interface EmbeddedPostgres {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Of the server's main process, as last started. */
  readonly pid: number;
  /** Of its database `postgres`. Holds no secret. */
  readonly url: string;
  /** Its data and its log. */
  readonly folder: string;
  /** Fast shutdown; a temporary folder is removed. The server is gone for good. */
  stop(): Promise<void>;
  /** Fast shutdown and start, on the same port with the same data. */
  restart(): Promise<void>;
  /** Ends everything at once without a checkpoint; `restart` recovers. */
  crash(): Promise<void>;
}

export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions = {}): Promise<EmbeddedPostgres> {
  const identity = unprivilegedIdentity();
  const programFolder = options.programFolder ?? bundledProgramFolder();
  const folder = await makeFolder(options.folder, identity);
  const removeFolder = () => (options.folder === undefined ? rm(folder, { recursive: true, force: true }) : undefined);
  try {
    const programs = await preparePrograms(programFolder, folder, identity);
    const cluster = { folder, programs, identity, port: options.port ?? (await freePort()), options };
    await initialise(cluster);
    const server = await runServer(cluster);
    return handleOf(cluster, server, removeFolder);
  } catch (error) {
    await removeFolder();
    throw error instanceof DmsctlError ? error : cannotStart(error);
  }
}

interface Cluster {
  readonly folder: string;
  readonly programs: PostgresPrograms;
  readonly identity: ProcessIdentity;
  readonly port: number;
  readonly options: EmbeddedPostgresOptions;
}

function handleOf(
  cluster: Cluster,
  first: ServerProcess,
  removeFolder: () => Promise<void> | undefined,
): EmbeddedPostgres {
  let server = first;
  return {
    host: HOST,
    port: cluster.port,
    user: SUPERUSER,
    get pid() {
      return server.pid;
    },
    url: `postgres://${SUPERUSER}@${HOST}:${cluster.port}/postgres`,
    folder: cluster.folder,
    crash: () => server.crash(),
    async stop() {
      await server.stop();
      await removeFolder();
    },
    async restart() {
      await server.stop();
      server = await runServer(cluster);
    },
  };
}

async function makeFolder(wanted: string | undefined, identity: ProcessIdentity): Promise<string> {
  const folder = wanted ?? (await mkdtemp(join(tmpdir(), 'dmsctl-postgres-')));
  await mkdir(folder, { recursive: true });
  if (identity !== null) await chown(folder, identity.uid, identity.gid);
  return folder;
}

async function initialise({ folder, programs, identity }: Cluster): Promise<void> {
  if (await exists(dataFolder(folder))) return;
  // macOS has no C.UTF-8.
  const locale = process.platform === 'darwin' ? 'C' : 'C.UTF-8';
  const args = [
    '-D',
    dataFolder(folder),
    '-U',
    SUPERUSER,
    '-A',
    'trust',
    '-E',
    'UTF8',
    `--locale=${locale}`,
    '--no-sync',
  ];
  // Without TZ, initdb compares the machine's clock with every time zone it knows.
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  await promisify(execFile)(programs.initdb, args, { ...identity, cwd: folder, env });
}

async function runServer({ folder, programs, identity, port, options }: Cluster): Promise<ServerProcess> {
  const settings = Object.entries({ ...SETTINGS, ...options.settings });
  return startServerProcess({
    program: programs.postgres,
    args: [
      ...['-D', dataFolder(folder), '-h', HOST, '-p', String(port), '-k', ''],
      ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    identity,
    folder,
    logFile: join(folder, 'postgres.log'),
    stopSignal: 'SIGINT',
    // An "immediate shutdown": after SIGKILL busy backends would live on and keep the next start from the shared memory.
    crashSignal: 'SIGQUIT',
    endTimeoutMs: END_TIMEOUT_MS,
    isReady: (pid) => isReady(folder, pid),
    readyTimeoutMs: READY_TIMEOUT_MS,
    removeIfOrphaned: options.folder === undefined ? folder : null,
    outlivesProcess: options.outlivesProcess ?? false,
  });
}

/** A killed server leaves its file behind, so the status counts only under the pid of this one. */
async function isReady(folder: string, pid: number): Promise<boolean> {
  try {
    const lines = (await readFile(join(dataFolder(folder), 'postmaster.pid'), 'utf8')).split('\n');
    return lines[0] === String(pid) && lines[STATUS_LINE - 1]?.trim() === 'ready';
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return false;
    throw error;
  }
}

function dataFolder(folder: string): string {
  return join(folder, 'data');
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return false;
    throw error;
  }
}

function cannotStart(error: unknown): DmsctlError {
  return new DmsctlError('TASK_DEMO_CANNOT_START', {
    detail: error instanceof Error ? error.message : String(error),
    fix: 'Mend what the server says above, or point the demo at a temporary folder with more room:\n  TMPDIR=/path/to/folder dmsctl demo',
    cause: error,
  });
}
