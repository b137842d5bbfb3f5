import { readFile } from 'node:fs/promises';
import { DmsctlError } from '../errors/dmsctl-error.js';
import { blockedError } from '../plan/blocked-error.js';
import { checkFresh, decodePlanFile } from '../plan/plan-file.js';
import { destroysRows, hasChanges, isBlocked, type Plan, type PlanBasis } from '../plan/plan.js';
import type { ApplyObserver, ApplyReport } from './apply-event.js';
import { applyPlan } from './apply-plan.js';
import { lockState } from './lock-state.js';
import { planProject } from './plan-project.js';
import type { Project } from './project.js';

/** What an apply holds while the state is locked: a plan, and the way to carry it out. */
export interface ApplySession {
  readonly plan: Plan;
  readonly hasChanges: boolean;
  readonly destroysRows: boolean;
  /** Throws PLAN_BLOCKED when the plan has errors. */
  refuseBlocked(): void;
  run(observer: ApplyObserver): Promise<ApplyReport>;
}

export interface ApplyOptions {
  /** A saved plan that must still hold. */
  readonly planFile: string | undefined;
  /** Aborted by the first interrupt. */
  readonly drain: AbortSignal;
  /** For notices to a person. */
  readonly note: (text: string) => void;
}

/** Locks the state, plans, and hands the plan to `carryOut`; closes and unlocks whatever happens. */
export async function applyProject(
  project: Project,
  options: ApplyOptions,
  carryOut: (session: ApplySession) => Promise<void>,
): Promise<void> {
  const saved = options.planFile === undefined ? null : await readPlanFile(options.planFile, project.spec.name);
  const stateLock = await lockState(project.stateStore, 'apply', options.note);
  try {
    const signal = new AbortController().signal;
    const planned = await planProject(project, signal);
    try {
      const { plan } = planned;
      if (saved !== null) checkFresh(saved.path, saved.basis, plan.basis);
      await carryOut({
        plan,
        hasChanges: hasChanges(plan),
        destroysRows: destroysRows(plan),
        refuseBlocked: () => {
          if (isBlocked(plan)) throw blockedError(plan);
        },
        run: async (observer) =>
          applyPlan(plan, { project, ...planned, stateLock, observer, drain: options.drain }, signal),
      });
    } finally {
      await planned.close();
    }
  } finally {
    await stateLock.release();
  }
}

async function readPlanFile(path: string, spec: string): Promise<{ readonly path: string; readonly basis: PlanBasis }> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new DmsctlError('PLAN_FILE_INVALID', {
      detail: `${path} cannot be read.`,
      fix: `Save a plan first:\n\n  dmsctl plan --out ${path}`,
      cause: error,
    });
  }
  return { path, basis: decodePlanFile(text, { path, spec }).basis };
}
