/** What the type tests of all sources have in common. */
import { describe, expect, it } from 'vitest';
import type { TestDatabase } from '../../servers/create-database.js';
import { expectedValues, shownValues, targetTypes, type TypeFamily } from './type-case.js';
import { planOf, type Move } from '../type-run.js';
import type { LeftOutCase, TableCase } from './table-case.js';

/** One test a case: its type on the target, and every value. `target` is asked for when the tests run. */
export function describeFamilies(families: readonly TypeFamily[], target: () => TestDatabase): void {
  describe.each(families)('$table', (family) => {
    it.each(family.cases)('$name: $type', async (typeCase) => {
      const types = await targetTypes(target(), family.table);
      expect(types.get(typeCase.name)).toBe(typeCase.target);
      expect(await shownValues(target(), family.table, typeCase)).toEqual(expectedValues(family, typeCase));
    });
  });
}

export function describeTables(tables: readonly TableCase[], target: () => TestDatabase): void {
  it.each(tables)('$title', async ({ query, rows }) => {
    expect(await target().query(query)).toEqual(rows);
  });
}

export function describeLeftOut(relations: readonly LeftOutCase[], move: () => Move): void {
  it.each(relations)('names $name in the plan as left out', ({ name, reason }) => {
    const leftOut = planOf(move()).tasks[0]?.leftOut.find((relation) => relation.name.table === name);
    expect(leftOut?.reason).toContain(reason);
  });
}

/** Settings that shape what the reader sees; nothing of it is the program's. */
export async function prepareReader(target: TestDatabase, schema: string): Promise<void> {
  for (const setting of [
    `SET search_path TO "${schema}", public`,
    `SET TimeZone TO 'UTC'`,
    `SET DateStyle TO 'ISO'`,
    `SET IntervalStyle TO 'postgres'`,
    `SET extra_float_digits TO 1`,
    `SET bytea_output TO 'hex'`,
    `SET lc_monetary TO 'C'`,
  ])
    await target.query(setting);
}
