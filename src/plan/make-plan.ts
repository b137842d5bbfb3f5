import { bug } from '../errors/dmsctl-error.js';
import { canonicalJson } from '../lib/canonical-json.js';
import type { Finding } from '../model/finding.js';
import { compareText } from './code-point-order.js';
import { specFingerprints } from './plan-basis.js';
import type { PlanInputs, TaskInputs } from './plan-inputs.js';
import type { Plan } from './plan.js';
import { planTask } from './plan-task.js';
import { checkSharedTargets } from './shared-targets.js';
import { planStateChanges } from './state-changes.js';
import { agreeOnLineage, checkStateRecovered } from './state-checks.js';

/**
 * Compares what the spec wants with state, source and target. Pure. Everything that is wrong becomes a finding; only a
 * state of another lineage throws, because then nothing that could be said of the tables would be true.
 */
export function makePlan({ spec, state, tasks }: PlanInputs): Plan {
  const progress = spec.tasks.map(({ name }) => inputsOf(tasks, name).progress).filter((known) => known !== null);
  const lineage = agreeOnLineage(spec, state, progress);
  const outcomes = spec.tasks.map((task) => {
    const inputs = inputsOf(tasks, task.name);
    return { spec: task, progress: inputs.progress, ...planTask(spec, task, inputs, state) };
  });
  const plans = outcomes.map(({ plan }) => plan);
  const databases = new Map(outcomes.map(({ plan, targetDatabase }) => [plan.name, targetDatabase]));
  return {
    spec: spec.name,
    basis: {
      lineage,
      serial: state?.serial ?? 0,
      fingerprints: sortedRecord([...specFingerprints(spec), ...outcomes.flatMap(({ fingerprints }) => fingerprints)]),
    },
    tasks: plans,
    findings: sortedFindings([
      ...checkStateRecovered(state, progress),
      ...outcomes.flatMap(({ findings }) => findings),
      ...checkSharedTargets(plans, databases),
    ]),
    stateChanges: planStateChanges(spec, state, outcomes),
  };
}

/** The plan with what prechecks found; they look at the tables that it selects, so they come after it. */
export function withFindings(plan: Plan, findings: readonly Finding[]): Plan {
  return findings.length === 0 ? plan : { ...plan, findings: sortedFindings([...plan.findings, ...findings]) };
}

function inputsOf(tasks: PlanInputs['tasks'], name: string): TaskInputs {
  const inputs = tasks.get(name);
  if (inputs === undefined) throw bug(`nothing was read for task ${name}`);
  return inputs;
}

function sortedRecord(entries: readonly [string, string][]): Readonly<Record<string, string>> {
  return Object.fromEntries(entries.toSorted(([left], [right]) => compareText(left, right)));
}

/** Errors first. Tasks that share an endpoint find the same things there: each is said once. */
function sortedFindings(findings: readonly Finding[]): readonly Finding[] {
  const unique = new Map(findings.map((finding) => [canonicalJson({ ...finding }), finding]));
  return [...unique.values()].sort(
    (left, right) =>
      compareText(left.severity, right.severity) ||
      compareText(left.object, right.object) ||
      compareText(left.check, right.check) ||
      compareText(left.found, right.found),
  );
}
