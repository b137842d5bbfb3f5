import { describe, expect, it } from 'vitest';
import { NO_POLICY_COUNTS } from '../../../src/model/load-part.js';
import type { TableProgress } from '../../../src/model/task-progress.js';
import { endpointAddress, tableAddress, taskAddress } from '../../../src/state/address.js';
import { applyStateChanges, newState, type Resource, tableResource } from '../../../src/state/state.js';

const empty = newState({ lineage: 'a-lineage', spec: 'shop', dmsctl: '0.1.0' });
const known: Resource = { kind: 'endpoint', phase: 'known', fingerprint: 'f1', created: [] };

describe('addresses', () => {
  it('name endpoints, tasks and tables', () => {
    expect(endpointAddress('legacy')).toBe('endpoint.legacy');
    expect(taskAddress('shop-live')).toBe('task.shop-live');
    expect(tableAddress('shop-live', { schema: 'shop', table: 'or"ders' })).toBe('table.shop-live["shop"."or""ders"]');
  });
});

describe('state', () => {
  it('changes by copy, one address at a time', () => {
    const one = applyStateChanges(empty, [{ kind: 'record', address: 'endpoint.a', resource: known }]);
    expect(one.resources).toEqual({ 'endpoint.a': known });
    const other = applyStateChanges(one, [
      { kind: 'forget', address: 'endpoint.a' },
      { kind: 'record', address: 'endpoint.b', resource: known },
    ]);
    expect(other.resources).toEqual({ 'endpoint.b': known });
    expect([empty.resources, Object.keys(one.resources)]).toEqual([{}, ['endpoint.a']]);
    expect(other.serial).toBe(0);
  });

  it('mirrors the progress of a table', () => {
    const progress: TableProgress = {
      source: { schema: 'shop', table: 'orders' },
      target: { schema: 'public', table: 'orders' },
      phase: 'loaded',
      mappingFingerprint: 'f2',
      loadBasis: 'basis',
      parts: [],
      rows: 7,
      bytes: 70,
      policyCounts: NO_POLICY_COUNTS,
      error: null,
      isCreatedByTask: true,
      hasObjectsToRestore: false,
    };
    expect(tableResource(progress)).toEqual({
      kind: 'table',
      fingerprint: 'f2',
      created: ['table "public"."orders"'],
      phase: 'loaded',
      target: '"public"."orders"',
      rows: 7,
      bytes: 70,
    });
    expect(tableResource({ ...progress, isCreatedByTask: false }).created).toEqual([]);
  });
});
