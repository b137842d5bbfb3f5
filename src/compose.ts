import { applyProject, type ApplyOptions, type ApplySession } from './apply/apply-project.js';
import { type DestroyedTask, type DestroyOptions, destroyProject } from './apply/destroy-project.js';
import { planProject, withSql } from './apply/plan-project.js';
import { readProjectStatus } from './apply/project-status.js';
import { type FoundSchema, listSchemas } from './apply/list-schemas.js';
import type { Project } from './apply/project.js';
import type { TaskStatus } from './apply/read-status.js';
import { openSource, openTarget } from './engines/registry.js';
import { writePrivateFile } from './cli/write-file.js';
import type { DemoOptions } from './demo/run-demo.js';
import type { EngineName } from './model/column-type.js';
import type { Endpoint } from './model/endpoint.js';
import type { Plan } from './plan/plan.js';
import { engineOfUrl, urlEndpoint } from './spec/url-endpoint.js';
import { loadSpec } from './spec/load-spec.js';
import type { Spec } from './spec/spec.js';
import { FileStateStore } from './state/file-state-store.js';
import type { StateStore } from './state/state-store.js';
import { planJson } from './views/plan-json.js';

export interface ProjectOptions {
  /** The value of --file. */
  readonly file: string | undefined;
  readonly version: string;
}

/** Everything that commands do, bound to the real engines and the state file. */
export interface OpenProject {
  readonly spec: Spec;
  readonly stateStore: StateStore;
  /** `out`: also save the plan to this file. */
  plan(options: { readonly showSql: boolean; readonly out: string | undefined }): Promise<Plan>;
  apply(options: ApplyOptions, carryOut: (session: ApplySession) => Promise<void>): Promise<void>;
  status(): Promise<readonly TaskStatus[]>;
  destroy(options: DestroyOptions): Promise<readonly DestroyedTask[]>;
}

export async function openProject({ file, version }: ProjectOptions): Promise<OpenProject> {
  const spec = await loadSpec({ ...(file === undefined ? {} : { file }), cwd: process.cwd(), env: process.env });
  const stateStore = new FileStateStore({ path: spec.statePath, spec: spec.name, dmsctl: version });
  const project: Project = { spec, stateStore, openSource, openTarget, dmsctlVersion: version };
  const { signal } = new AbortController();
  return {
    spec,
    stateStore,
    plan: async (options) => planAndSave(project, options, signal),
    apply: async (options, carryOut) => applyProject(project, options, carryOut),
    status: async () => readProjectStatus(project, signal),
    destroy: async (options) => destroyProject(project, options, signal),
  };
}

async function planAndSave(
  project: Project,
  { showSql, out }: { readonly showSql: boolean; readonly out: string | undefined },
  signal: AbortSignal,
): Promise<Plan> {
  const planned = await planProject(project, signal);
  try {
    const plan = showSql ? withSql(planned) : planned.plan;
    if (out !== undefined) await writePrivateFile(out, planJson(plan, project.dmsctlVersion));
    return plan;
  } finally {
    await planned.close();
  }
}

export interface FoundDatabase {
  readonly engine: EngineName;
  readonly schemas: readonly FoundSchema[];
}

/** For `init`: which engine a URL names, without connecting. */
export function engineNamedBy(url: string): EngineName {
  return engineOfUrl(url);
}

/** For `init --source`: connects and lists the schemas that hold tables. */
export async function lookAtSource(url: string): Promise<FoundDatabase> {
  const endpoint = await urlEndpoint('source', url);
  const source = await openSource(endpoint);
  try {
    const { signal } = new AbortController();
    return {
      engine: endpoint.engine,
      schemas: await listSchemas(source.schemaReader, schemasNamedBy(endpoint), signal),
    };
  } finally {
    await source.close();
  }
}

/** A URL of MySQL or MariaDB that names a database means that one; on PostgreSQL schemas are inside the database. */
function schemasNamedBy({ engine, database }: Endpoint): readonly string[] | null {
  return engine === 'postgres' || database === null ? null : [database];
}

export async function demo(options: DemoOptions): Promise<void> {
  const { runDemo } = await import('./demo/run-demo.js');
  await runDemo(options);
}
