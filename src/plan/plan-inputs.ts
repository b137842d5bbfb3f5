import type { ServerDescription, SourceCatalog, TargetCatalog, TypeMapper } from '../engines/ports.js';
import type { TaskProgress } from '../model/task-progress.js';
import type { Spec } from '../spec/spec.js';
import type { State } from '../state/state.js';

/** Everything that a plan is made from, read beforehand. */
export interface PlanInputs {
  readonly spec: Spec;
  readonly state: State | null;
  /** By the task's name; one for every task of the spec. */
  readonly tasks: ReadonlyMap<string, TaskInputs>;
}

export interface TaskInputs {
  readonly source: { readonly server: ServerDescription; readonly catalog: SourceCatalog };
  readonly target: { readonly server: ServerDescription; readonly catalog: TargetCatalog };
  /** `null` when the target knows nothing of the task. */
  readonly progress: TaskProgress | null;
  readonly typeMapper: TypeMapper;
}
