/**
 * Gets a fresh clone ready: the npm packages, and with --servers the database servers of the tests. Runs before
 * node_modules exists, so it may use Node alone. A server that cannot be had is said and is no failure: the tests that
 * need it skip themselves, by name, in the last lines of their run.
 */
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const DEBIAN_PACKAGES = { mariadbd: 'mariadb-server-core', mariadb: 'mariadb-client-core', psql: 'postgresql-client' };
// Debian keeps its MySQL in the suite `sid` alone.
const MYSQL = { suite: 'sid', folder: join('.cache', 'mysql'), packages: ['mysql-server-core', 'mysql-client-core'] };

installNpmPackages();
if (process.argv.includes('--servers')) {
  installDebianPackages();
  unpackMysql();
}

function installNpmPackages() {
  const installed = modifiedAt(join(root, 'node_modules', '.package-lock.json'));
  if (installed !== null && installed >= modifiedAt(join(root, 'package-lock.json'))) return;
  const { status } = spawnSync('npm', ['ci'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

function installDebianPackages() {
  const missing = () => Object.keys(DEBIAN_PACKAGES).filter((program) => !isOnPath(program));
  const wanted = missing().map((program) => DEBIAN_PACKAGES[program]);
  if (wanted.length === 0) return;
  const failure = aptInstall(wanted);
  for (const program of missing()) reportMissing(program, failure ?? `${DEBIAN_PACKAGES[program]} did not bring it`);
}

/** Returns why it failed, or null. */
function aptInstall(packages) {
  if (!isOnPath('apt-get')) return 'there is no apt-get on this machine';
  if (process.getuid() !== 0) return `only root can install it: apt-get install ${packages.join(' ')}`;
  const options = { encoding: 'utf8', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  const update = spawnSync('apt-get', ['-q', 'update'], options);
  const install = spawnSync('apt-get', ['-q', 'install', '-y', '--no-install-recommends', ...packages], options);
  return install.status === 0 ? null : lastLines(update.stderr + install.stderr);
}

function unpackMysql() {
  const script = join('.ci', 'unpack-debian.sh');
  const unpacked = spawnSync('bash', [script, MYSQL.suite, MYSQL.folder, ...MYSQL.packages], {
    cwd: root,
    encoding: 'utf8',
  });
  if (unpacked.status !== 0) reportMissing('mysqld', lastLines(unpacked.stderr ?? ''));
}

function reportMissing(program, reason) {
  process.stderr.write(
    `${program} is missing: ${reason}\n  Tests that need it are skipped, by name, at the end of the run.\n`,
  );
}

function lastLines(text) {
  return text.trim().split('\n').slice(-5).join('\n  ');
}

/** Like the server programs, some live where only root's PATH leads. */
function isOnPath(program) {
  const folders = [...process.env.PATH.split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.some((folder) => modifiedAt(join(folder, program)) !== null);
}

/** In milliseconds; null when there is no such file. */
function modifiedAt(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? null;
}
