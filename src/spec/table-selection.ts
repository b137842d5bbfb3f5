import { compileGlob, hasWildcard } from '../lib/glob.js';
import type { TableName } from '../model/table.js';
import type { TablePattern, TableSelection } from './spec.js';

export interface SelectedTables {
  /** In the order of the names given. */
  readonly selected: readonly TableName[];
  /** Include patterns that match no name, even one that is excluded: most likely a typo. */
  readonly unmatchedIncludes: readonly TablePattern[];
}

/** The names that an include pattern matches and no exclude pattern does. */
export function selectTables(selection: TableSelection, names: readonly TableName[]): SelectedTables {
  const includes = selection.include.map((pattern) => ({ pattern, matches: compilePattern(pattern) }));
  const excludes = selection.exclude.map(compilePattern);
  const isIncluded = (name: TableName) => includes.some(({ matches }) => matches(name));
  const isExcluded = (name: TableName) => excludes.some((matches) => matches(name));
  return {
    selected: names.filter((name) => isIncluded(name) && !isExcluded(name)),
    unmatchedIncludes: includes.filter(({ matches }) => !names.some(matches)).map(({ pattern }) => pattern),
  };
}

function compilePattern({ schema, table }: TablePattern): (name: TableName) => boolean {
  const [matchesSchema, matchesTable] = [compileGlob(schema), compileGlob(table)];
  return (name) => matchesSchema(name.schema) && matchesTable(name.table);
}

/** The schemas that the selection is about, sorted; `null` when a glob leaves that to the database. */
export function literalSchemas({ include }: TableSelection): readonly string[] | null {
  const schemas = include.map(({ schema }) => schema);
  return schemas.some(hasWildcard) ? null : [...new Set(schemas)].sort();
}
