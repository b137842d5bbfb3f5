import { describe, expect, it } from 'vitest';
import type { TableName } from '../../../src/model/table.js';
import { fractionDone, LoadProgress } from '../../../src/views/load-progress.js';
import { describeTable, describeTotals } from '../../../src/views/load-progress-text.js';

const ORDERS: TableName = { schema: 'shop', table: 'orders' };

function ordersOf(estimatedRows: number | null, clock = { nowMs: 0 }): LoadProgress {
  return new LoadProgress([{ table: ORDERS, size: { estimatedRows, estimatedBytes: 1000 } }], () => clock.nowMs);
}

function viewOf(progress: LoadProgress): LoadProgress['tables'][number] {
  const [view] = progress.tables;
  if (view === undefined) throw new Error('no table');
  return view;
}

describe('LoadProgress', () => {
  it('takes back what an undone part had written', () => {
    const progress = ordersOf(10);
    progress.apply({ type: 'written', table: ORDERS, rows: 4, bytes: 40 });
    progress.apply({ type: 'part-undone', table: ORDERS, rows: 4, bytes: 40 });
    expect(progress.totals()).toMatchObject({ rows: 0, bytes: 0 });
  });

  it('never shows an estimate as complete', () => {
    const progress = ordersOf(10);
    progress.apply({ type: 'written', table: ORDERS, rows: 25, bytes: 250 });
    expect(fractionDone(viewOf(progress))).toBe(0.99);
    progress.apply({ type: 'table-loaded', table: ORDERS, rows: 25, bytes: 250 });
    expect(fractionDone(viewOf(progress))).toBe(1);
  });

  it('says rate and time left of a table, estimates marked', () => {
    const clock = { nowMs: 0 };
    const progress = ordersOf(4000, clock);
    progress.apply({ type: 'table-started', table: ORDERS, parts: 3, partsDone: 1 });
    progress.apply({ type: 'written', table: ORDERS, rows: 1000, bytes: 2_000_000 });
    clock.nowMs = 10_000;
    expect(describeTable(viewOf(progress), progress.secondsOf(viewOf(progress)))).toBe(
      'shop.orders  1,000 of ~4,000 rows, 2.0 MB, 200 kB/s, ~30 s left, part 1 of 3',
    );
    expect(describeTotals(progress.totals())).toBe('0 of 1 tables, 1,000 rows, 2.0 MB, 200 kB/s, ~30 s left');
  });

  it('promises nothing where nothing is estimated', () => {
    const progress = ordersOf(null);
    progress.apply({ type: 'table-started', table: ORDERS, parts: 1, partsDone: 0 });
    progress.apply({ type: 'written', table: ORDERS, rows: 7, bytes: 70 });
    expect(describeTable(viewOf(progress), 5)).toBe('shop.orders  7 rows, 70 B, 14 B/s');
  });
});
