import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DmsctlError } from '../errors/dmsctl-error.js';
import { writeFileAtomically } from '../lib/atomic-file.js';
import { isErrno } from '../lib/errno.js';
import { decodeState, encodeState } from './decode-state.js';
import { acquire, isHeldBy, release, removeById } from './exclusive-lock.js';
import { describeThisProcess, isDeadHolder, lockedError } from './lock-info.js';
import type { State } from './state.js';
import type { LockInfo, StateLock, StateStore } from './state-store.js';

const OWNER_ONLY = 0o600;

export interface FileStateStoreOptions {
  readonly path: string;
  /** Name of the spec that the state must belong to. */
  readonly spec: string;
  readonly dmsctl: string;
}

/** A state in a file of its own, with its lock in `<path>.lock`. */
export class FileStateStore implements StateStore {
  readonly #path: string;
  readonly #lockPath: string;
  readonly #spec: string;
  readonly #dmsctl: string;

  constructor({ path, spec, dmsctl }: FileStateStoreOptions) {
    this.#path = path;
    this.#lockPath = `${path}.lock`;
    this.#spec = spec;
    this.#dmsctl = dmsctl;
  }

  async read(): Promise<State | null> {
    let text: string;
    try {
      text = await readFile(this.#path, 'utf8');
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return null;
      throw new DmsctlError('STATE_UNREADABLE', {
        detail: `${this.#path}: ${systemWords(error)}.`,
        fix: 'Give this account the right to read the file, or set state.path in the spec.',
        cause: error,
      });
    }
    return decodeState(text, { path: this.#path, spec: this.#spec });
  }

  async write(state: State, lock: StateLock): Promise<State> {
    await this.#checkOwnLock(lock);
    this.#checkUnmoved(state, await this.read());
    const next = { ...state, serial: state.serial + 1, dmsctl: this.#dmsctl };
    await this.#onDisk(async () => writeFileAtomically(this.#path, encodeState(next), OWNER_ONLY));
    return next;
  }

  async lock(operation: string): Promise<StateLock> {
    const info = describeThisProcess(operation, this.#dmsctl);
    const acquired = await this.#onDisk(async () => {
      await mkdir(dirname(this.#path), { recursive: true });
      return acquire(this.#lockPath, info, isDeadHolder);
    });
    if (acquired.kind === 'held') throw lockedError(this.#lockPath, acquired.by);
    return {
      info,
      takenOverFrom: acquired.takenOverFrom,
      release: async () => this.#onDisk(async () => release(this.#lockPath, info.id)),
    };
  }

  async unlock(id: string): Promise<LockInfo> {
    const mine = describeThisProcess('state unlock', this.#dmsctl);
    const { removed, found } = await this.#onDisk(async () =>
      removeById(this.#lockPath, id, { mine, isDead: isDeadHolder }),
    );
    if (removed !== null) return removed;
    throw new DmsctlError('STATE_LOCK_UNKNOWN', {
      detail:
        found === null ? `${this.#lockPath} is not locked.` : `${this.#lockPath} has the id ${found.id}, not ${id}.`,
      fix: found === null ? 'Nothing to do.' : 'Use the id of the lock that is there, if its holder is really gone.',
    });
  }

  async #checkOwnLock(lock: StateLock): Promise<void> {
    if (await isHeldBy(this.#lockPath, lock.info.id)) return;
    throw new DmsctlError('STATE_LOCK_LOST', {
      detail: `${this.#lockPath} was removed or replaced while this command ran.`,
      fix: 'Make sure that no other dmsctl runs on this spec, then run the command again.',
    });
  }

  #checkUnmoved(state: State, onDisk: State | null): void {
    const expected = state.serial === 0 ? 'no file' : `lineage ${state.lineage}, serial ${state.serial}`;
    const found = onDisk === null ? 'no file' : `lineage ${onDisk.lineage}, serial ${onDisk.serial}`;
    if (found === expected) return;
    throw new DmsctlError('STATE_CONFLICT', {
      detail: `${this.#path}: expected ${expected}, found ${found}.`,
      fix: 'Plan again from what is there now:\n  dmsctl plan',
    });
  }

  async #onDisk<Result>(action: () => Promise<Result>): Promise<Result> {
    try {
      return await action();
    } catch (error) {
      if (error instanceof DmsctlError) throw error;
      throw new DmsctlError('STATE_UNWRITABLE', {
        detail: `${this.#path}: ${systemWords(error)}.`,
        fix: 'Free disk space, give this account the right to write there, or set state.path in the spec.',
        cause: error,
      });
    }
  }
}

/** The name of the system's error alone: its text repeats the path of a temporary file. */
function systemWords(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.message : String(error);
}
