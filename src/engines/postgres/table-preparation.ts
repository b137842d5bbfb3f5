/** What preparing a table means, from what is recorded and what is there. Pure. */
import { DmsctlError } from '../../errors/dmsctl-error.js';
import { formatTableName } from '../../model/table.js';
import type { TargetTable } from '../ports.js';
import type { RecordedTable } from './table-state-rows.js';

export interface TableSituation {
  readonly recorded: RecordedTable | null;
  readonly existsNow: boolean;
  readonly hasRows: boolean;
}

/**
 * - `resume`: a run before prepared it the same way; what is there stays
 * - `use`: load into the table as it stands
 * - `replace`: drop it and create it anew
 */
export type Preparation = 'resume' | 'create' | 'truncate' | 'replace' | 'use';

/**
 * 1. the table is not what the plan saw, unless an earlier try of this run made it: refused
 * 2. unknown, or gone since: by `prepare`
 * 3. a load was begun with another mapping, or its parts would not fit those to come: refused, rows must neither be mixed
 *    nor doubled
 * 4. prepared, and somebody has put rows into it since that `prepare` wants away: by `prepare`
 * 5. rows that nobody wants there, of an application or of another task since the plan was made: refused
 * 6. otherwise what is there stays
 */
export function decidePreparation(table: TargetTable, { recorded, existsNow, hasRows }: TableSituation): Preparation {
  if (recorded === null || !existsNow) {
    if (existsNow !== table.exists) throw targetChanged(table, existsNow); // 1
    return refuseUnwantedRows(table, decideByMode(table), hasRows); // 2
  }
  if (recorded.mappingFingerprint !== table.mappingFingerprint) throw otherMapping(table); // 3
  if (recorded.phase === 'loading' && recorded.loadBasis !== table.loadBasis) throw otherMapping(table); // 3
  if (recorded.phase !== 'prepared') return 'resume'; // 6
  const isCleared = table.prepare === 'truncate' || table.prepare === 'recreate';
  if (!hasRows || !isCleared) return refuseUnwantedRows(table, 'resume', hasRows); // 6
  if (table.prepare === 'recreate' && recorded.restoreSql.length > 0) throw objectsOwed(table);
  return decideByMode({ ...table, exists: true }); // 4
}

/** Case 5: what was empty when it was planned need not be so when its turn comes. */
function refuseUnwantedRows(table: TargetTable, preparation: Preparation, hasRows: boolean): Preparation {
  const staysAsItIs = preparation === 'use' || preparation === 'resume';
  if (!staysAsItIs || !hasRows || table.keepsRows) return preparation;
  const name = formatTableName(table.mapping.target);
  throw new DmsctlError('PG_TARGET_NOT_EMPTY', {
    detail: `table ${name} holds rows that are not of this load.`,
    fix: 'Find out whose they are. Then empty the table, or use prepare: truncate, or policies.existingRows: keep.',
  });
}

function decideByMode(table: TargetTable): Preparation {
  switch (table.prepare) {
    case 'create':
      return table.exists ? 'use' : 'create';
    case 'truncate':
      return table.exists ? 'truncate' : 'create';
    case 'recreate':
      return table.exists ? 'replace' : 'create';
    case 'none':
      if (!table.exists) throw targetChanged(table, false);
      return 'use';
  }
}

function targetChanged({ mapping, exists }: TargetTable, existsNow: boolean): DmsctlError {
  const name = formatTableName(mapping.target);
  return new DmsctlError('PG_TARGET_CHANGED', {
    detail: `the plan saw ${exists ? 'a' : 'no'} table ${name}, and now there is ${existsNow ? 'one' : 'none'}.`,
    fix: 'Plan again, and look at what changed:\n  dmsctl plan',
  });
}

function otherMapping({ mapping }: TargetTable): DmsctlError {
  return new DmsctlError('PG_TABLE_PARTLY_LOADED', {
    detail: `the load of ${formatTableName(mapping.source)} into ${formatTableName(mapping.target)} was begun with another mapping.`,
    fix: 'Take the change of the mapping back, or begin the task anew:\n  dmsctl destroy',
  });
}

function objectsOwed({ mapping }: TargetTable): DmsctlError {
  return new DmsctlError('PG_TABLE_PARTLY_LOADED', {
    detail:
      `table ${formatTableName(mapping.target)} misses foreign keys or triggers that an unfinished load took aside; ` +
      'dropping the table now would lose them.',
    fix: 'Set `prepare: truncate` for the task.',
  });
}
