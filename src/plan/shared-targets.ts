import type { Finding } from '../model/finding.js';
import { formatTableName, quoteTableName } from '../model/table.js';
import type { TaskPlan } from './plan.js';

/** Two source tables that land in one: within a task, or from tasks that share a database. `databases`: by task name. */
export function checkSharedTargets(
  tasks: readonly TaskPlan[],
  databases: ReadonlyMap<string, string>,
): readonly Finding[] {
  const takenBy = new Map<string, string>();
  const findings: Finding[] = [];
  for (const task of tasks) {
    for (const { address, target } of task.tables) {
      const key = JSON.stringify([databases.get(task.name), quoteTableName(target.mapping.target)]);
      const first = takenBy.get(key);
      if (first === undefined) takenBy.set(key, address);
      else findings.push(sharedTarget(formatTableName(target.mapping.target), first, address));
    }
  }
  return findings;
}

function sharedTarget(object: string, first: string, second: string): Finding {
  return {
    check: 'plan.target-shared',
    severity: 'error',
    object,
    found: `${first} and ${second} are both loaded into it.`,
    why: 'Their rows would mix, or one would destroy the other.',
    fix: 'Leave one of them out: tables.exclude.',
  };
}
