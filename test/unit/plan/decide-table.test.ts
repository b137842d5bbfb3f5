import { describe, expect, it } from 'vitest';
import { decideTable, type TableFacts } from '../../../src/plan/decide-table.js';
import type { TablePhase, TableProgress } from '../../../src/model/task-progress.js';
import { existing, part, table, tableProgress } from './build.js';

const orders = table('orders');
const empty = existing(orders);
const filled = existing(orders, { hasRows: true });

function facts(change: Partial<TableFacts>): TableFacts {
  return {
    prepare: 'create',
    existingRows: 'error',
    existing: null,
    progress: null,
    fingerprint: 'f',
    loadBasis: 'basis',
    isLoadedByState: false,
    ...change,
  };
}

function known(phase: TablePhase, change: Partial<TableProgress> = {}): TableProgress {
  return tableProgress(orders, { phase, mappingFingerprint: 'f', loadBasis: 'basis', ...change });
}

/** Structure and load in short, or the refusal. */
function decision(change: Partial<TableFacts>): string {
  const decided = decideTable(facts(change));
  if (decided.kind === 'refuse') return `refuse ${decided.reason}`;
  const { structure, load, warning } = decided;
  return [structure.kind, load.kind, ...(warning === undefined ? [] : [warning])].join(' ');
}

describe('a load whose parts would not fit those to come', () => {
  const moved = { existing: filled, loadBasis: 'another order' };

  it('is refused while it is under way', () => {
    expect(decision({ ...moved, progress: known('loading') })).toBe('refuse basis-changed-in-load');
  });

  it('does not matter before the first part and after the last', () => {
    expect(decision({ ...moved, existing: empty, progress: known('prepared') })).toBe('use load');
    expect(decision({ ...moved, progress: known('loaded') })).toBe('use none');
  });
});

describe('a table that the target knows nothing of', () => {
  it.each([
    ['create', null, 'create load'],
    ['truncate', null, 'create load'],
    ['recreate', null, 'create load'],
    ['none', null, 'refuse missing'],
    ['create', empty, 'use load'],
    ['truncate', empty, 'use load'],
    ['recreate', empty, 'recreate load'],
    ['none', empty, 'use load'],
    ['create', filled, 'refuse not-empty'],
    ['truncate', filled, 'truncate load'],
    ['recreate', filled, 'recreate load'],
    ['none', filled, 'refuse not-empty'],
  ] as const)('prepare %s, %o → %s', (prepare, found, expected) => {
    expect(decision({ prepare, existing: found })).toBe(expected);
  });

  it('keeps rows only when told to, and says so', () => {
    expect(decision({ existing: filled, existingRows: 'keep' })).toBe('use load rows-kept');
  });

  it('is not taken for empty when the state says that it was loaded', () => {
    expect(decision({ existing: filled, isLoadedByState: true })).toBe('refuse not-empty-progress-lost');
  });

  it('names the rows that are destroyed, and does not take a statistic of 0 for emptiness', () => {
    expect(decideTable(facts({ prepare: 'truncate', existing: filled }))).toMatchObject({
      structure: { kind: 'truncate', rowsLost: 1000 },
    });
    const unknown = existing({ ...orders, size: { estimatedRows: 0, estimatedBytes: 0 } }, { hasRows: true });
    expect(decideTable(facts({ prepare: 'recreate', existing: unknown }))).toMatchObject({
      structure: { kind: 'recreate', rowsLost: null },
    });
    expect(decideTable(facts({ prepare: 'recreate', existing: empty }))).toMatchObject({
      structure: { kind: 'recreate', rowsLost: 0 },
    });
  });
});

describe('a table that the target knows', () => {
  it.each(['create', 'truncate', 'recreate', 'none'] as const)(
    'loaded or loading, is left as it is whatever prepare says (%s)',
    (prepare) => {
      expect(decision({ prepare, existing: filled, progress: known('loaded') })).toBe('use none');
      expect(decision({ prepare, existing: filled, progress: known('loading') })).toBe('use resume');
      expect(decision({ prepare, existing: empty, progress: known('loading', { rows: 0 }) })).toBe('use resume');
    },
  );

  it('goes on with the parts that are not done', () => {
    const progress = known('loading', { parts: [part(1, true), part(2, false), part(3, true)], rows: 20 });
    expect(decideTable(facts({ existing: filled, progress }))).toMatchObject({
      load: { kind: 'resume', partsDone: 2, parts: 3, rowsDone: 20 },
    });
  });

  it.each(['prepared', 'loading', 'loaded'] as const)('%s, and gone, is made and loaded again, said aloud', (phase) => {
    expect(decision({ progress: known(phase) })).toBe('create load table-gone');
    expect(decision({ progress: known(phase), prepare: 'none' })).toBe('refuse missing');
  });

  it.each(['create', 'truncate', 'recreate', 'none'] as const)('mapped otherwise now is refused (%s)', (prepare) => {
    const found = { prepare, existing: filled, fingerprint: 'other' };
    expect(decision({ ...found, progress: known('prepared') })).toBe('refuse changed-in-load');
    expect(decision({ ...found, progress: known('loading') })).toBe('refuse changed-in-load');
    expect(decision({ ...found, progress: known('loaded') })).toBe('refuse changed-after-load');
  });

  it('and that somebody emptied is neither resumed nor called well', () => {
    expect(decision({ existing: empty, progress: known('loading') })).toBe('refuse emptied-in-load');
    expect(decision({ existing: empty, progress: known('loaded') })).toBe('use none table-emptied');
    expect(decision({ existing: empty, progress: known('loaded', { rows: 0 }) })).toBe('use none');
  });

  it('prepared is decided by prepare again', () => {
    const progress = known('prepared', { rows: 0 });
    expect(decision({ existing: empty, progress })).toBe('use load');
    expect(decision({ existing: filled, progress })).toBe('refuse not-empty');
    expect(decision({ existing: filled, progress, prepare: 'truncate' })).toBe('truncate load');
  });
});
