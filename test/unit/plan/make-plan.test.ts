import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICIES } from '../../../src/model/policies.js';
import type { UserType } from '../../../src/model/table.js';
import { makePlan, withFindings } from '../../../src/plan/make-plan.js';
import { countPlan } from '../../../src/plan/plan-counts.js';
import { hasChanges, isBlocked } from '../../../src/plan/plan.js';
import { applyStateChanges, newState, type State } from '../../../src/state/state.js';
import {
  column,
  existing,
  findingNames,
  inputs,
  LINEAGE,
  name,
  part,
  planOf,
  primaryKey,
  spec,
  table,
  tableProgress,
  task,
  taskProgress,
} from './build.js';

const orders = table('orders');
const state: State = { ...newState({ lineage: LINEAGE, spec: 'shop', dmsctl: '0.1.0' }), serial: 4 };

function loadedWorld(): Parameters<typeof planOf>[0] {
  return {
    tables: [orders],
    existing: [existing(orders, { hasRows: true })],
    progress: taskProgress([tableProgress(orders)]),
  };
}

describe('a first plan', () => {
  const plan = planOf({ tables: [table('b'), table('a'), table('Z')] });

  it('creates schema and tables, sorted by code unit', () => {
    expect(plan.tasks[0]?.schemasToCreate).toEqual(['shop']);
    expect(plan.tasks[0]?.tables.map(({ address }) => address)).toEqual([
      'table.shop-live["shop"."Z"]',
      'table.shop-live["shop"."a"]',
      'table.shop-live["shop"."b"]',
    ]);
    expect(plan.basis).toMatchObject({ lineage: null, serial: 0 });
    expect(countPlan(plan)).toMatchObject({ create: 3, change: 0, remove: 0, load: 3, warnings: 0, errors: 0 });
  });

  it('is equal however often and in whatever order the world is read', () => {
    const again = planOf({ tables: [table('Z'), table('b'), table('a')] });
    expect(JSON.stringify(again)).toBe(JSON.stringify(plan));
  });

  it('does not take a moved estimate for a moved world', () => {
    const size = { estimatedRows: 5, estimatedBytes: 5 };
    const moved = planOf({ tables: ['a', 'b', 'Z'].map((text) => table(text, { size })) });
    expect(moved.basis).toEqual(plan.basis);
  });
});

describe('a plan of a world that is as wanted', () => {
  it('has no changes once the state has learnt what it proposes', () => {
    const first = planOf(loadedWorld(), {}, state);
    expect(countPlan(first)).toMatchObject({ create: 0, change: 0, load: 0, unchanged: 1 });
    expect(first.stateChanges.map(({ address }) => address)).toEqual([
      'endpoint.legacy',
      'endpoint.warehouse',
      'table.shop-live["shop"."orders"]',
      'task.shop-live',
    ]);
    const second = planOf(loadedWorld(), {}, applyStateChanges(state, first.stateChanges));
    expect(hasChanges(second)).toBe(false);
    expect(second.findings).toEqual([]);
  });

  it('forgets what the spec has dropped', () => {
    const known = applyStateChanges(state, planOf(loadedWorld(), {}, state).stateChanges);
    const plan = planOf({ ...loadedWorld(), tables: [table('other')] }, {}, known);
    expect(plan.stateChanges).toContainEqual({ kind: 'forget', address: 'table.shop-live["shop"."orders"]' });
  });

  it('has a change as long as foreign keys are to be put back', () => {
    const progress = taskProgress([tableProgress(orders, { hasObjectsToRestore: true })]);
    const plan = planOf({ ...loadedWorld(), progress }, {}, state);
    expect(countPlan(plan)).toMatchObject({ change: 1, load: 0 });
    expect(hasChanges(plan)).toBe(true);
  });
});

