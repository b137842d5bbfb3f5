import { describe, expect, it } from 'vitest';
import { mayTake, toLease } from '../../../../../src/engines/postgres/task-lease.js';

const holder = { hostId: 'a', hostName: 'alpha', pid: 1 };
const nobodyDies = (): boolean => false;

describe('lease', () => {
  it.each([
    ['it has run out', { holder, remainingMs: 0 }, { holder: { ...holder, pid: 2 }, isDead: nobodyDies }, true],
    [
      'it is the claimer itself',
      { holder, remainingMs: 9 },
      { holder: { ...holder, hostName: 'b' }, isDead: nobodyDies },
      true,
    ],
    ['its holder is dead', { holder, remainingMs: 9 }, { holder: { ...holder, pid: 2 }, isDead: () => true }, true],
    ['another process', { holder, remainingMs: 9 }, { holder: { ...holder, pid: 2 }, isDead: nobodyDies }, false],
    [
      'same pid elsewhere',
      { holder, remainingMs: 9 },
      { holder: { ...holder, hostId: 'b' }, isDead: nobodyDies },
      false,
    ],
  ])('%s', (_case, lease, claim, expected) => {
    expect(mayTake(lease, claim)).toBe(expected);
  });

  it('is nobody’s when the columns are empty', () => {
    const none = { lease_host_id: null, lease_host_name: null, lease_pid: null, lease_remaining_ms: null };
    expect(toLease(none)).toBeNull();
  });
});
