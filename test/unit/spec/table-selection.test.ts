import { describe, expect, it } from 'vitest';
import type { TableName } from '../../../src/model/table.js';
import { literalSchemas, selectTables } from '../../../src/spec/table-selection.js';
import { toTablePattern } from '../../../src/spec/table-pattern.js';

const NAMES: readonly TableName[] = [
  { schema: 'shop', table: 'Orders' },
  { schema: 'shop', table: 'orders' },
  { schema: 'shop', table: 'tmp_1' },
  { schema: 'shop', table: 'log.2024' },
  { schema: 'a.b', table: 'c"d' },
  { schema: 'shop', table: '[x]' },
];

function select(include: readonly (string | TableName)[], exclude: readonly (string | TableName)[] = []) {
  const selection = { include: include.map(toTablePattern), exclude: exclude.map(toTablePattern) };
  const { selected, unmatchedIncludes } = selectTables(selection, NAMES);
  return { tables: selected.map(({ table }) => table), unmatchedIncludes };
}

describe('selectTables', () => {
  it('includes, then excludes, in the order of the names', () => {
    expect(select(['shop.*'], ['shop.tmp_*', 'shop.[x]']).tables).toEqual(['Orders', 'orders', 'log.2024']);
  });

  it('is case-sensitive and knows no other wildcards', () => {
    expect(select(['shop.orders']).tables).toEqual(['orders']);
    expect(select(['shop.?rders']).tables).toEqual(['Orders', 'orders']);
    expect(select(['shop.[Oo]rders']).tables).toEqual([]);
    expect(select(['shop.[x]']).tables).toEqual(['[x]']);
  });

  it('splits at the first dot; an object names what has dots elsewhere', () => {
    expect(select(['shop.log.2024']).tables).toEqual(['log.2024']);
    expect(select(['a.b.c"d']).tables).toEqual([]);
    expect(select([{ schema: 'a.b', table: 'c"d' }]).tables).toEqual(['c"d']);
    expect(select([{ schema: 'a.*', table: '*' }]).tables).toEqual(['c"d']);
  });

  it('tells which includes match nothing; an excluded match is one', () => {
    const { tables, unmatchedIncludes } = select(['shop.tmp_*', 'shop.order'], ['*.tmp_1']);
    expect(tables).toEqual([]);
    expect(unmatchedIncludes).toEqual([{ schema: 'shop', table: 'order' }]);
  });
});

it('literalSchemas names the schemas only when all are literal', () => {
  const of = (...include: string[]) => literalSchemas({ include: include.map(toTablePattern), exclude: [] });
  expect(of('b.*', 'a.x', 'b.y')).toEqual(['a', 'b']);
  expect(of('b.*', 'a?.x')).toBeNull();
});
