import { describe, expect, it } from 'vitest';
import { endpointFingerprint, specFingerprint, taskFingerprint } from '../../../src/spec/fingerprint.js';
import type { Spec } from '../../../src/spec/spec.js';
import { changed, ENV, load, VALID } from './spec-fixture.js';

function fingerprints(spec: Spec): readonly string[] {
  return [specFingerprint(spec), ...spec.endpoints.map(endpointFingerprint), ...spec.tasks.map(taskFingerprint)];
}

describe('fingerprints', () => {
  it('are SHA-256 in hex', async () => {
    for (const text of fingerprints(await load(VALID))) expect(text).toMatch(/^[0-9a-f]{64}$/);
  });

  it('do not see formatting, key order, written-out defaults, pattern order, secrets or places', async () => {
    const base = await load(VALID);
    const written = `# a comment
tasks: { load: { target: warehouse, tables: { exclude: [], include: [{ table: '*', schema: shop }, "shop.*"] }, source: legacy, type: full-load, start: auto, policies: { ddl: stop } } }
endpoints:
  legacy: { user: reader, host: "old.internal", engine: mysql, port: 3306, password: '\${env:PW}' }
  warehouse: { engine: postgres, host: new.internal, database: shop, user: writer, password: '\${env:PW}' }
replicationInstance: { memory: 1GiB, storage: { path: /elsewhere } }
state: { path: /elsewhere.json }
name: shop
apiVersion: dmsctl/v1
`;
    const other = await load(written, { env: { ...ENV, PW: 'rotated' } });
    expect(fingerprints(other)).toEqual(fingerprints(base));
  });

  it('see every change of meaning', async () => {
    const texts = [
      VALID,
      changed('name: shop', 'name: shop2'),
      changed('old.internal', 'other.internal'),
      changed('user: reader', 'user: reader2'),
      changed('user: reader', 'user: reader\n    tls: { mode: require }'),
      changed('user: reader', 'user: reader\n    options: { connectTimeoutSeconds: 11 }'),
      changed("['shop.*']", "['shop.a*']"),
      `${VALID}      exclude: ['shop.x']\n`,
      ...['start: manual', 'prepare: truncate', 'fullLoad: { tables: 4 }', 'policies: { zeroDate: null }'].map(
        (line) => `${VALID}    ${line}\n`,
      ),
    ];
    const seen = await Promise.all(texts.map(async (text) => specFingerprint(await load(text))));
    expect(new Set(seen).size).toBe(texts.length);
  });
});
