import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount, formatDuration, formatEstimate, formatRows } from '../../../src/views/format.js';

describe('figures for people', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [9949, '9.9 kB'],
    [9950, '10 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [3_100_000_000, '3.1 GB'],
    [2.5e18, '2500 PB'],
  ])('%d bytes: %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it.each([
    [0, '0'],
    [17, '17'],
    [3100, '3,100'],
    [9999, '9,999'],
    [10_000, '10 k'],
    [41_000_000, '41 M'],
  ])('about %d: %s', (count, text) => {
    expect(formatEstimate(count)).toBe(text);
  });

  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [1_234_567, '1,234,567'],
  ])('exactly %d: %s', (rows, text) => {
    expect(formatRows(rows)).toBe(text);
  });

  it.each([
    [-1, '0.0 s'],
    [0.44, '0.4 s'],
    [9.96, '10 s'],
    [59.6, '1 min 0 s'],
    [200, '3 min 20 s'],
    [7500, '2 h 5 min'],
  ])('%d seconds: %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  it('counts nouns', () => {
    expect([formatCount(1, 'table'), formatCount(0, 'table'), formatCount(2000, 'row')]).toEqual([
      '1 table',
      '0 tables',
      '2,000 rows',
    ]);
  });
});
