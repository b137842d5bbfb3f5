import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { DmsctlError } from '../errors/dmsctl-error.js';
import { hostId, isProcessAlive } from '../lib/host-id.js';
import { processStart } from '../lib/process-start.js';
import type { LockInfo } from './state-store.js';

export function describeThisProcess(operation: string, dmsctl: string): LockInfo {
  return {
    id: randomUUID(),
    operation,
    holder: accountName(),
    host: hostname(),
    hostId: hostId(),
    pid: process.pid,
    processStart: processStart(process.pid),
    dmsctl,
    time: new Date().toISOString(),
  };
}

/** True only when it is certain: a process of another host may always be alive. */
export function isDeadHolder(lock: LockInfo): boolean {
  if (lock.hostId !== hostId()) return false;
  if (!isProcessAlive(lock.pid)) return true;
  const start = processStart(lock.pid);
  return start !== null && lock.processStart !== null && start !== lock.processStart;
}

export function parseLock(path: string, text: string): LockInfo {
  const lock = parseJson(text);
  if (isLockInfo(lock)) return lock;
  throw new DmsctlError('STATE_LOCKED', {
    detail: `${path} is there, but dmsctl did not write it, so nobody can say who holds the state.`,
    fix: `When you are sure that no dmsctl runs on this spec, remove the file:\n  rm '${path}'`,
  });
}

export function lockedError(path: string, lock: LockInfo): DmsctlError {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(lock.time)) / 1000));
  return new DmsctlError('STATE_LOCKED', {
    detail: `${path} is held by ${lock.holder} on ${lock.host}, process ${lock.pid}, with dmsctl ${lock.operation} since ${lock.time} (${seconds} s).`,
    fix: `Wait until it ends. When you are sure that the process is gone:\n  dmsctl state unlock ${lock.id}`,
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isLockInfo(value: unknown): value is LockInfo {
  if (typeof value !== 'object' || value === null) return false;
  const lock = value as Partial<Record<keyof LockInfo, unknown>>;
  const words = [lock.id, lock.operation, lock.holder, lock.host, lock.hostId, lock.dmsctl, lock.time];
  return words.every((word) => typeof word === 'string') && typeof lock.pid === 'number';
}

/** Containers run under user ids that have no account. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
