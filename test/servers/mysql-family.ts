/** What MySQL and MariaDB servers have in common: how they are started with the settings that a user's source would have. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createConnection } from 'mysql2/promise';
import { freePort } from '../../src/demo/free-port.js';
import { startServerProcess, type ServerProcess } from '../../src/demo/server-process.js';
import { addressOf, type ServerAddress, type ServerName, type ServerOptions, type TestServer } from './test-server.js';

const USER = 'dms';
const PASSWORD = 'dms';
const READY_TIMEOUT_MS = 60_000;
const END_TIMEOUT_MS = 30_000;

/** One statement a line: the server reads the file so. Not in the binlog: its first event is the test's own. */
const CREATE_USER = `
SET sql_log_bin = 0;
CREATE USER IF NOT EXISTS '${USER}'@'%' IDENTIFIED BY '${PASSWORD}';
GRANT ALL ON *.* TO '${USER}'@'%' WITH GRANT OPTION;
SET sql_log_bin = 1;
`;

const COMMON_ARGS: readonly string[] = [
  '--no-defaults',
  '--bind-address=127.0.0.1',
  '--log-bin=binlog',
  '--binlog-format=ROW',
  '--binlog-row-image=FULL',
  '--binlog-row-metadata=FULL',
  '--local-infile=ON',
  // What a server's crash leaves behind is kept by the system; only a power cut would lose it.
  '--innodb-flush-log-at-trx-commit=2',
  '--sync-binlog=0',
  '--innodb-buffer-pool-size=128M',
];

/** How one flavour is initialised and started. */
export interface MysqlFlavor {
  readonly name: ServerName & ('mysql' | 'mariadb');
  readonly program: string;
  /** For initialising and running alike. */
  readonly programArgs: readonly string[];
  readonly serverArgs: readonly string[];
  /** Fills the empty data folder. */
  initialise(flavor: MysqlFlavor, args: readonly string[]): Promise<void>;
}

export async function startMysqlFamily(flavor: MysqlFlavor, options: ServerOptions): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), `dmsctl-${flavor.name}-`));
  try {
    const args = [...flavor.programArgs, `--datadir=${join(folder, 'data')}`, ...rootArgs()];
    await flavor.initialise(flavor, args);
    await writeFile(join(folder, 'init.sql'), CREATE_USER);
    const address = addressOf(flavor.name, {
      host: '127.0.0.1',
      port: await freePort(),
      user: USER,
      password: PASSWORD,
    });
    const run = () => runServer({ flavor, folder, address, args: [...args, ...settingArgs(options)] });
    return handleOf(address, folder, await run(), run);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

export async function runProgram(program: string, args: readonly string[]): Promise<void> {
  await promisify(execFile)(program, args, { env: { ...process.env, LC_ALL: 'C' } });
}

function handleOf(
  address: ServerAddress,
  folder: string,
  first: ServerProcess,
  run: () => Promise<ServerProcess>,
): TestServer {
  let server = first;
  return {
    ...address,
    folder,
    crash: () => server.crash(),
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
    async restart() {
      await server.stop();
      server = await run();
    },
  };
}

interface Run {
  readonly flavor: MysqlFlavor;
  readonly folder: string;
  readonly address: ServerAddress;
  readonly args: readonly string[];
}

function runServer({ flavor, folder, address, args }: Run): Promise<ServerProcess> {
  return startServerProcess({
    program: flavor.program,
    args: [
      ...COMMON_ARGS,
      ...flavor.serverArgs,
      `--port=${address.port}`,
      `--server-id=${address.port}`,
      `--socket=${join(folder, 'sock')}`,
      `--pid-file=${join(folder, 'pid')}`,
      `--init-file=${join(folder, 'init.sql')}`,
      ...args,
    ],
    identity: null,
    folder,
    logFile: join(folder, 'server.log'),
    stopSignal: 'SIGTERM',
    crashSignal: 'SIGKILL',
    endTimeoutMs: END_TIMEOUT_MS,
    isReady: () => answers(address),
    readyTimeoutMs: READY_TIMEOUT_MS,
    removeIfOrphaned: folder,
    outlivesProcess: false,
  });
}

/** The servers want to be told that root is meant. */
function rootArgs(): readonly string[] {
  return process.getuid?.() === 0 ? ['--user=root'] : [];
}

function settingArgs({ settings = {} }: ServerOptions): readonly string[] {
  return Object.entries(settings).map(([name, value]) => `--${name}=${value}`);
}

async function answers({ host, port, user, password }: ServerAddress): Promise<boolean> {
  try {
    const connection = await createConnection({ host, port, user, password });
    await connection.end();
    return true;
  } catch {
    return false;
  }
}
