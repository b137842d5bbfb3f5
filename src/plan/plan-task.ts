import type { ExistingTable, TargetCatalog } from '../engines/ports.js';
import type { Endpoint } from '../model/endpoint.js';
import type { Finding } from '../model/finding.js';
import { quoteTableName, type TableDefinition } from '../model/table.js';
import type { TableProgress } from '../model/task-progress.js';
import type { Spec, TablePattern, TaskSpec } from '../spec/spec.js';
import { selectTables } from '../spec/table-selection.js';
import { tableAddress, taskAddress } from '../state/address.js';
import type { State } from '../state/state.js';
import { bug } from '../errors/dmsctl-error.js';
import { compareTableNames, compareText } from './code-point-order.js';
import { taskFingerprints } from './plan-basis.js';
import type { TaskInputs } from './plan-inputs.js';
import { planTable, type PlannedTable } from './plan-table.js';
import type { TablePlan, TaskPlan } from './plan.js';
import {
  checkAbandoned,
  checkSelection,
  checkSourceIdentity,
  checkSourceIsNotTarget,
  databaseKey,
} from './task-checks.js';
import { planUserTypes } from './user-types.js';

export interface TaskOutcome {
  readonly plan: TaskPlan;
  readonly findings: readonly Finding[];
  readonly fingerprints: readonly [string, string][];
  /** Equal for tasks that write to the same tables. */
  readonly targetDatabase: string;
}

interface TaskContext {
  readonly task: TaskSpec;
  readonly inputs: TaskInputs;
  readonly state: State | null;
  readonly source: Endpoint;
  readonly target: Endpoint;
}

export function planTask(spec: Spec, task: TaskSpec, inputs: TaskInputs, state: State | null): TaskOutcome {
  const context = { task, inputs, state, source: endpointOf(spec, task.source), target: endpointOf(spec, task.target) };
  const selection = selectFrom(task, inputs);
  const known = indexTables(inputs);
  const outcomes = selection.tables.map((table) => ({ table, ...planOne(table, context, known) }));
  const tables = outcomes.map(({ plan }) => plan).filter((plan) => plan !== null);
  const userTypes = planUserTypes(tables, inputs.target.catalog);
  const plan: TaskPlan = {
    name: task.name,
    address: taskAddress(task.name),
    type: task.type,
    source: { name: task.source, engine: context.source.engine, product: inputs.source.server.product },
    target: { name: task.target, engine: context.target.engine, product: inputs.target.server.product },
    start: task.start,
    schemasToCreate: missingSchemas(tables, userTypes.toCreate, inputs.target.catalog),
    userTypesToCreate: userTypes.toCreate,
    tables,
    blockedTables: outcomes.filter((outcome) => outcome.plan === null).map(({ table }) => table.name),
    leftOut: selection.leftOut,
    sql: [],
  };
  return {
    plan,
    findings: [
      ...checkSelection(task, selection),
      ...checkServers(context),
      ...checkAbandoned(task, inputs.progress, selection.tables),
      ...outcomes.flatMap(({ findings }) => findings),
      ...userTypes.findings,
    ],
    fingerprints: taskFingerprints(task.name, inputs, selection.tables),
    targetDatabase: databaseKey(context.target, inputs.target.server),
  };
}

function checkServers({ task, inputs, source, target }: TaskContext): readonly Finding[] {
  return [
    ...checkSourceIsNotTarget(
      task,
      { endpoint: source, server: inputs.source.server },
      { endpoint: target, server: inputs.target.server },
    ),
    ...checkSourceIdentity(task, inputs.source.server, inputs.progress),
  ];
}

/** By quoted source name; names are the same on both sides. A search a table would take minutes for thousands. */
interface KnownTables {
  readonly existing: ReadonlyMap<string, ExistingTable>;
  readonly progress: ReadonlyMap<string, TableProgress>;
}

function indexTables({ target, progress }: TaskInputs): KnownTables {
  return {
    existing: new Map(target.catalog.tables.map((table) => [quoteTableName(table.definition.name), table])),
    progress: new Map(progress?.tables.map((table) => [quoteTableName(table.source), table])),
  };
}

function planOne(table: TableDefinition, context: TaskContext, known: KnownTables): PlannedTable {
  const { task, inputs, state, source, target } = context;
  const key = quoteTableName(table.name);
  const recorded = state?.resources[tableAddress(task.name, table.name)];
  return planTable(table, {
    task,
    typeMapper: inputs.typeMapper,
    sourceEngine: source.engine,
    targetEngine: target.engine,
    features: inputs.target.server.features,
    existing: known.existing.get(key) ?? null,
    progress: known.progress.get(key) ?? null,
    isLoadedByState: recorded?.phase === 'loaded',
  });
}

function selectFrom(
  task: TaskSpec,
  { source }: TaskInputs,
): {
  readonly tables: readonly TableDefinition[];
  readonly unmatchedIncludes: readonly TablePattern[];
  readonly leftOut: TaskPlan['leftOut'];
} {
  const { selected, unmatchedIncludes } = selectTables(
    task.tables,
    source.catalog.tables.map(({ name }) => name),
  );
  const leftOut = selectTables(
    task.tables,
    source.catalog.leftOut.map(({ name }) => name),
  ).selected;
  const isSelected = new Set(selected.map(quoteTableName));
  const isLeftOut = new Set(leftOut.map(quoteTableName));
  return {
    tables: source.catalog.tables
      .filter(({ name }) => isSelected.has(quoteTableName(name)))
      .sort((left, right) => compareTableNames(left.name, right.name)),
    unmatchedIncludes,
    leftOut: source.catalog.leftOut
      .filter(({ name }) => isLeftOut.has(quoteTableName(name)))
      .sort((left, right) => compareTableNames(left.name, right.name)),
  };
}

function missingSchemas(
  tables: readonly TablePlan[],
  userTypes: readonly { readonly schema: string }[],
  target: TargetCatalog,
): readonly string[] {
  const made = tables.filter(({ structure }) => structure.kind === 'create' || structure.kind === 'recreate');
  const wanted = [
    ...made.map(({ target: { mapping } }) => mapping.target.schema),
    ...userTypes.map(({ schema }) => schema),
  ];
  const existing = new Set(target.schemas);
  return [...new Set(wanted)].filter((schema) => !existing.has(schema)).sort(compareText);
}

function endpointOf(spec: Spec, name: string): Endpoint {
  const endpoint = spec.endpoints.find((candidate) => candidate.name === name);
  if (endpoint === undefined) throw bug(`task refers to endpoint ${name}, which the spec does not have`);
  return endpoint;
}
