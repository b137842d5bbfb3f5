import type { ExistingTable, TypeMapper } from '../../../src/engines/ports.js';
import { NO_POLICY_COUNTS } from '../../../src/model/load-part.js';
import { DEFAULT_POLICIES } from '../../../src/model/policies.js';
import type { ColumnDefinition, KeyDefinition, TableDefinition, TableName } from '../../../src/model/table.js';
import type { PartProgress, TableProgress, TaskProgress } from '../../../src/model/task-progress.js';
import { makePlan } from '../../../src/plan/make-plan.js';
import type { TaskInputs } from '../../../src/plan/plan-inputs.js';
import type { Plan } from '../../../src/plan/plan.js';
import type { Spec, TaskSpec } from '../../../src/spec/spec.js';
import type { Endpoint } from '../../../src/model/endpoint.js';
import type { State } from '../../../src/state/state.js';

export const LINEAGE = '7f1c2f0e-4a2e-4d5c-9a53-0c1d1f6e2b11';

export function column(name: string, nativeType = 'int', change: Partial<ColumnDefinition> = {}): ColumnDefinition {
  return {
    name,
    type: { kind: 'integer', bits: 32, isUnsigned: false },
    nativeType,
    isNullable: false,
    generated: null,
    ...change,
  };
}

export function primaryKey(...columns: string[]): KeyDefinition {
  return { kind: 'primary', name: 'PRIMARY', columns, identifiesRow: true };
}

export function table(name: string, change: Partial<TableDefinition> = {}): TableDefinition {
  return {
    name: { schema: 'shop', table: name },
    columns: [column('id'), column('note', 'text', { isNullable: true })],
    key: primaryKey('id'),
    userTypes: [],
    rangeBasis: '',
    size: { estimatedRows: 1000, estimatedBytes: 50_000 },
    ...change,
  };
}

/** The table as `planner` would have made it, empty unless told otherwise. */
export function existing(definition: TableDefinition, change: Partial<ExistingTable> = {}): ExistingTable {
  const columns = definition.columns.map((made) => ({ ...made, nativeType: `pg ${made.nativeType}` }));
  return {
    definition: { ...definition, columns },
    hasRows: false,
    requiredColumns: [],
    relationKind: 'table',
    ...change,
  };
}

/** Maps `x` to `pg x`; `secret` is refused, `lossy…` loses, a type that ends in `+` is wider than the one without. */
export const typeMapper: TypeMapper = {
  mapColumn({ nativeType, type }) {
    if (nativeType === 'secret') return { kind: 'refused', reason: 'nobody knows it', fix: 'Leave it out.' };
    const losses = nativeType.startsWith('lossy') ? ['the colour'] : [];
    return { kind: 'mapped', targetType: `pg ${nativeType}`, deliverAs: type, losses };
  },
  relateTypes(wanted, found) {
    if (wanted === found) return 'same';
    return found === `${wanted}+` ? 'wider' : 'narrower';
  },
  identifierBytesMax: 63,
  isReservedName: (_kind, name) => name === 'reserved',
};

function endpoint(name: string, engine: Endpoint['engine']): Endpoint {
  return {
    name,
    engine,
    host: `${name}.internal`,
    port: 1,
    database: 'shop',
    user: 'migrator',
    password: null,
    tls: { mode: 'prefer', ca: null, cert: null, key: null },
    options: {},
  };
}

export function task(change: Partial<TaskSpec> = {}): TaskSpec {
  return {
    name: 'shop-live',
    type: 'full-load',
    source: 'legacy',
    target: 'warehouse',
    start: 'auto',
    tables: { include: [{ schema: 'shop', table: '*' }], exclude: [] },
    prepare: 'create',
    fullLoad: { tables: 8, connectionsPerTable: 'auto' },
    policies: DEFAULT_POLICIES,
    ...change,
  };
}

export function spec(tasks: readonly TaskSpec[], engine: Endpoint['engine'] = 'mysql'): Spec {
  return {
    file: '/project/dmsctl.yaml',
    name: 'shop',
    statePath: '/project/.dmsctl/shop.state.json',
    replicationInstance: {
      storagePath: '/project/.dmsctl/shop',
      storageLimitBytes: 1,
      memoryBytes: 1,
      retryForMs: 1,
    },
    endpoints: [endpoint('legacy', engine), endpoint('warehouse', 'postgres')],
    tasks,
  };
}

export interface World {
  readonly tables?: readonly TableDefinition[];
  readonly existing?: readonly ExistingTable[];
  readonly progress?: TaskProgress | null;
}

export function inputs(world: World, change: Partial<TaskInputs> = {}): TaskInputs {
  const { tables = [table('orders')], existing: found = [], progress: known = null } = world;
  return {
    source: {
      server: { product: 'MariaDB 10.11.19', identity: 'source-1', features: [] },
      catalog: { tables, leftOut: [] },
    },
    target: {
      server: { product: 'PostgreSQL 18.4', identity: 'target-1', features: [] },
      catalog: { schemas: ['public'], tables: found, userTypes: [] },
    },
    progress: known,
    typeMapper,
    ...change,
  };
}

/** A plan of one task. */
export function planOf(world: World, change: Partial<TaskSpec> = {}, state: State | null = null): Plan {
  const only = task(change);
  return makePlan({ spec: spec([only]), state, tasks: new Map([[only.name, inputs(world)]]) });
}

export function taskProgress(tables: readonly TableProgress[], change: Partial<TaskProgress> = {}): TaskProgress {
  return {
    task: { spec: 'shop', task: 'shop-live' },
    epoch: 1,
    lineage: LINEAGE,
    sourceIdentity: 'source-1',
    lease: null,
    tables,
    ...change,
  };
}

/** Progress under the fingerprint that the table's mapping has when the target is empty. */
export function tableProgress(definition: TableDefinition, change: Partial<TableProgress> = {}): TableProgress {
  const [planned] = planOf({ tables: [definition] }).tasks[0]?.tables ?? [];
  return {
    source: definition.name,
    target: definition.name,
    phase: 'loaded',
    mappingFingerprint: planned?.target.mappingFingerprint ?? 'unmapped',
    loadBasis: planned?.target.loadBasis ?? 'unmapped',
    parts: [],
    rows: 1000,
    bytes: 50_000,
    policyCounts: NO_POLICY_COUNTS,
    error: null,
    isCreatedByTask: true,
    hasObjectsToRestore: false,
    ...change,
  };
}

export function part(number: number, isDone: boolean): PartProgress {
  return {
    part: { number, range: { after: null, upTo: null } },
    isDone,
    boundary: { kind: 'none' },
    rows: isDone ? 10 : 0,
    bytes: isDone ? 100 : 0,
  };
}

export function name(text: string): TableName {
  const [schema = '', tableName = ''] = text.split('.');
  return { schema, table: tableName };
}

/** `severity check object` of each finding. */
export function findingNames(plan: Plan): readonly string[] {
  return plan.findings.map(({ severity, check, object }) => `${severity} ${check} ${object}`);
}
