import { describe, expect, it } from 'vitest';
import { judgeCondition } from '../../../src/apply/read-status.js';
import type { TaskProgress } from '../../../src/model/task-progress.js';

describe('judgeCondition', () => {
  const loaded: TaskProgress = {
    task: { spec: 'shop', task: 'load' },
    epoch: 1,
    lineage: 'lineage',
    sourceIdentity: null,
    lease: { holder: { hostId: 'host', hostName: 'alpha', pid: 1 }, remainingMs: 20_000 },
    tables: [],
  };

  it('takes a holder for alive until its lease runs out', () => {
    expect(judgeCondition(loaded, () => false)).toBe('running');
  });

  it('does not take a process for running that is known to be dead', () => {
    expect(judgeCondition(loaded, () => true)).toBe('loaded');
  });
});
