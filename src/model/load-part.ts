import type { SnapshotBoundary } from './position.js';

/**
 * A range of a table's key: `after < key <= upTo` in the source's own order, `null` for an open end. A bound holds one
 * canonical text a key column. A part with both ends open is the whole table.
 */
export interface KeyRange {
  readonly after: readonly string[] | null;
  readonly upTo: readonly string[] | null;
}

/** One piece of a table's full load: loaded in one target transaction, so done or not begun. Numbers start at 1. */
export interface LoadPart {
  readonly number: number;
  readonly range: KeyRange;
}

/** How often a policy changed a value while loading. Kept with the progress so that `status` can show it. */
export interface PolicyCounts {
  readonly zeroDate: number;
  readonly nulCharacter: number;
  readonly invalidText: number;
}

export const NO_POLICY_COUNTS: PolicyCounts = { zeroDate: 0, nulCharacter: 0, invalidText: 0 };

export function addPolicyCounts(left: PolicyCounts, right: PolicyCounts): PolicyCounts {
  return {
    zeroDate: left.zeroDate + right.zeroDate,
    nulCharacter: left.nulCharacter + right.nulCharacter,
    invalidText: left.invalidText + right.invalidText,
  };
}

export interface LoadedPart {
  readonly part: LoadPart;
  readonly boundary: SnapshotBoundary;
  readonly rows: number;
  /** Of the batches as sent to the target. */
  readonly bytes: number;
  readonly policyCounts: PolicyCounts;
}

export const WHOLE_TABLE: LoadPart = { number: 1, range: { after: null, upTo: null } };
