import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startMysqlFamily, type MysqlFlavor } from './mysql-family.js';
import { ServerMissing, type ServerOptions, type TestServer } from './test-server.js';

const PROGRAM = '/usr/sbin/mariadbd';
/** MariaDB 11 moved and renamed its files. */
const SHARE_FOLDERS = ['/usr/share/mariadb', '/usr/share/mysql'];

export async function startMariadb(options: ServerOptions = {}): Promise<TestServer> {
  if (!existsSync(PROGRAM)) throw new ServerMissing(`${PROGRAM} is not installed (Debian: mariadb-server-core)`);
  return startMysqlFamily(mariadbFlavor(), options);
}

function mariadbFlavor(): MysqlFlavor {
  const share = SHARE_FOLDERS.find((folder) => existsSync(join(folder, 'fill_help_tables.sql')));
  if (share === undefined)
    throw new ServerMissing(`the SQL files of ${PROGRAM} are in none of ${SHARE_FOLDERS.join(', ')}`);
  return {
    name: 'mariadb',
    program: PROGRAM,
    programArgs: [`--lc-messages-dir=${share}`, `--character-sets-dir=${join(share, 'charsets')}`],
    serverArgs: ['--log-slave-updates', '--gtid-strict-mode=ON', '--innodb-log-file-size=32M'],
    initialise: (flavor, args) => bootstrap(flavor, args, share),
  };
}

/** What mariadb-install-db does, which is in a package that also brings a service. */
async function bootstrap(flavor: MysqlFlavor, args: readonly string[], share: string): Promise<void> {
  const dataFolder = args.find((arg) => arg.startsWith('--datadir='))?.slice('--datadir='.length) ?? '';
  await mkdir(dataFolder, { recursive: true });
  const server = spawn(
    flavor.program,
    ['--no-defaults', ...args, '--bootstrap', '--skip-log-bin', '--innodb-log-file-size=32M'],
    {
      stdio: ['pipe', 'ignore', 'pipe'],
      env: { ...process.env, LC_ALL: 'C' },
    },
  );
  let log = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  server.stdin.end(systemTables(share));
  const [status] = (await once(server, 'close')) as [number | null];
  if (status !== 0) throw new Error(`mariadbd --bootstrap failed: ${log.slice(-500)}`);
}

function systemTables(share: string): string {
  const files = ['system_tables', 'performance_tables', 'system_tables_data'].map((name) => pick(share, name));
  const sql = [...files, join(share, 'fill_help_tables.sql'), pick(share, 'sys_schema')].map((file) =>
    readFileSync(file, 'utf8'),
  );
  return ['CREATE DATABASE mysql;', 'USE mysql;', 'SET @auth_root_socket = NULL;', ...sql].join('\n');
}

function pick(share: string, name: string): string {
  const newName = join(share, `mariadb_${name}.sql`);
  return existsSync(newName) ? newName : join(share, `mysql_${name}.sql`);
}
