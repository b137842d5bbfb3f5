import { expect, it } from 'vitest';
import { collationAt, rangeBasisOf } from '../../../../src/engines/mysql/range-basis.js';
import type { KeyDefinition } from '../../../../src/model/table.js';

const keyOf = (...columns: readonly string[]): KeyDefinition => ({
  kind: 'primary',
  name: 'PRIMARY',
  columns,
  identifiesRow: true,
});

const COLLATIONS: ReadonlyMap<string, string> = new Map([
  ['a b', 'utf8mb4_bin'],
  ['c', 'latin1_swedish_ci'],
]);
const collationOf = (column: string): string | null => COLLATIONS.get(column) ?? null;

it('has the collations of the key in its order', () => {
  const basis = rangeBasisOf(keyOf('c', 'id', 'a b'), collationOf);
  expect(basis).toBe('latin1_swedish_ci - utf8mb4_bin');
  expect([0, 1, 2].map((index) => collationAt(basis, index))).toEqual(['latin1_swedish_ci', undefined, 'utf8mb4_bin']);
});

it('is empty for a key without a collation, and for none', () => {
  expect(rangeBasisOf(keyOf('id', 'n'), collationOf)).toBe('');
  expect(rangeBasisOf(null, collationOf)).toBe('');
  expect(collationAt('', 0)).toBeFalsy();
});
