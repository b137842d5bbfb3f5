import type { SourceEngine, TargetEngine } from '../engines/ports.js';
import { bug } from '../errors/dmsctl-error.js';
import type { Endpoint } from '../model/endpoint.js';
import type { Spec, TaskSpec } from '../spec/spec.js';
import type { StateStore } from '../state/state-store.js';
import type { TaskKey } from '../model/task-progress.js';

/** A spec, where its state is kept, and how its databases are reached. */
export interface Project {
  readonly spec: Spec;
  readonly stateStore: StateStore;
  readonly openSource: (endpoint: Endpoint) => Promise<SourceEngine>;
  readonly openTarget: (endpoint: Endpoint) => Promise<TargetEngine>;
  readonly dmsctlVersion: string;
}

export async function openTaskSource(project: Project, task: TaskSpec): Promise<SourceEngine> {
  return project.openSource(endpointOf(project.spec, task.source));
}

export async function openTaskTarget(project: Project, task: TaskSpec): Promise<TargetEngine> {
  return project.openTarget(endpointOf(project.spec, task.target));
}

export function taskKey({ spec }: Project, task: TaskSpec): TaskKey {
  return { spec: spec.name, task: task.name };
}

function endpointOf(spec: Spec, name: string): Endpoint {
  const endpoint = spec.endpoints.find((candidate) => candidate.name === name);
  if (endpoint === undefined) throw bug(`the spec names endpoint ${name} but has none of that name`);
  return endpoint;
}
