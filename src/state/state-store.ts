import type { State } from './state.js';

/** Content of the lock file. */
export interface LockInfo {
  readonly id: string;
  /** The command that holds it, e.g. `apply`. */
  readonly operation: string;
  /** The person: name of the account. */
  readonly holder: string;
  readonly host: string;
  /** Machine, boot and process namespace: `pid` means something only where this is equal. */
  readonly hostId: string;
  readonly pid: number;
  /** Tells a process from a later one with the same pid; `null` where the system does not say. */
  readonly processStart: string | null;
  readonly dmsctl: string;
  /** ISO time of taking it. */
  readonly time: string;
}

export interface StateLock {
  readonly info: LockInfo;
  /** The dead holder whose lock was taken over: the caller prints a notice. */
  readonly takenOverFrom: LockInfo | null;
  /** Removes the lock if it is still this one. */
  release(): Promise<void>;
}

/** Keeps one state. Nothing that it cannot read is ever overwritten. */
export interface StateStore {
  /** `null` when there is none. Needs no lock. */
  read(): Promise<State | null>;
  /**
   * Writes the state with the next serial and returns it as written; durable when it returns. Refused with
   * STATE_CONFLICT when lineage or serial on disk are not those `state` was made from, with STATE_LOCK_LOST when `lock`
   * is gone.
   */
  write(state: State, lock: StateLock): Promise<State>;
  /** STATE_LOCKED while another holder lives, or may live on another host. */
  lock(operation: string): Promise<StateLock>;
  /** Frees a lock by its id, dead or not: for `state unlock`. */
  unlock(id: string): Promise<LockInfo>;
}
