import { expect, it } from 'vitest';
import { nearestWord } from '../../../src/lib/nearest-word.js';

const WORDS = ['include', 'exclude', 'mode', 'url'];

it.each([
  ['inculde', 'include'],
  ['MODE', 'mode'],
  ['ulr', null],
  ['urls', 'url'],
  ['something', null],
  ['', null],
  ['x'.repeat(1_000_000), null],
])('nearestWord(%s) = %s', (given, word) => {
  expect(nearestWord(given, WORDS)).toBe(word);
});
