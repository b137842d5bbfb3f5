import type { Finding } from '../model/finding.js';
import { formatTableName, quoteTableName } from '../model/table.js';
import type { TableMapping } from '../model/table-mapping.js';
import type { TableProgress } from '../model/task-progress.js';
import type { Refusal, Warning } from './decide-table.js';

type Words = Pick<Finding, 'check' | 'found' | 'why' | 'fix'>;

/** The decision of decide-table.ts in words, with every way out. */
export function warningFinding(warning: Warning, mapping: TableMapping, progress: TableProgress | null): Finding {
  return { severity: 'warning', object: formatTableName(mapping.source), ...warningWords(warning, mapping, progress) };
}

export function refusalFinding(refusal: Refusal, mapping: TableMapping, progress: TableProgress | null): Finding {
  return { severity: 'error', object: formatTableName(mapping.source), ...refusalWords(refusal, mapping, progress) };
}

function warningWords(warning: Warning, mapping: TableMapping, progress: TableProgress | null): Words {
  const target = formatTableName(mapping.target);
  switch (warning) {
    case 'table-gone':
      return {
        check: 'plan.table-gone',
        found: `${rowsSoFar(progress)}, but ${target} is not on the target any more.`,
        why: 'Its progress counts for nothing without the table.',
        fix: 'It is created and loaded from the start. If it was dropped by mistake elsewhere, find out by whom first.',
      };
    case 'table-emptied':
      return {
        check: 'plan.table-emptied',
        found: `${rowsSoFar(progress)}, but ${target} is empty now.`,
        why: 'Somebody removed the rows after the load. dmsctl does not load a finished table again by itself.',
        fix: `If the rows are to come back, drop the table and plan again:\n  DROP TABLE ${quoteTableName(mapping.target)};`,
      };
    case 'rows-kept':
      return {
        check: 'plan.rows-kept',
        found: `${target} has rows, and policies.existingRows is keep.`,
        why: 'The rows of the source come on top. A row that exists on both sides is refused by the key, or doubled without one.',
        fix: 'Make sure that the two sets of rows do not meet.',
      };
  }
}

function refusalWords(refusal: Refusal, mapping: TableMapping, progress: TableProgress | null): Words {
  const target = formatTableName(mapping.target);
  const startOver = `drop the table on the target and plan again; it is then loaded from the start:\n  DROP TABLE ${quoteTableName(mapping.target)};`;
  switch (refusal) {
    case 'changed-in-load':
      return {
        check: 'plan.changed-in-load',
        found: `${rowsSoFar(progress)}; since then the table or its mapping changed, on the source, the target or in the spec.`,
        why: 'Rows loaded before and after the change would not fit together.',
        fix: `Undo the change and the load goes on where it stopped. Or ${startOver}`,
      };
    case 'basis-changed-in-load':
      return {
        check: 'plan.changed-in-load',
        found: `${rowsSoFar(progress)}; since then the collation of its key, its partitions, or a policy of the spec that changes values was changed.`,
        why: 'The parts that are left would miss rows, double them, or treat their values in another way.',
        fix: `Undo the change and the load goes on where it stopped. Or ${startOver}`,
      };
    case 'emptied-in-load':
      return {
        check: 'plan.emptied-in-load',
        found: `${rowsSoFar(progress)}, but ${target} is empty now.`,
        why: 'Going on would leave out the parts that were done.',
        fix: `Find out who emptied the table. Then ${startOver}`,
      };
    case 'changed-after-load':
      return {
        check: 'plan.changed-after-load',
        found: `${rowsSoFar(progress)}; since then the table or its mapping changed, on the source, the target or in the spec.`,
        why: 'What is on the target is not what the spec asks for now.',
        fix: `If the target is right as it is, leave the table out: tables.exclude. Or ${startOver}`,
      };
    case 'missing':
      return {
        check: 'plan.target-missing',
        found: `${target} is not on the target, and prepare is none.`,
        why: 'With prepare: none the tables must be there.',
        fix: 'Create the table, or use prepare: create.',
      };
    case 'not-empty':
      return {
        check: 'plan.target-not-empty',
        found: `${target} has rows that dmsctl did not load.`,
        why: 'Loading on top of them could double or mix rows.',
        fix: 'Empty it yourself, or choose: prepare: truncate or recreate (destroys the rows), policies.existingRows: keep (adds to them).',
      };
    case 'not-empty-progress-lost':
      return {
        check: 'plan.progress-lost',
        found: `${target} has rows, and the state says that dmsctl loaded them, but the target's control tables do not know of it.`,
        why: 'The progress lives in the target. Without it nobody can say whether the load was complete.',
        fix: 'Put the control tables (schema dmsctl) back if they were removed by mistake. Or load again with prepare: truncate or recreate, which destroys the rows.',
      };
  }
}

function rowsSoFar(progress: TableProgress | null): string {
  if (progress === null) return 'nothing is loaded yet';
  return progress.phase === 'loaded'
    ? `${progress.rows} rows were loaded`
    : `a load was begun (${progress.rows} rows so far)`;
}
