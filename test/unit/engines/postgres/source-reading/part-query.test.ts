import { describe, expect, it } from 'vitest';
import { quoteIdentifier, quoteLiteral } from '../../../../../src/engines/postgres/identifiers.js';
import { ownRows, rangeCondition } from '../../../../../src/engines/postgres/part-query.js';
import { partsBetween } from '../../../../../src/engines/postgres/split-table.js';

describe('rangeCondition', () => {
  it('is null for an open range', () => {
    expect(rangeCondition(['id'], { after: null, upTo: null })).toBeNull();
  });

  it('compares whole rows of the key, with every text quoted', () => {
    expect(rangeCondition(['a', 'B"'], { after: [`o'`, '\\'], upTo: ['x', 'y'] })).toBe(
      `("a", "B""") > ('o''', E'\\\\') AND ("a", "B""") <= ('x', 'y')`,
    );
  });

  it('refuses a bound that does not fit the key', () => {
    expect(() => rangeCondition(['a', 'b'], { after: ['1'], upTo: null })).toThrow(/1 values for 2 key columns/);
  });
});

describe('partsBetween', () => {
  it('covers everything once, and drops bounds that are equal', () => {
    expect(partsBetween([['1'], ['5'], ['5'], ['9']]).map(({ range }) => range)).toEqual([
      { after: null, upTo: ['1'] },
      { after: ['1'], upTo: ['5'] },
      { after: ['5'], upTo: ['9'] },
      { after: ['9'], upTo: null },
    ]);
    expect(partsBetween([])).toEqual([{ number: 1, range: { after: null, upTo: null } }]);
  });
});

describe('quoting', () => {
  it('doubles quotes and leaves inheritance children out', () => {
    expect(quoteIdentifier('a"b')).toBe('"a""b"');
    expect(quoteLiteral(`it's`)).toBe(`'it''s'`);
    expect(ownRows({ schema: 's', table: 't' }, { isPartitioned: false })).toBe('ONLY "s"."t"');
    expect(ownRows({ schema: 's', table: 't' }, { isPartitioned: true })).toBe('"s"."t"');
  });
});
