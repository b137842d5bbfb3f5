import type { RemovedObjects } from '../engines/ports.js';
import { destroyTask } from './destroy-task.js';
import { lockState } from './lock-state.js';
import { openTaskTarget, type Project, taskKey } from './project.js';

export interface DestroyedTask {
  readonly task: string;
  /** `null` when the target knew nothing of the task. */
  readonly removed: RemovedObjects | null;
}

export interface DestroyOptions {
  readonly withTables: boolean;
  /** For notices to a person. */
  readonly note: (text: string) => void;
}

/** Removes what every task left on its target, and forgets the tasks in the state. */
export async function destroyProject(
  project: Project,
  options: DestroyOptions,
  signal: AbortSignal,
): Promise<readonly DestroyedTask[]> {
  const { spec, stateStore } = project;
  const lock = await lockState(stateStore, 'destroy', options.note);
  try {
    // First, so that nothing is removed under a state that cannot be read.
    const state = await stateStore.read();
    const destroyed: DestroyedTask[] = [];
    for (const task of spec.tasks) {
      const target = await openTaskTarget(project, task);
      try {
        destroyed.push({
          task: task.name,
          removed: await destroyTask(taskKey(project, task), target, options, signal),
        });
      } finally {
        await target.close();
      }
    }
    if (state !== null && Object.keys(state.resources).length > 0)
      await stateStore.write({ ...state, resources: {} }, lock);
    return destroyed;
  } finally {
    await lock.release();
  }
}
