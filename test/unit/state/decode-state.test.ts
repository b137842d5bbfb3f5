import { describe, expect, it } from 'vitest';
import { DmsctlError } from '../../../src/errors/dmsctl-error.js';
import { decodeState, encodeState } from '../../../src/state/decode-state.js';
import type { State } from '../../../src/state/state.js';

const state: State = {
  version: 1,
  lineage: '7f1c2f0e-4a2e-4d5c-9a53-0c1d1f6e2b11',
  serial: 3,
  dmsctl: '0.1.0',
  spec: 'shop',
  resources: {},
};
const expected = { path: 'shop.state.json', spec: 'shop' };

function codeOf(text: string): string {
  try {
    decodeState(text, expected);
  } catch (error) {
    if (error instanceof DmsctlError) {
      expect(error.detail).toContain('shop.state.json');
      return error.code;
    }
    throw error;
  }
  return 'accepted';
}

function changed(change: object): string {
  return JSON.stringify({ ...state, ...change });
}

describe('a state file', () => {
  it('reads back as written, with its addresses sorted', () => {
    const endpoint = { kind: 'endpoint', phase: 'known', fingerprint: 'f', created: [] } as const;
    const two = { ...state, resources: { 'endpoint.b': endpoint, 'endpoint.a': endpoint } };
    const text = encodeState(two);
    expect(decodeState(text, expected)).toEqual(two);
    expect(text.indexOf('endpoint.a')).toBeLessThan(text.indexOf('endpoint.b'));
  });

  it('is refused at whatever place it was cut', () => {
    const text = encodeState(state).trimEnd();
    for (let length = 0; length < text.length; length += 1) {
      expect(codeOf(text.slice(0, length))).toBe('STATE_TRUNCATED');
    }
  });

  it.each([
    ['[]', 'STATE_FOREIGN'],
    ['null', 'STATE_FOREIGN'],
    ['{"terraform_version":"1.9.0"}', 'STATE_FOREIGN'],
    [changed({ version: 2, future: true }), 'STATE_VERSION_NEWER'],
    [changed({ version: 0 }), 'STATE_INVALID'],
    [changed({ serial: '3' }), 'STATE_INVALID'],
    [changed({ lineage: 'none' }), 'STATE_INVALID'],
    [changed({ extra: 1 }), 'STATE_INVALID'],
    [changed({ resources: { 'endpoint.a': { kind: 'endpoint' } } }), 'STATE_INVALID'],
    [changed({ resources: { elsewhere: 1 } }), 'STATE_INVALID'],
    [changed({ spec: 'other' }), 'STATE_OF_OTHER_SPEC'],
    [changed({}), 'accepted'],
  ])('%s → %s', (text, code) => {
    expect(codeOf(text)).toBe(code);
  });
});
