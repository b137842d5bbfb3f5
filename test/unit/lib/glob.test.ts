import { describe, expect, it } from 'vitest';
import { compileGlob, hasWildcard } from '../../../src/lib/glob.js';

describe('compileGlob', () => {
  it.each([
    ['*', ['', 'a', 'a/b', '.hidden', 'a\nb'], []],
    ['a*', ['a', 'ab', 'a*'], ['', 'ba', 'A']],
    ['*a*b', ['ab', 'xaxb', 'aabab'], ['ba', 'abx']],
    ['?', ['a', '*', '😀'], ['', 'ab']],
    ['a?c', ['abc', 'a.c'], ['ac', 'abbc']],
    ['**', ['', 'abc'], []],
    ['{a,b}', ['{a,b}'], ['a', 'b']],
    ['[ab]!(c)\\d', ['[ab]!(c)\\d'], ['a!(c)d']],
  ])('%s', (pattern, matching, others) => {
    const matches = compileGlob(pattern);
    for (const name of matching) expect([name, matches(name)]).toEqual([name, true]);
    for (const name of others) expect([name, matches(name)]).toEqual([name, false]);
  });

  it('does not slow down with many stars', () => {
    const matches = compileGlob(`${'*a'.repeat(200)}b`);
    expect(matches('a'.repeat(5000))).toBe(false);
  });
});

it('hasWildcard', () => {
  expect(['a*', '?'].map(hasWildcard)).toEqual([true, true]);
  expect(['a', '[a]', ''].map(hasWildcard)).toEqual([false, false, false]);
});
