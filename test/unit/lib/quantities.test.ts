import { expect, it } from 'vitest';
import { parseByteSize } from '../../../src/lib/byte-size.js';
import { parseDurationMs } from '../../../src/lib/duration.js';

it.each([
  ['512MiB', 512 * 2 ** 20],
  ['1.5 GB', 1.5e9],
  ['1B', 1],
  ['0B', null],
  ['0.1B', null],
  ['9000000TiB', null],
  ['512', null],
  ['5gib', null],
  ['-1B', null],
])('parseByteSize(%s) = %s', (text, bytes) => {
  expect(parseByteSize(text)).toBe(bytes);
});

it.each([
  ['500ms', 500],
  ['90s', 90_000],
  ['1h30m', 5_400_000],
  ['2d', 172_800_000],
  ['0s', 0],
  ['10', null],
  ['', null],
  ['1.5h', null],
  [`${'9'.repeat(20)}d`, null],
])('parseDurationMs(%s) = %s', (text, ms) => {
  expect(parseDurationMs(text)).toBe(ms);
});
