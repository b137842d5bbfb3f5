import { writeFile } from 'node:fs/promises';
import { DmsctlError } from '../errors/dmsctl-error.js';
import { writeFileAtomically } from '../lib/atomic-file.js';
import { isErrno } from '../lib/errno.js';

const OWNER_ONLY = 0o600;

/** A file that was not there before: one that exists, even since a moment ago, is never overwritten. */
export async function writeNewFile(path: string, text: string, fix: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw unwritable(path, error);
    throw new DmsctlError('CLI_FILE_EXISTS', { detail: `${path} is there already.`, fix, cause: error });
  }
}

/** A file for this account alone, whole or not at all; one that is there is replaced. */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  try {
    await writeFileAtomically(path, text, OWNER_ONLY);
  } catch (error) {
    throw unwritable(path, error);
  }
}

function unwritable(path: string, error: unknown): DmsctlError {
  const seen = error instanceof Error && 'code' in error ? String(error.code) : 'an unknown error';
  return new DmsctlError('CLI_FILE_UNWRITABLE', {
    detail: `${path}: ${seen}.`,
    fix: 'Name a file in a folder that exists, where this account may write and the disk has room.',
    cause: error,
  });
}
