import { describe, expect, it } from 'vitest';
import { checkFresh, decodePlanFile, staleReasons } from '../../../src/plan/plan-file.js';
import { planJson } from '../../../src/views/plan-json.js';
import { newState, type State } from '../../../src/state/state.js';
import { column, existing, LINEAGE, planOf, table } from './build.js';

const expected = { path: 'shop.dmsplan', spec: 'shop' };
const state: State = { ...newState({ lineage: LINEAGE, spec: 'shop', dmsctl: '0.1.0' }), serial: 4 };
const plan = planOf({}, {}, state);

describe('a saved plan', () => {
  it('reads back and holds while nothing moved', () => {
    const saved = decodePlanFile(planJson(plan, '0.1.0'), expected);
    expect(saved.basis).toEqual(plan.basis);
    expect(staleReasons(saved.basis, planOf({}, {}, state).basis)).toEqual([]);
  });

  it.each([
    ['the state moved', planOf({}, {}, { ...state, serial: 5 }), 'the state moved from serial 4 to 5'],
    ['the spec changed', planOf({}, { prepare: 'truncate' }, state), 'task.shop-live changed'],
    [
      'the source changed',
      planOf({ tables: [table('orders', { columns: [column('id', 'bigint')] })] }, {}, state),
      'source table shop.orders of task shop-live changed',
    ],
    [
      'a table was added',
      planOf({ tables: [table('orders'), table('new')] }, {}, state),
      'source table shop.new of task shop-live is new',
    ],
    [
      'the target changed',
      planOf({ existing: [existing(table('orders'))] }, {}, state),
      'target table shop.orders of task shop-live is new',
    ],
  ])('is stale once %s', (_what, now, reason) => {
    expect(staleReasons(plan.basis, now.basis)).toEqual([reason]);
    expect(() => {
      checkFresh('shop.dmsplan', plan.basis, now.basis);
    }).toThrow(expect.objectContaining({ code: 'PLAN_STALE', exitCode: 5 }) as Error);
  });

  it('is stale once rows appeared on the target', () => {
    const before = planOf({ existing: [existing(table('orders'))] });
    const after = planOf({ existing: [existing(table('orders'), { hasRows: true })] });
    expect(staleReasons(before.basis, after.basis)).toEqual(['target table shop.orders of task shop-live changed']);
  });

  it.each([
    ['', 'whole JSON'],
    [planJson(plan, '0.1.0').slice(0, 500), 'whole JSON'],
    ['{}', 'not a plan'],
    ['{"kind":"dmsctl-plan","version":2}', 'format 2'],
    ['{"kind":"dmsctl-plan","version":1}', 'cut or edited'],
    [planJson({ ...plan, spec: 'other' }, '0.1.0'), 'spec other'],
  ])('is refused when it is something else (%#)', (text, words) => {
    expect(() => decodePlanFile(text, expected)).toThrow(words);
  });
});
