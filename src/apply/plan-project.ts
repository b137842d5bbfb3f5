import { bug } from '../errors/dmsctl-error.js';
import type { Finding } from '../model/finding.js';
import { makePlan, withFindings } from '../plan/make-plan.js';
import type { TaskInputs } from '../plan/plan-inputs.js';
import type { Plan } from '../plan/plan.js';
import type { Spec } from '../spec/spec.js';
import type { State } from '../state/state.js';
import type { OpenTask } from './apply-plan.js';
import { openTaskSource, openTaskTarget, type Project, taskKey } from './project.js';
import { readTaskInputs, runTaskPrechecks, type TaskEngines } from './read-task.js';

/** A plan, with the engines that it was made through still open: `apply` goes on with them. */
export interface PlannedProject {
  readonly plan: Plan;
  readonly state: State | null;
  readonly tasks: readonly OpenTask[];
  close(): Promise<void>;
}

/** Reads state, sources and targets, and plans. Writes nothing. */
export async function planProject(project: Project, signal: AbortSignal): Promise<PlannedProject> {
  const { spec, stateStore } = project;
  const state = await stateStore.read();
  const engines = new Map<string, TaskEngines>();
  const close = async (): Promise<void> => {
    await Promise.all([...engines.values()].flatMap(({ source, target }) => [source.close(), target.close()]));
  };
  try {
    const inputs = new Map<string, TaskInputs>();
    for (const task of spec.tasks) {
      const opened = { source: await openTaskSource(project, task), target: await openTaskTarget(project, task) };
      engines.set(task.name, opened);
      inputs.set(task.name, await readTaskInputs({ spec: task, key: taskKey(project, task) }, opened, signal));
    }
    const draft = makePlan({ spec, state, tasks: inputs });
    const plan = withFindings(draft, await runPrechecks(draft, engines, signal));
    return { plan, state, tasks: openTasks(spec, engines, inputs), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function runPrechecks(
  plan: Plan,
  engines: ReadonlyMap<string, TaskEngines>,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const task of plan.tasks) {
    const opened = engines.get(task.name);
    if (opened === undefined) throw bug(`task ${task.name} is planned but not open`);
    findings.push(...(await runTaskPrechecks(task, opened, signal)));
  }
  return findings;
}

function openTasks(
  spec: Spec,
  engines: ReadonlyMap<string, TaskEngines>,
  inputs: ReadonlyMap<string, TaskInputs>,
): readonly OpenTask[] {
  return spec.tasks.map((task) => {
    const known = inputs.get(task.name);
    const opened = engines.get(task.name);
    if (known === undefined || opened === undefined) throw bug(`task ${task.name} is not open`);
    return { spec: task, ...opened, sourceServer: known.source.server, progress: known.progress };
  });
}

/** The plan with its statements, for `plan --show-sql`. */
export function withSql({ plan, tasks }: PlannedProject): Plan {
  return {
    ...plan,
    tasks: plan.tasks.map((task) => {
      const ddlWriter = tasks.find(({ spec }) => spec.name === task.name)?.target.ddlWriter;
      if (ddlWriter === undefined) throw bug(`task ${task.name} is planned but not open`);
      const containers = { schemas: task.schemasToCreate, userTypes: task.userTypesToCreate };
      return {
        ...task,
        sql: ddlWriter.describeContainers(containers),
        tables: task.tables.map((table) => ({ ...table, sql: ddlWriter.describeTable(table.target) })),
      };
    }),
  };
}
