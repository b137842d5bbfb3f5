import { estimateLeft } from '../plan/plan-counts.js';
import type { TableSize } from '../model/table.js';
import type { StructureAction, TablePlan } from '../plan/plan.js';
import { formatBytes, formatEstimate, formatRows } from './format.js';

export type Sign = '+' | '~' | '-/+' | '>';

/** The sign of what happens to the table itself; `>` when it is only loaded. */
export function signOf({ structure, load }: TablePlan): Sign {
  switch (structure.kind) {
    case 'create':
      return '+';
    case 'truncate':
      return '~';
    case 'recreate':
      return '-/+';
    case 'use':
      return load.kind === 'none' ? '~' : '>';
  }
}

export function structureWords(structure: StructureAction): string {
  switch (structure.kind) {
    case 'create':
      return 'create';
    case 'use':
      return 'use as it is';
    case 'truncate':
      return `truncate: destroys ${rowsLostWords(structure.rowsLost)}`;
    case 'recreate':
      return structure.rowsLost === 0
        ? 'drop (it is empty) and create'
        : `drop and create: destroys ${rowsLostWords(structure.rowsLost)}`;
  }
}

export function loadWords(table: TablePlan): string {
  const { load } = table;
  switch (load.kind) {
    case 'load':
      return `load ${estimateWords(table.target.mapping.size) ?? '(size unknown)'}`;
    case 'resume':
      return `resume: ${load.partsDone} of ${load.parts} parts done, ${formatRows(load.rowsDone)} rows; left ${estimateWords(estimateLeft(table)) ?? 'unknown'}`;
    case 'none':
      return `loaded, ${formatRows(load.rows)} rows`;
  }
}

/** `~3.1 GB, ~41 M rows`, as far as the source's statistics tell; `null` when they tell nothing. */
export function estimateWords({ estimatedRows, estimatedBytes }: TableSize): string | null {
  const figures = [
    estimatedBytes === null ? [] : [`~${formatBytes(estimatedBytes)}`],
    estimatedRows === null ? [] : [`~${formatEstimate(estimatedRows)} rows`],
  ].flat();
  return figures.length === 0 ? null : figures.join(', ');
}

function rowsLostWords(rows: number | null): string {
  return rows === null ? 'an unknown number of rows' : `~${formatEstimate(rows)} rows`;
}
