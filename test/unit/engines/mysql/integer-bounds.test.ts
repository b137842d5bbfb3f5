import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evenBounds, isEven, sampleRanges } from '../../../../src/engines/mysql/integer-bounds.js';

const LIMITS = { min: -(2n ** 63n), max: 2n ** 64n - 1n };
const span = fc
  .tuple(fc.bigInt(LIMITS), fc.bigInt({ min: 0n, max: 10_000n }))
  .map(([min, width]) => ({ min, max: min + width }));

describe('evenBounds', () => {
  it('cuts a span into parts that differ by one at most', () => {
    fc.assert(
      fc.property(span, fc.integer({ min: 2, max: 50 }), ({ min, max }, partCount) => {
        const ends = [min - 1n, ...evenBounds({ min, max }, partCount), max];
        const widths = ends.slice(1).map((end, index) => end - (ends[index] ?? end));
        const smallest = widths.reduce((left, right) => (left < right ? left : right));
        expect(smallest > 0n).toBe(true);
        expect(widths.every((width) => width <= smallest + 1n)).toBe(true);
      }),
    );
  });
});

describe('sampleRanges', () => {
  it('stays inside the span and overlaps nowhere', () => {
    fc.assert(
      fc.property(span, fc.integer({ min: 1, max: 1_000_000 }), ({ min, max }, estimatedRows) => {
        let last = min - 1n;
        for (const sample of sampleRanges({ min, max }, estimatedRows)) {
          expect(sample.min > last && sample.max >= sample.min && sample.max <= max).toBe(true);
          last = sample.max;
        }
      }),
    );
  });
});

describe('isEven', () => {
  const whole = { min: 1n, max: 160_000n };
  const samples = sampleRanges(whole, 160_000);
  const judge = (rowCounts: readonly number[], estimatedRows = 160_000): boolean =>
    isEven({ span: whole, samples, rowCounts, estimatedRows });

  it('accepts dense and evenly thin keys', () => {
    expect(judge(samples.map(() => 1000))).toBe(true);
    expect(
      judge(
        samples.map((_, index) => 400 + index * 10),
        80_000,
      ),
    ).toBe(true);
  });
  it('refuses gaps, hot spots and totals that do not fit', () => {
    expect(judge(samples.map((_, index) => (index === 3 ? 0 : 1000)))).toBe(false);
    expect(judge(samples.map((_, index) => (index === 3 ? 1000 : 100)))).toBe(false);
    expect(judge(samples.map(() => 10))).toBe(false);
  });
});
