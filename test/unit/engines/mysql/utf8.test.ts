import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findInvalidUtf8 } from '../../../../src/engines/mysql/utf8.js';

/** Bytes near the edges of the encoding, where mistakes live. */
const edgyByte = fc.constantFrom(
  0x41,
  0x7f,
  0x80,
  0x8f,
  0x90,
  0x9f,
  0xa0,
  0xbf,
  0xc0,
  0xc1,
  0xc2,
  0xdf,
  0xe0,
  0xe4,
  0xed,
  0xef,
  0xf0,
  0xf1,
  0xf4,
  0xf5,
  0xff,
);

describe('findInvalidUtf8', () => {
  it('finds something exactly where Node says that the bytes are invalid', () => {
    fc.assert(
      fc.property(fc.array(edgyByte, { maxLength: 8 }), (values) => {
        const bytes = Buffer.from(values);
        expect(findInvalidUtf8(bytes, 0) === null).toBe(isUtf8(bytes));
      }),
      { numRuns: 5000 },
    );
  });

  it('finds as many pieces as a decoder replaces', () => {
    fc.assert(
      fc.property(fc.array(edgyByte, { maxLength: 8 }), (values) => {
        const bytes = Buffer.from(values);
        let pieces = 0;
        for (let at = findInvalidUtf8(bytes, 0); at !== null; at = findInvalidUtf8(bytes, at.end)) pieces++;
        const decoded = new TextDecoder().decode(bytes);
        expect(pieces).toBe(decoded.split('\u{fffd}').length - 1);
      }),
      { numRuns: 5000 },
    );
  });
});
