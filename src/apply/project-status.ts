import { openTaskTarget, type Project, taskKey } from './project.js';
import { readTaskStatus, type TaskStatus } from './read-status.js';

/** Of every task of the spec, in its order. Needs the targets only. */
export async function readProjectStatus(project: Project, signal: AbortSignal): Promise<readonly TaskStatus[]> {
  const statuses: TaskStatus[] = [];
  for (const task of project.spec.tasks) {
    const target = await openTaskTarget(project, task);
    try {
      statuses.push(await readTaskStatus({ key: taskKey(project, task), type: task.type }, target.progress, signal));
    } finally {
      await target.close();
    }
  }
  return statuses;
}