describe('state and progress', () => {
  it('recovers a lost state from the target, aloud', () => {
    const plan = planOf(loadedWorld());
    expect(findingNames(plan)).toEqual(['warning plan.state-recovered state']);
    expect(plan.basis).toMatchObject({ lineage: LINEAGE, serial: 0 });
  });

  it('refuses a state of another lineage', () => {
    const foreign = { ...state, lineage: '00000000-0000-4000-8000-000000000000' };
    expect(() => planOf(loadedWorld(), {}, foreign)).toThrow(
      expect.objectContaining({ code: 'STATE_LINEAGE_DIFFERS', exitCode: 5 }) as Error,
    );
  });

  it('refuses targets of two lineages when there is no state to decide', () => {
    const tasks = [task(), task({ name: 'second', tables: { include: [{ schema: 'b', table: '*' }], exclude: [] } })];
    const other = taskProgress([], { lineage: 'another', task: { spec: 'shop', task: 'second' } });
    const read = new Map([
      ['shop-live', inputs(loadedWorld())],
      ['second', inputs({ progress: other })],
    ]);
    expect(() => makePlan({ spec: spec(tasks), state: null, tasks: read })).toThrow(
      expect.objectContaining({ code: 'STATE_LINEAGE_DIFFERS' }) as Error,
    );
  });

  it('does not load again after an old state was put back', () => {
    const plan = planOf(loadedWorld(), {}, { ...state, serial: 1 });
    expect(countPlan(plan).load).toBe(0);
  });

  it('warns when the source is another server than before', () => {
    const progress = taskProgress([tableProgress(orders)], { sourceIdentity: 'source-0' });
    const plan = planOf({ ...loadedWorld(), progress }, {}, state);
    expect(findingNames(plan)).toEqual(['warning plan.source-changed task.shop-live']);
    expect(plan.findings[0]?.found).toContain('source-0');
  });

  it('warns of a load that nobody will finish', () => {
    const begun = tableProgress(orders, { phase: 'loading', parts: [part(1, false)] });
    const plan = planOf({ tables: [table('other')], progress: taskProgress([begun]) }, {}, state);
    expect(findingNames(plan)).toEqual(['warning plan.load-abandoned shop.orders']);
  });
});

describe('a load that was interrupted', () => {
  it('is resumed, though the key that comes last is not there yet', () => {
    const begun = tableProgress(orders, { phase: 'loading', rows: 10, parts: [part(1, true), part(2, false)] });
    const found = existing({ ...orders, key: null }, { hasRows: true });
    const plan = planOf({ tables: [orders], existing: [found], progress: taskProgress([begun]) }, {}, state);
    expect(plan.findings).toEqual([]);
    expect(plan.tasks[0]?.tables[0]?.load).toEqual({ kind: 'resume', partsDone: 1, parts: 2, rowsDone: 10 });
    expect(countPlan(plan)).toMatchObject({
      create: 0,
      load: 1,
      estimate: { estimatedRows: 500, estimatedBytes: 25_000 },
    });
  });

  it('is refused when the source changed meanwhile', () => {
    const begun = tableProgress(orders, { phase: 'loading', rows: 10, parts: [part(1, true)] });
    const changed = table('orders', { columns: [column('id', 'bigint'), column('note', 'text')] });
    const found = existing(changed, { hasRows: true });
    const plan = planOf({ tables: [changed], existing: [found], progress: taskProgress([begun]) }, {}, state);
    expect(findingNames(plan)).toEqual(['error plan.changed-in-load shop.orders']);
    expect(plan.tasks[0]?.blockedTables).toEqual([orders.name]);
    expect(plan.tasks[0]?.tables).toEqual([]);
  });
});

