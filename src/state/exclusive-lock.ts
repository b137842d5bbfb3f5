/**
 * A lock file that exactly one process can hold, and that outlives a kill without blocking the next run.
 *
 * The file is written beside and then linked into place: `link` fails when the name exists, and no reader ever sees a
 * half-written lock. Two processes that find the same dead holder would race between "read" and "replace", the second
 * removing the first one's fresh lock; so whoever replaces a lock that is not his own holds a second lock,
 * `<path>.takeover`, while he looks again and replaces. That one is taken by the same rules.
 */
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { isErrno } from '../lib/errno.js';
import { parseLock } from './lock-info.js';
import type { LockInfo } from './state-store.js';

export type Acquired =
  | { readonly kind: 'acquired'; readonly takenOverFrom: LockInfo | null }
  | { readonly kind: 'held'; readonly by: LockInfo };

type IsDead = (holder: LockInfo) => boolean;

export async function acquire(path: string, mine: LockInfo, isDead: IsDead): Promise<Acquired> {
  for (;;) {
    if (await create(path, mine)) return { kind: 'acquired', takenOverFrom: null };
    const found = await readLock(path);
    if (found === null) continue; // Released between the two steps: try again.
    if (!isDead(found)) return { kind: 'held', by: found };
    const replaced = await underTakeover(path, mine, isDead, async () => replaceIfStill(path, found, mine));
    if (replaced.kind === 'held') return replaced;
    if (replaced.result) return { kind: 'acquired', takenOverFrom: found };
  }
}

export async function isHeldBy(path: string, id: string): Promise<boolean> {
  return (await readLock(path))?.id === id;
}

/** Removes our own lock; does nothing when somebody else's stands there. */
export async function release(path: string, id: string): Promise<void> {
  if (await isHeldBy(path, id)) await rm(path, { force: true });
}

/** Removes whatever lock has this id, and returns it; `found` is what stands there instead. */
export async function removeById(
  path: string,
  id: string,
  options: { readonly mine: LockInfo; readonly isDead: IsDead },
): Promise<{ readonly removed: LockInfo | null; readonly found: LockInfo | null }> {
  const outcome = await underTakeover(path, options.mine, options.isDead, async () => {
    const found = await readLock(path);
    if (found?.id !== id) return { removed: null, found };
    await rm(path);
    return { removed: found, found };
  });
  if (outcome.kind === 'done') return outcome.result;
  // The holder died while taking over, on another host: what blocks is its takeover lock, which has the same id.
  if (outcome.by.id === id) return removeById(takeoverPath(path), id, options);
  return { removed: null, found: outcome.by };
}

async function readLock(path: string): Promise<LockInfo | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return null;
    throw error;
  }
  return parseLock(path, text);
}

async function underTakeover<Result>(
  path: string,
  mine: LockInfo,
  isDead: IsDead,
  action: () => Promise<Result>,
): Promise<{ readonly kind: 'done'; readonly result: Result } | Extract<Acquired, { kind: 'held' }>> {
  const guard = takeoverPath(path);
  const acquired = await acquire(guard, mine, isDead);
  if (acquired.kind === 'held') return acquired;
  try {
    return { kind: 'done', result: await action() };
  } finally {
    await release(guard, mine.id);
  }
}

function takeoverPath(path: string): string {
  return `${path}.takeover`;
}

/** Only under the takeover lock, which keeps everyone else from replacing it between the look and the rename. */
async function replaceIfStill(path: string, dead: LockInfo, mine: LockInfo): Promise<boolean> {
  if (!(await isHeldBy(path, dead.id))) return false;
  await withLockWrittenBeside(path, mine, async (temporary) => rename(temporary, path));
  return true;
}

async function create(path: string, mine: LockInfo): Promise<boolean> {
  try {
    await withLockWrittenBeside(path, mine, async (temporary) => link(temporary, path));
    return true;
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return false;
    throw error;
  }
}

async function withLockWrittenBeside(
  path: string,
  mine: LockInfo,
  use: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = `${path}.${mine.id}.tmp`;
  try {
    await writeFile(temporary, `${JSON.stringify(mine, null, 2)}\n`, { mode: 0o600 });
    await use(temporary);
  } finally {
    await rm(temporary, { force: true });
  }
}
