/** The collations of a key: they decide which rows a range of it holds. */
import type { KeyDefinition } from '../../model/table.js';

/** Stands for a column without a collation; no collation is called so. */
const NONE = '-';

/** One collation a key column, in the order of the key: `utf8mb4_general_ci -`. Empty when no key column has one. */
export function rangeBasisOf(key: KeyDefinition | null, collationOf: (column: string) => string | null): string {
  const collations = (key?.columns ?? []).map((column) => collationOf(column) ?? NONE);
  return collations.every((collation) => collation === NONE) ? '' : collations.join(' ');
}

/** Back from what `rangeBasisOf` made; nothing for a column without a collation. */
export function collationAt(rangeBasis: string, keyColumnIndex: number): string | undefined {
  const collation = rangeBasis.split(' ')[keyColumnIndex];
  return collation === NONE ? undefined : collation;
}
