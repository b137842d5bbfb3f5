import { canonicalJson, type JsonValue } from '../lib/canonical-json.js';
import { quoteTableName } from '../model/table.js';
import type { TaskProgress } from '../model/task-progress.js';
import { endpointFingerprint, taskFingerprint } from '../spec/fingerprint.js';
import type { Spec, TaskSpec } from '../spec/spec.js';
import { endpointAddress, tableAddress, taskAddress } from '../state/address.js';
import { type Resource, type State, type StateChange, tableResource, type TaskResource } from '../state/state.js';
import { compareText } from './code-point-order.js';
import { hasWork, type TaskPlan } from './plan.js';

export interface PlannedTask {
  readonly plan: TaskPlan;
  readonly spec: TaskSpec;
  readonly progress: TaskProgress | null;
}

/** What the state must learn or forget without any work on a database; what `apply` loads it records by itself. */
export function planStateChanges(
  spec: Spec,
  state: State | null,
  tasks: readonly PlannedTask[],
): readonly StateChange[] {
  const wanted = new Map<string, Resource>([...endpointResources(spec), ...tasks.flatMap(taskResources)]);
  const recorded = state?.resources ?? {};
  const kept = new Set(tasks.flatMap(({ plan }) => selectedAddresses(plan)));
  const forgotten = Object.keys(recorded).filter((address) => !wanted.has(address) && !kept.has(address));
  const learnt = [...wanted].filter(([address, resource]) => !isEqual(recorded[address], resource));
  const changes: StateChange[] = [
    ...learnt.map(([address, resource]) => ({ kind: 'record', address, resource }) as const),
    ...forgotten.map((address) => ({ kind: 'forget', address }) as const),
  ];
  return changes.sort((left, right) => compareText(left.address, right.address));
}

function selectedAddresses(plan: TaskPlan): readonly string[] {
  return [
    ...plan.tables.map(({ address }) => address),
    ...plan.blockedTables.map((table) => tableAddress(plan.name, table)),
  ];
}

function endpointResources(spec: Spec): readonly [string, Resource][] {
  return spec.endpoints.map((endpoint) => [
    endpointAddress(endpoint.name),
    { kind: 'endpoint', phase: 'known', fingerprint: endpointFingerprint(endpoint), created: [] },
  ]);
}

/** The task itself, and its tables that need no work. */
function taskResources({ plan, spec, progress }: PlannedTask): readonly [string, Resource][] {
  const bySource = new Map(progress?.tables.map((table) => [quoteTableName(table.source), table]));
  const tables = plan.tables
    .filter((table) => !hasWork(table))
    .flatMap((table): [string, Resource][] => {
      const known = bySource.get(quoteTableName(table.target.mapping.source));
      return known === undefined ? [] : [[table.address, tableResource(known)]];
    });
  return [[taskAddress(spec.name), taskResource(spec, taskPhase(plan))], ...tables];
}

function taskResource(spec: TaskSpec, phase: TaskResource['phase']): TaskResource {
  return { kind: 'task', phase, fingerprint: taskFingerprint(spec), created: [] };
}

function taskPhase(plan: TaskPlan): TaskResource['phase'] {
  if (plan.tables.every((table) => table.load.kind === 'load')) return 'created';
  return plan.tables.every((table) => !hasWork(table)) ? 'loaded' : 'loading';
}

function isEqual(left: Resource | undefined, right: Resource): boolean {
  if (left === undefined) return false;
  return canonicalJson(toJson(left)) === canonicalJson(toJson(right));
}

function toJson(resource: Resource): JsonValue {
  return { ...resource };
}
