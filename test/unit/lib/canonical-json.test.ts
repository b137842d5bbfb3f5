import { expect, it } from 'vitest';
import { canonicalJson, hashOfJson } from '../../../src/lib/canonical-json.js';

it('sorts keys at every depth and keeps the order of lists', () => {
  expect(canonicalJson({ b: [2, { d: null, c: 'ü"' }, 1], a: true })).toBe(
    '{"a":true,"b":[2,{"c":"ü\\"","d":null},1]}',
  );
});

it('hashes equal values to the same SHA-256', () => {
  expect(hashOfJson({ a: 1, b: 2 })).toBe(hashOfJson({ b: 2, a: 1 }));
  expect(hashOfJson({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
});
