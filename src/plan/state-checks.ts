import { DmsctlError } from '../errors/dmsctl-error.js';
import type { Finding } from '../model/finding.js';
import type { TaskProgress } from '../model/task-progress.js';
import type { Spec } from '../spec/spec.js';
import type { State } from '../state/state.js';

/**
 * The lineage that the plan goes on with: the state's, else the one that the targets remember. Throws when they do not
 * agree, because then state and target belong to different migrations.
 */
export function agreeOnLineage(spec: Spec, state: State | null, progress: readonly TaskProgress[]): string | null {
  const [first] = progress;
  const lineage = state?.lineage ?? first?.lineage ?? null;
  const other = progress.find((task) => task.lineage !== lineage);
  if (lineage === null || other === undefined) return lineage;
  const holder = state === null ? `task ${first?.task.task ?? ''}` : spec.statePath;
  throw new DmsctlError('STATE_LINEAGE_DIFFERS', {
    detail: `${holder} has the lineage ${lineage}, the target of task ${other.task.task} has ${other.lineage}.`,
    fix:
      state === null
        ? 'Two specs named alike have used these targets. Give this spec a name of its own.'
        : `If the state file was copied from elsewhere, move it away and plan again: the state is read from the target.\n  mv '${spec.statePath}' '${spec.statePath}.other'\nIf another spec of the same name uses this target, give this spec a name of its own.`,
  });
}

/** Losing the state loses nothing, but nobody should wonder where the new one came from. */
export function checkStateRecovered(state: State | null, progress: readonly TaskProgress[]): readonly Finding[] {
  const [first] = progress;
  if (state !== null || first === undefined) return [];
  const tables = progress.reduce((sum, task) => sum + task.tables.length, 0);
  return [
    {
      check: 'plan.state-recovered',
      severity: 'warning',
      object: 'state',
      found: `there is no state file, but the target knows ${tables === 1 ? '1 table' : `${tables} tables`} of this spec.`,
      why: 'The state was lost, or the spec was run from elsewhere. It is recovered from the target; no row is loaded twice.',
      fix: `Nothing, if this is the right target. apply writes the state anew, with the lineage ${first.lineage}.`,
    },
  ];
}
