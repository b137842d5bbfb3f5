import type { LeftOutRelation, ServerDescription } from '../engines/ports.js';
import type { Endpoint } from '../model/endpoint.js';
import type { Finding } from '../model/finding.js';
import { formatTableName, quoteTableName, type TableDefinition } from '../model/table.js';
import type { TaskProgress } from '../model/task-progress.js';
import type { TablePattern, TaskSpec } from '../spec/spec.js';
import { taskAddress } from '../state/address.js';

/** Patterns that match nothing are mostly typing mistakes; a task without tables always is. */
export function checkSelection(
  task: TaskSpec,
  selection: {
    readonly tables: readonly TableDefinition[];
    readonly unmatchedIncludes: readonly TablePattern[];
    readonly leftOut: readonly LeftOutRelation[];
  },
): readonly Finding[] {
  const object = taskAddress(task.name);
  const hint = 'Patterns are matched case-sensitively against the names as the source stores them.';
  if (selection.tables.length === 0) {
    const others = selection.leftOut.length;
    return [
      {
        check: 'plan.no-tables',
        severity: 'error',
        object,
        found: `the task selects no table${others === 0 ? '' : `, only ${others} relations that cannot be moved`}.`,
        why: 'A run that moves nothing must not end as if it had moved everything.',
        fix: `Correct tables.include. ${hint}`,
      },
    ];
  }
  return selection.unmatchedIncludes.map(({ schema, table }) => ({
    check: 'plan.pattern-unmatched',
    severity: 'warning',
    object,
    found: `tables.include: ${schema}.${table} matches no table.`,
    why: 'Tables that were meant may be missing.',
    fix: `Correct or remove the pattern. ${hint}`,
  }));
}

/** Names stay as they are, so within one database every table would be its own target. */
export function checkSourceIsNotTarget(
  task: TaskSpec,
  source: { readonly endpoint: Endpoint; readonly server: ServerDescription },
  target: { readonly endpoint: Endpoint; readonly server: ServerDescription },
): readonly Finding[] {
  if (databaseKey(source.endpoint, source.server) !== databaseKey(target.endpoint, target.server)) return [];
  return [
    {
      check: 'plan.source-is-target',
      severity: 'error',
      object: taskAddress(task.name),
      found: `the endpoints ${task.source} and ${task.target} are the same database of the same server.`,
      why: 'Every table would be loaded onto itself; prepare: truncate or recreate would destroy the source.',
      fix: 'Correct the endpoints.',
    },
  ];
}

/** Equal for two endpoints that lead to the same tables, as far as the servers tell. */
export function databaseKey(endpoint: Endpoint, server: ServerDescription): string {
  const where = server.identity ?? `${endpoint.host}:${endpoint.port}`;
  return JSON.stringify([where, endpoint.database]);
}

/** The rows loaded so far came from one server, and this is another: a failover, or a mistake. */
export function checkSourceIdentity(
  task: TaskSpec,
  source: ServerDescription,
  progress: TaskProgress | null,
): readonly Finding[] {
  const known = progress?.sourceIdentity ?? null;
  if (known === null || source.identity === null || known === source.identity) return [];
  const isInLoad = progress?.tables.some(
    ({ phase, parts }) => phase === 'loading' && parts.some(({ isDone }) => isDone),
  );
  return [
    {
      check: 'plan.source-changed',
      severity: isInLoad === true ? 'error' : 'warning',
      object: taskAddress(task.name),
      found: `the endpoint ${task.source} leads to the server ${source.identity}; earlier rows came from ${known}.`,
      why:
        isInLoad === true
          ? 'A table that is loaded in part would hold rows of two servers.'
          : 'Rows of two servers would meet on the target.',
      fix:
        isInLoad === true
          ? 'Correct the endpoint. To load from the new server, begin anew:\n  dmsctl destroy --with-tables'
          : 'Go on only if the new server is a replica or a copy of the old one. Otherwise correct the endpoint.',
    },
  ];
}

/** Tables whose load was begun and that the spec has dropped since: nothing will finish them. */
export function checkAbandoned(
  task: TaskSpec,
  progress: TaskProgress | null,
  selected: readonly TableDefinition[],
): readonly Finding[] {
  const isSelected = new Set(selected.map(({ name }) => quoteTableName(name)));
  const abandoned = (progress?.tables ?? []).filter(
    ({ phase, source }) => phase !== 'loaded' && !isSelected.has(quoteTableName(source)),
  );
  return abandoned.map(({ source, target, rows }) => ({
    check: 'plan.load-abandoned',
    severity: 'warning',
    object: formatTableName(source),
    found: `a load into ${formatTableName(target)} was begun (${rows} rows so far), and ${taskAddress(task.name)} does not select the table any more.`,
    why: 'What is on the target is incomplete and stays so.',
    fix: `Select it again and the load goes on, or drop the table on the target:\n  DROP TABLE ${quoteTableName(target)};`,
  }));
}
