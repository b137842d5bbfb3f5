import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram, startMysqlFamily, type MysqlFlavor } from './mysql-family.js';
import { ServerMissing, type ServerOptions, type TestServer } from './test-server.js';

/** Where .ci/setup.mjs --servers unpacks it. */
const FOLDER = join(import.meta.dirname, '..', '..', '.cache', 'mysql', 'usr');
const SHARE = join(FOLDER, 'share', 'mysql');

const MYSQL: MysqlFlavor = {
  name: 'mysql',
  program: join(FOLDER, 'sbin', 'mysqld'),
  programArgs: [
    `--basedir=${FOLDER}`,
    `--lc-messages-dir=${SHARE}`,
    `--character-sets-dir=${join(SHARE, 'charsets')}`,
    `--plugin-dir=${join(FOLDER, 'lib', 'mysql', 'plugin')}`,
    '--innodb-redo-log-capacity=32M',
  ],
  serverArgs: ['--gtid-mode=ON', '--enforce-gtid-consistency=ON', '--mysqlx=OFF', '--secure-file-priv='],
  initialise: ({ program }, args) => runProgram(program, ['--no-defaults', ...args, '--initialize-insecure']),
};

export async function startMysql(options: ServerOptions = {}): Promise<TestServer> {
  if (!existsSync(MYSQL.program))
    throw new ServerMissing('MySQL is not unpacked (node .ci/setup.mjs --servers says why)');
  try {
    return await startMysqlFamily(MYSQL, options);
  } catch (error) {
    // Its suite changes daily and may be broken for a day: no reason to fail what else there is to test.
    throw new ServerMissing('the unpacked MySQL does not start', { cause: error });
  }
}
