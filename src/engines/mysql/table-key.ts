import type { KeyDefinition } from '../../model/table.js';

/** The primary key, else the first unique key by name that identifies a row, else the first unique key by name. */
export function chooseKey(keys: readonly KeyDefinition[]): KeyDefinition | null {
  const byName = keys.toSorted((left, right) => (left.name < right.name ? -1 : 1));
  return (
    byName.find(({ kind }) => kind === 'primary') ??
    byName.find(({ identifiesRow }) => identifiesRow) ??
    byName[0] ??
    null
  );
}
