import type { TableSize } from '../model/table.js';
import { hasWork, type Plan, type TablePlan } from './plan.js';

/** The figures of the summary line. Tables are counted; schemas and user types are listed only. */
export interface PlanCounts {
  readonly create: number;
  readonly change: number;
  readonly remove: number;
  readonly load: number;
  /** Of what is still to load; `null` when no table has a figure. */
  readonly estimate: TableSize;
  readonly unchanged: number;
  readonly warnings: number;
  readonly errors: number;
}

/** A recreated table counts as created and as removed. Manual tasks count nothing: `apply` does not touch their tables. */
export function countPlan(plan: Plan): PlanCounts {
  const tables = plan.tasks.filter(({ start }) => start === 'auto').flatMap((task) => task.tables);
  const loads = tables.filter(({ load }) => load.kind !== 'none');
  return {
    create: count(tables, ({ structure }) => structure.kind === 'create' || structure.kind === 'recreate'),
    change: count(tables, isChange),
    remove: count(tables, ({ structure }) => structure.kind === 'recreate'),
    load: loads.length,
    estimate: {
      estimatedRows: sumKnown(loads.map((table) => estimateLeft(table).estimatedRows)),
      estimatedBytes: sumKnown(loads.map((table) => estimateLeft(table).estimatedBytes)),
    },
    unchanged: count(tables, (table) => !hasWork(table)),
    warnings: count(plan.findings, ({ severity }) => severity === 'warning'),
    errors: count(plan.findings, ({ severity }) => severity === 'error'),
  };
}

/** What a load has still to move; of a resumed one, the share of the parts not done. */
export function estimateLeft(table: TablePlan): TableSize {
  const { size } = table.target.mapping;
  if (table.load.kind !== 'resume') return size;
  const { parts, partsDone } = table.load;
  const share = (total: number | null): number | null =>
    total === null || parts === 0 ? total : Math.round((total * (parts - partsDone)) / parts);
  return { estimatedRows: share(size.estimatedRows), estimatedBytes: share(size.estimatedBytes) };
}

function isChange(table: TablePlan): boolean {
  return table.structure.kind === 'truncate' || (table.load.kind === 'none' && table.hasObjectsToRestore);
}

function count<Item>(items: readonly Item[], matches: (item: Item) => boolean): number {
  return items.filter(matches).length;
}

function sumKnown(figures: readonly (number | null)[]): number | null {
  const known = figures.filter((figure) => figure !== null);
  return known.length === 0 ? null : known.reduce((sum, figure) => sum + figure, 0);
}
