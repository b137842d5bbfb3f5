import { randomUUID } from 'node:crypto';
import type { ServerDescription, SourceEngine, TargetEngine } from '../engines/ports.js';
import { bug } from '../errors/dmsctl-error.js';
import { failPoint } from '../lib/fail-point.js';
import type { TaskKey, TaskProgress } from '../model/task-progress.js';
import { hasWork, type Plan, type TaskPlan } from '../plan/plan.js';
import type { TaskSpec } from '../spec/spec.js';
import { applyStateChanges, newState, type State, type StateChange, tableResource } from '../state/state.js';
import type { StateLock } from '../state/state-store.js';
import { tableAddress, taskAddress } from '../state/address.js';
import type { ApplyObserver, ApplyReport, TaskReport } from './apply-event.js';
import { applyTask } from './apply-task.js';
import type { Project } from './project.js';
import type { TaskRun } from './task-run.js';

/** An open task, with what planning learned of its servers. */
export interface OpenTask {
  readonly spec: TaskSpec;
  readonly source: SourceEngine;
  readonly target: TargetEngine;
  readonly sourceServer: ServerDescription;
  readonly progress: TaskProgress | null;
}

export interface ApplyContext {
  readonly project: Project;
  readonly tasks: readonly OpenTask[];
  readonly state: State | null;
  readonly stateLock: StateLock;
  readonly observer: ApplyObserver;
  readonly drain: AbortSignal;
}

/** Carries out a plan that has changes and no errors. The state follows the progress of each task, also when it fails. */
export async function applyPlan(plan: Plan, context: ApplyContext, signal: AbortSignal): Promise<ApplyReport> {
  const recorder = new StateRecorder(plan, context);
  await recorder.record((state) => applyStateChanges(state, plan.stateChanges));
  const reports: TaskReport[] = [];
  for (const taskPlan of plan.tasks) {
    if (context.drain.aborted) break;
    if (taskPlan.start === 'manual' || !taskPlan.tables.some(hasWork)) continue;
    const task = context.tasks.find(({ spec }) => spec.name === taskPlan.name);
    if (task === undefined) throw bug(`task ${taskPlan.name} of the plan is not open`);
    try {
      reports.push(await applyTask(toTaskRun(taskPlan, task, recorder.lineage, context), signal));
    } finally {
      await recorder.recordProgress(task, taskPlan, signal);
    }
  }
  return { tasks: reports, isDrained: context.drain.aborted };
}

function toTaskRun(plan: TaskPlan, task: OpenTask, lineage: string, context: ApplyContext): TaskRun {
  return {
    key: { spec: context.project.spec.name, task: plan.name },
    plan,
    policies: task.spec.policies,
    fullLoad: task.spec.fullLoad,
    retryForMs: context.project.spec.replicationInstance.retryForMs,
    lineage,
    sourceIdentity: task.sourceServer.identity,
    planned: task.progress,
    source: task.source,
    target: task.target,
    observer: context.observer,
    drain: context.drain,
  };
}

/** Keeps the state in step with what was done. Writes only when something changed. */
class StateRecorder {
  readonly lineage: string;
  readonly #context: ApplyContext;
  #state: State;

  constructor(plan: Plan, context: ApplyContext) {
    this.lineage = plan.basis.lineage ?? randomUUID();
    this.#context = context;
    this.#state =
      context.state ??
      newState({ lineage: this.lineage, spec: context.project.spec.name, dmsctl: context.project.dmsctlVersion });
  }

  async record(change: (state: State) => State): Promise<void> {
    const changed = change(this.#state);
    if (JSON.stringify(changed) === JSON.stringify(this.#state)) return;
    failPoint('before-state-write');
    this.#state = await this.#context.project.stateStore.write(changed, this.#context.stateLock);
  }

  /** The target's progress is the truth. When it cannot be read the state stays behind, and the next plan mends it. */
  async recordProgress(task: OpenTask, plan: TaskPlan, signal: AbortSignal): Promise<void> {
    const key: TaskKey = { spec: this.#context.project.spec.name, task: plan.name };
    const progress = await task.target.progress.read(key, signal).catch(() => null);
    if (progress === null) return;
    await this.record((state) => withProgress(state, plan, progress));
  }
}

function withProgress(state: State, plan: TaskPlan, progress: TaskProgress): State {
  const planned = new Set(plan.tables.map(({ address }) => address));
  const known = progress.tables.filter(({ source }) => planned.has(tableAddress(plan.name, source)));
  const changes: StateChange[] = known.map((table) => ({
    kind: 'record',
    address: tableAddress(plan.name, table.source),
    resource: tableResource(table),
  }));
  const task = state.resources[taskAddress(plan.name)];
  if (task?.kind === 'task') {
    const phase = known.every((table) => table.phase === 'loaded') ? 'loaded' : 'loading';
    changes.push({ kind: 'record', address: taskAddress(plan.name), resource: { ...task, phase } });
  }
  return applyStateChanges(state, changes);
}
