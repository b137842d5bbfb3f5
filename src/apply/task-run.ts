import type { SourceEngine, TargetEngine } from '../engines/ports.js';
import type { Policies } from '../model/policies.js';
import type { TaskKey, TaskProgress } from '../model/task-progress.js';
import type { TaskPlan } from '../plan/plan.js';
import type { LoadObserver } from '../replication/load-event.js';
import { withRetry } from '../replication/with-retry.js';
import type { ApplyObserver } from './apply-event.js';

export interface TaskRun {
  readonly key: TaskKey;
  readonly plan: TaskPlan;
  readonly policies: Policies;
  readonly fullLoad: { readonly tables: number; readonly connectionsPerTable: number | 'auto' };
  readonly retryForMs: number;
  readonly lineage: string;
  readonly sourceIdentity: string | null;
  /** What the target knew of the task when the plan was made. */
  readonly planned: TaskProgress | null;
  readonly source: SourceEngine;
  readonly target: TargetEngine;
  readonly observer: ApplyObserver;
  readonly drain: AbortSignal;
}

/** A step of the run outside any table's load: it waits for endpoints that went away, as those do. */
export async function retrying<Result>(
  run: TaskRun,
  signal: AbortSignal,
  doing: string,
  step: () => Promise<Result>,
): Promise<Result> {
  const { retryForMs, drain } = run;
  const observer: LoadObserver = (event) => {
    run.observer({ type: 'load', task: run.plan.name, event });
  };
  return withRetry(step, { doing, retryForMs, observer, drain, signal });
}
