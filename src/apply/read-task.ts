import type { SourceEngine, TargetEngine } from '../engines/ports.js';
import { type TableDefinition, quoteTableName, type UserType } from '../model/table.js';
import type { TaskInputs } from '../plan/plan-inputs.js';
import type { TaskPlan } from '../plan/plan.js';
import { runPrechecks } from '../prechecks/run-prechecks.js';
import type { TaskSpec } from '../spec/spec.js';
import { literalSchemas, selectTables } from '../spec/table-selection.js';
import type { Finding } from '../model/finding.js';
import type { TaskKey } from '../model/task-progress.js';

export interface TaskEngines {
  readonly source: SourceEngine;
  readonly target: TargetEngine;
}

/** Reads all that a task's plan is made from, but for the prechecks, which need the plan first. Writes nothing. */
export async function readTaskInputs(
  { spec, key }: { readonly spec: TaskSpec; readonly key: TaskKey },
  { source, target }: TaskEngines,
  signal: AbortSignal,
): Promise<TaskInputs> {
  const [sourceServer, catalog, targetServer, progress] = await Promise.all([
    source.schemaReader.describeServer(signal),
    source.schemaReader.readCatalog(literalSchemas(spec.tables), signal),
    target.inspector.describeServer(signal),
    target.progress.read(key, signal),
  ]);
  const tables = selectedTables(spec, catalog.tables);
  const wanted = { tables: tables.map(({ name }) => name), userTypes: distinctUserTypes(tables) };
  return {
    source: { server: sourceServer, catalog },
    target: { server: targetServer, catalog: await target.inspector.inspect(wanted, signal) },
    progress,
    typeMapper: target.typeMapper,
  };
}

export async function runTaskPrechecks(
  plan: TaskPlan,
  { source, target }: TaskEngines,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const tables = plan.tables.map((table) => table.target);
  const checks = [...source.prechecks(tables.map(({ mapping }) => mapping.source)), ...target.prechecks(tables)];
  return runPrechecks(checks, signal);
}

function selectedTables(spec: TaskSpec, tables: readonly TableDefinition[]): readonly TableDefinition[] {
  const { selected } = selectTables(
    spec.tables,
    tables.map(({ name }) => name),
  );
  const isSelected = new Set(selected.map(quoteTableName));
  return tables.filter(({ name }) => isSelected.has(quoteTableName(name)));
}

function distinctUserTypes(tables: readonly TableDefinition[]): readonly UserType[] {
  const byName = new Map<string, UserType>();
  for (const type of tables.flatMap(({ userTypes }) => userTypes)) {
    byName.set(quoteTableName({ schema: type.schema, table: type.name }), type);
  }
  return [...byName.values()];
}
