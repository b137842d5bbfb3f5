import type { TableName } from '../model/table.js';

/** Order by code unit: the same on every machine and in every locale. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

export function compareTableNames(left: TableName, right: TableName): number {
  return compareText(left.schema, right.schema) || compareText(left.table, right.table);
}
