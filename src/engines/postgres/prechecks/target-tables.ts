import type { Finding } from '../../../model/finding.js';
import { formatTableName } from '../../../model/table.js';
import type { Precheck, TargetTable } from '../../ports.js';
import type { PostgresConnections } from '../connection-pool.js';
import { quoteTable } from '../identifiers.js';
import { readTargetTables, type TargetTableFacts } from './target-table-facts.js';

const CHECK = 'postgres.target-tables';

export function tablesPrecheck(connections: PostgresConnections, tables: readonly TargetTable[]): Precheck {
  return {
    name: CHECK,
    run: async (signal) => judgeTargetTables(await readTargetTables(connections, tables, signal)),
  };
}

/** Tables that stay must keep what is committed, and take every row. */
export function judgeTargetTables(tables: readonly TargetTableFacts[]): readonly Finding[] {
  const kept = tables.filter(({ prepare }) => prepare !== 'recreate');
  return [...kept.flatMap(judgeTable), ...tables.flatMap(judgePartitions)];
}

/** In every mode: what empties or drops the one empties or drops the other, and rows of the one count for both. */
function judgePartitions({ name, loadedPartitions }: TargetTableFacts): readonly Finding[] {
  return loadedPartitions.map((partition) => ({
    check: CHECK,
    severity: 'error',
    object: `table ${formatTableName(name)}`,
    found: `${formatTableName(partition)} is a partition of it, and both are targets of the task.`,
    why: 'Both would be loaded into the same rows: preparing the one would remove rows of the other.',
    fix: `Detach the partition, or leave one of the two out (tables.exclude):\n  ALTER TABLE ${quoteTable(name)} DETACH PARTITION ${quoteTable(partition)};`,
  }));
}

function judgeTable({ name, user, isUnlogged, isRowSecurityActive }: TargetTableFacts): readonly Finding[] {
  const findings: Finding[] = [];
  const about = { check: CHECK, severity: 'error', object: `table ${formatTableName(name)}` } as const;
  if (isUnlogged) {
    findings.push({
      ...about,
      found: 'The table is unlogged.',
      why: 'A crash of the server empties it, while the progress of the load would stay.',
      fix: `Make it durable:\n  ALTER TABLE ${quoteTable(name)} SET LOGGED;`,
    });
  }
  if (isRowSecurityActive) {
    findings.push({
      ...about,
      found: `Row-level security applies to user ${user}.`,
      why: 'PostgreSQL refuses COPY into such a table.',
      fix: `Let the user pass it (a superuser must), or give the table to the user:\n  ALTER ROLE ${user} BYPASSRLS;`,
    });
  }
  return findings;
}