describe('findings', () => {
  it('of one column block its table alone, and the plan', () => {
    const bad = table('bad', { columns: [column('id'), column('x', 'secret')] });
    const plan = planOf({ tables: [bad, orders] });
    expect(findingNames(plan)).toEqual(['error plan.type-refused shop.bad.x']);
    expect(plan.tasks[0]?.tables).toHaveLength(1);
    expect(isBlocked(plan)).toBe(true);
  });

  it('name what is lost', () => {
    const plan = planOf({ tables: [table('t', { columns: [column('id'), column('x', 'lossy int')] })] });
    expect(plan.findings[0]).toMatchObject({
      check: 'plan.lossy-mapping',
      found: 'lossy int → pg lossy int: the colour',
    });
  });

  it('are silent of tables that are finished', () => {
    const lossy = table('t', { columns: [column('x', 'lossy int')], key: null });
    const world = {
      tables: [lossy],
      existing: [existing(lossy, { hasRows: true })],
      progress: taskProgress([tableProgress(lossy)]),
    };
    expect(planOf(world, {}, state).findings).toEqual([]);
  });

  it('judge tables without a key by policy', () => {
    const keyless = table('log', { key: null });
    const nullable = table('log', { key: { ...primaryKey('note'), kind: 'unique', identifiesRow: false } });
    expect(findingNames(planOf({ tables: [keyless] }))).toEqual(['warning plan.no-primary-key shop.log']);
    expect(findingNames(planOf({ tables: [nullable] }))).toEqual(['warning plan.no-primary-key shop.log']);
    const policies = { ...DEFAULT_POLICIES, noPrimaryKey: 'error' } as const;
    expect(findingNames(planOf({ tables: [keyless] }, { policies }))).toEqual(['error plan.no-primary-key shop.log']);
  });

  it('see zero dates that could not become NULL', () => {
    const day = column('day', 'date', { type: { kind: 'date' } });
    const policies = { ...DEFAULT_POLICIES, zeroDate: 'null' };
    const strict = table('t', { columns: [column('id'), day] });
    const loose = table('t', { columns: [column('id'), { ...day, isNullable: true }] });
    expect(findingNames(planOf({ tables: [strict] }, { policies }))).toEqual([
      'error plan.zero-date-not-null shop.t.day',
    ]);
    expect(findingNames(planOf({ tables: [strict] }))).toEqual([]);
    expect(findingNames(planOf({ tables: [loose] }, { policies }))).toEqual([]);
    expect(findingNames(planOf({ tables: [strict], existing: [existing(loose)] }, { policies }))).toEqual([]);
  });

  it('see names that the target would cut', () => {
    const plan = planOf({ tables: [table('ü'.repeat(32))] });
    expect(findingNames(plan)).toEqual([`error plan.name-too-long shop.${'ü'.repeat(32)}`]);
    expect(planOf({ tables: [table('u'.repeat(63))] }).findings).toEqual([]);
  });

  it('see names that the target keeps for itself', () => {
    const plan = planOf({ tables: [table('t', { columns: [column('id'), column('reserved')] })] });
    expect(findingNames(plan)).toEqual(['error plan.name-reserved shop.t']);
  });

  it('see patterns without tables, and tasks without any', () => {
    const include = [
      { schema: 'shop', table: 'orders' },
      { schema: 'shop', table: 'ordres' },
    ];
    expect(findingNames(planOf({}, { tables: { include, exclude: [] } }))).toEqual([
      'warning plan.pattern-unmatched task.shop-live',
    ]);
    expect(findingNames(planOf({ tables: [] }))).toEqual(['error plan.no-tables task.shop-live']);
  });

  it('see a view where a table should be, also before recreating it', () => {
    const found = existing(orders, { relationKind: 'other' });
    for (const prepare of ['create', 'recreate'] as const) {
      const plan = planOf({ tables: [orders], existing: [found] }, { prepare });
      expect(findingNames(plan)).toEqual(['error plan.target-not-a-table shop.orders']);
    }
  });

  it('see two tasks that load one table', () => {
    const tasks = [task(), task({ name: 'again' })];
    const read = new Map(tasks.map((each) => [each.name, inputs({})]));
    const plan = makePlan({ spec: spec(tasks), state: null, tasks: read });
    expect(findingNames(plan)).toEqual(['error plan.target-shared shop.orders']);
  });

  it('see a task that reads what it writes', () => {
    const both = inputs({}, { target: { ...inputs({}).target, server: inputs({}).source.server } });
    const plan = makePlan({ spec: spec([task()]), state: null, tasks: new Map([['shop-live', both]]) });
    expect(findingNames(plan)).toEqual(['error plan.source-is-target task.shop-live']);
  });

  it('of prechecks are said once, errors first', () => {
    const slow = { check: 'a', severity: 'warning', object: 'a', found: '', why: '', fix: '' } as const;
    const bad = { ...slow, severity: 'error', object: 'z' } as const;
    const tasks = new Map([['shop-live', inputs({})]]);
    const plan = withFindings(makePlan({ spec: spec([task()]), state: null, tasks }), [slow, bad, slow]);
    expect(findingNames(plan)).toEqual(['error a z', 'warning a a']);
  });
});

