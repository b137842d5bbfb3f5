import { countPlan, type PlanCounts } from '../plan/plan-counts.js';
import { hasChanges, isBlocked, type Plan } from '../plan/plan.js';
import { formatCount } from './format.js';
import { estimateWords } from './plan-words.js';

/** The one line of contract section 6: the same in every form of the plan. */
export function summarise(plan: Plan): string {
  const counts = countPlan(plan);
  const findings = describeFindings(counts);
  if (!hasChanges(plan) && !isBlocked(plan)) {
    const done = `No changes. ${formatCount(counts.unchanged, 'table')} loaded as the spec asks`;
    return counts.warnings === 0 ? `${done}.` : `${done}, ${findings}.`;
  }
  const tables = `${counts.create} to create, ${counts.change} to change, ${counts.remove} to remove`;
  return `Plan: ${tables}, ${describeLoad(counts)}, ${findings}.`;
}

function describeLoad({ load, estimate }: PlanCounts): string {
  const tables = `${formatCount(load, 'table')} to load`;
  if (load === 0) return tables;
  const size = estimateWords(estimate);
  return size === null ? `${tables} (size unknown)` : `${tables} (${size} estimated)`;
}

function describeFindings({ warnings, errors }: PlanCounts): string {
  const words = formatCount(warnings, 'warning');
  return errors === 0 ? words : `${words}, ${formatCount(errors, 'error')}`;
}
