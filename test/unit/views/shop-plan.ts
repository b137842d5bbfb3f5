import { DEFAULT_POLICIES } from '../../../src/model/policies.js';
import { makePlan } from '../../../src/plan/make-plan.js';
import type { Plan } from '../../../src/plan/plan.js';
import { newState } from '../../../src/state/state.js';
import {
  column,
  existing,
  inputs,
  LINEAGE,
  name,
  part,
  primaryKey,
  spec,
  table,
  tableProgress,
  task,
  taskProgress,
} from '../plan/build.js';

/** A plan with one of everything that the views must show. */
export function shopPlan(): Plan {
  const orders = table('orders', {
    columns: [
      column('id', 'int(10) unsigned'),
      column('placed_at', 'datetime(6)', { isNullable: true }),
      column('paint', 'lossy enum', { isNullable: true }),
      column('total', 'decimal(10,2)', {
        generated: { expression: 'a*b', storage: 'stored', isPortable: false },
      }),
    ],
    size: { estimatedRows: 41_000_000, estimatedBytes: 3_100_000_000 },
  });
  const log = table('log', { key: null, size: { estimatedRows: null, estimatedBytes: null } });
  const items = table('items', { key: primaryKey('id', 'note') });
  const stock = table('stock');
  const done = table('done');
  const secret = table('secrets', { columns: [column('x', 'secret')] });
  const world = {
    tables: [orders, log, items, stock, done, secret],
    existing: [
      existing(items, { hasRows: true }),
      existing(stock, { hasRows: true }),
      existing(done, { hasRows: true }),
    ],
    progress: taskProgress([
      tableProgress(items, { phase: 'loading', rows: 500, parts: [part(1, true), part(2, false)] }),
      tableProgress(done),
    ]),
  };
  const loading = task({ prepare: 'recreate', policies: { ...DEFAULT_POLICIES, noPrimaryKey: 'allow' } });
  const later = task({
    name: 'shop-later',
    start: 'manual',
    tables: { include: [{ schema: 'archive', table: '*' }], exclude: [] },
  });
  const views = inputs(world);
  const catalog = { ...views.source.catalog, leftOut: [{ name: name('shop.v_orders'), reason: 'a view' }] };
  const plan = makePlan({
    spec: spec([loading, later]),
    state: { ...newState({ lineage: LINEAGE, spec: 'shop', dmsctl: '0.1.0' }), serial: 4 },
    tasks: new Map([
      ['shop-live', { ...views, source: { ...views.source, catalog } }],
      ['shop-later', inputs({ tables: [table('old', { name: name('archive.old') })] })],
    ]),
  });
  return {
    ...plan,
    tasks: plan.tasks.map((each) => ({
      ...each,
      tables: each.tables.map((planned) =>
        planned.structure.kind === 'create' ? { ...planned, sql: ['CREATE TABLE x (\n  id int\n)'] } : planned,
      ),
    })),
  };
}
