import { describe, expect, it } from 'vitest';
import { judgeCondition } from '../../../src/apply/read-status.js';
import { NO_POLICY_COUNTS } from '../../../src/model/load-part.js';
import type { Lease, TablePhase, TableProgress, TaskProgress } from '../../../src/model/task-progress.js';

const alive = (): boolean => false;
const dead = (): boolean => true;

function table(phase: TablePhase, change: Partial<TableProgress> = {}): TableProgress {
  return {
    source: { schema: 's', table: 't' },
    target: { schema: 's', table: 't' },
    phase,
    mappingFingerprint: '',
    loadBasis: '',
    parts: [],
    rows: 0,
    bytes: 0,
    policyCounts: NO_POLICY_COUNTS,
    error: null,
    isCreatedByTask: true,
    hasObjectsToRestore: false,
    ...change,
  };
}

function progress(tables: readonly TableProgress[], lease: Lease | null = null): TaskProgress {
  return { task: { spec: 'shop', task: 'load' }, epoch: 1, lineage: 'a', sourceIdentity: null, lease, tables };
}

function lease(remainingMs: number): Lease {
  return { holder: { hostId: 'h', hostName: 'alpha', pid: 1 }, remainingMs };
}

describe('judgeCondition', () => {
  it('knows a task that the target knows nothing of', () => {
    expect(judgeCondition(null, alive)).toBe('not-started');
  });

  it('takes a holder for alive until its lease runs out', () => {
    expect(judgeCondition(progress([table('loaded')], lease(1)), alive)).toBe('running');
    expect(judgeCondition(progress([table('loading')], lease(0)), alive)).toBe('stopped');
  });

  it('does not take a process for running that is known to be dead', () => {
    expect(judgeCondition(progress([table('loading')], lease(20_000)), dead)).toBe('stopped');
  });

  it('is loaded only when every table is, with what stood on it put back', () => {
    expect(judgeCondition(progress([table('loaded'), table('loaded')]), alive)).toBe('loaded');
    expect(judgeCondition(progress([table('loaded'), table('prepared')]), alive)).toBe('stopped');
    expect(judgeCondition(progress([table('loaded', { hasObjectsToRestore: true })]), alive)).toBe('stopped');
  });

  it('is not loaded when it stopped before its first table', () => {
    expect(judgeCondition(progress([]), alive)).toBe('stopped');
  });
});