describe('user types', () => {
  const mood: UserType = { schema: 'types', name: 'mood', kind: 'enum', definition: "AS ENUM ('a')" };
  const pair: UserType = { schema: 'shop', name: 'pair', kind: 'composite', definition: 'AS (m types.mood)' };
  const row: UserType = { schema: 'shop', name: 'line', kind: 'other', definition: 'AS (a integer)' };
  const postgis: UserType = { schema: 'public', name: 'geometry', kind: 'extension', definition: 'postgis' };

  function planTypes(
    wanted: readonly UserType[],
    found: readonly UserType[],
    prepared = false,
  ): ReturnType<typeof planOf> {
    const typed = table('t', { userTypes: wanted });
    const { catalog, server } = inputs({ existing: prepared ? [existing(typed)] : [] }).target;
    const read = inputs({ tables: [typed] }, { target: { server, catalog: { ...catalog, userTypes: found } } });
    return makePlan({ spec: spec([task()], 'postgres'), state: null, tasks: new Map([['shop-live', read]]) });
  }

  it('are created in the order in which they are built, with their schemas', () => {
    const plan = planTypes([mood, pair], []);
    expect(plan.tasks[0]?.userTypesToCreate).toEqual([mood, pair]);
    expect(plan.tasks[0]?.schemasToCreate).toEqual(['shop', 'types']);
    expect(planTypes([mood, pair], [mood]).tasks[0]?.userTypesToCreate).toEqual([pair]);
  });

  it('that differ, and extensions that are missing, are errors', () => {
    expect(findingNames(planTypes([mood], [{ ...mood, definition: "AS ENUM ('b')" }]))).toEqual([
      'error plan.type-differs type types.mood',
    ]);
    expect(findingNames(planTypes([postgis], []))).toEqual(['error plan.extension-missing type public.geometry']);
    expect(findingNames(planTypes([row], []))).toEqual(['error plan.type-missing type shop.line']);
    expect(findingNames(planTypes([row], [row]))).toEqual([]);
    expect(planTypes([postgis], []).tasks[0]?.userTypesToCreate).toEqual([]);
  });

  it('are not created for a table that is there', () => {
    expect(planTypes([mood], [], true).tasks[0]?.userTypesToCreate).toEqual([]);
  });
});

describe('what is left out or not started', () => {
  it('names the views that a pattern selects', () => {
    const view = { name: name('shop.v'), reason: 'a view' };
    const read = inputs({}, { source: { ...inputs({}).source, catalog: { tables: [orders], leftOut: [view] } } });
    const plan = makePlan({ spec: spec([task()]), state: null, tasks: new Map([['shop-live', read]]) });
    expect(plan.tasks[0]?.leftOut).toEqual([view]);
  });

  it('counts nothing of a manual task', () => {
    const plan = planOf({}, { start: 'manual' });
    expect(countPlan(plan)).toMatchObject({ create: 0, load: 0 });
    expect(plan.stateChanges.find(({ address }) => address === 'task.shop-live')).toMatchObject({
      resource: { phase: 'created' },
    });
  });
});
