import type { ExistingTable, PrepareMode } from '../engines/ports.js';
import type { Policies } from '../model/policies.js';
import type { TableProgress } from '../model/task-progress.js';
import type { LoadAction, StructureAction } from './plan.js';

/** What is known of one table when its fate is decided. */
export interface TableFacts {
  readonly prepare: PrepareMode;
  readonly existingRows: Policies['existingRows'];
  readonly existing: ExistingTable | null;
  readonly progress: TableProgress | null;
  readonly fingerprint: string;
  readonly loadBasis: string;
  /** The state says that it was loaded, though the target knows nothing of it. */
  readonly isLoadedByState: boolean;
}

export type TableDecision =
  | { readonly kind: 'act'; readonly structure: StructureAction; readonly load: LoadAction; readonly warning?: Warning }
  | { readonly kind: 'refuse'; readonly reason: Refusal };

export type Warning = 'table-gone' | 'table-emptied' | 'rows-kept';
export type Refusal =
  | 'changed-in-load'
  | 'basis-changed-in-load'
  | 'emptied-in-load'
  | 'changed-after-load'
  | 'missing'
  | 'not-empty'
  | 'not-empty-progress-lost';

/**
 * Decides what happens to a table. The target's progress comes first, then what stands on the target:
 *
 * 1. known, but the table is gone: made and loaded again, said aloud
 * 2. known, but mapped otherwise now: refused, because old and new rows must not mix and nothing is skipped silently
 * 3. loaded: nothing to do
 * 4. loading: goes on where it stopped, whatever `prepare` says; refused when the rows of the parts done are gone, or when
 *    the parts to come would not fit them
 * 5. prepared, or unknown: by `prepare`
 */
export function decideTable(facts: TableFacts): TableDecision {
  const { progress, existing, fingerprint } = facts;
  if (progress === null) return decideByPrepare(facts); // 5
  if (existing === null) return withWarning(decideByPrepare(facts), 'table-gone'); // 1
  if (progress.mappingFingerprint !== fingerprint) {
    return { kind: 'refuse', reason: progress.phase === 'loaded' ? 'changed-after-load' : 'changed-in-load' }; // 2
  }
  switch (progress.phase) {
    case 'loaded': {
      const done: TableDecision = {
        kind: 'act',
        structure: { kind: 'use' },
        load: { kind: 'none', rows: progress.rows },
      };
      return progress.rows > 0 && !existing.hasRows ? withWarning(done, 'table-emptied') : done; // 3
    }
    case 'loading':
      if (progress.rows > 0 && !existing.hasRows) return { kind: 'refuse', reason: 'emptied-in-load' };
      if (progress.loadBasis !== facts.loadBasis) return { kind: 'refuse', reason: 'basis-changed-in-load' };
      return { kind: 'act', structure: { kind: 'use' }, load: resume(progress) }; // 4
    case 'prepared':
      return decideByPrepare(facts); // 5
  }
}

function resume(progress: TableProgress): LoadAction {
  const partsDone = progress.parts.filter(({ isDone }) => isDone).length;
  return { kind: 'resume', partsDone, parts: progress.parts.length, rowsDone: progress.rows };
}

function decideByPrepare(facts: TableFacts): TableDecision {
  const { prepare, existing } = facts;
  const load: LoadAction = { kind: 'load' };
  if (existing === null) {
    if (prepare === 'none') return { kind: 'refuse', reason: 'missing' };
    return { kind: 'act', structure: { kind: 'create' }, load };
  }
  switch (prepare) {
    case 'recreate':
      return { kind: 'act', structure: { kind: 'recreate', rowsLost: rowsLost(existing) }, load };
    case 'truncate':
      if (!existing.hasRows) return { kind: 'act', structure: { kind: 'use' }, load };
      return { kind: 'act', structure: { kind: 'truncate', rowsLost: rowsLost(existing) }, load };
    case 'create':
    case 'none':
      return decideExistingRows(existing, facts);
  }
}

function decideExistingRows(existing: ExistingTable, { existingRows, isLoadedByState }: TableFacts): TableDecision {
  const use: TableDecision = { kind: 'act', structure: { kind: 'use' }, load: { kind: 'load' } };
  if (!existing.hasRows) return use;
  if (existingRows === 'keep') return withWarning(use, 'rows-kept');
  return { kind: 'refuse', reason: isLoadedByState ? 'not-empty-progress-lost' : 'not-empty' };
}

/** Statistics may say 0 of a table that has rows. */
function rowsLost(existing: ExistingTable): number | null {
  if (!existing.hasRows) return 0;
  const { estimatedRows } = existing.definition.size;
  return estimatedRows === 0 ? null : estimatedRows;
}

function withWarning(decision: TableDecision, warning: Warning): TableDecision {
  return decision.kind === 'act' ? { ...decision, warning } : decision;
}
