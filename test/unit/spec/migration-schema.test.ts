import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ENGINE_NAMES } from '../../../src/model/column-type.js';
import { DEFAULT_POLICIES } from '../../../src/model/policies.js';
import { load, VALID } from './spec-fixture.js';

type Json = Readonly<Record<string, unknown>>;

const SCHEMA = JSON.parse(
  readFileSync(new URL('../../../schemas/migration.schema.json', import.meta.url), 'utf8'),
) as Json;

/** Every property schema, with its pointer. */
function properties(schema: unknown, pointer = ''): readonly { readonly pointer: string; readonly schema: Json }[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const isCondition = /\/(if|then)$/.test(pointer);
  const own = Object.entries(((schema as Json).properties ?? {}) as Record<string, Json>);
  return [
    ...(isCondition ? [] : own.map(([key, value]) => ({ pointer: `${pointer}/properties/${key}`, schema: value }))),
    ...Object.entries(schema).flatMap(([key, value]) => properties(value, `${pointer}/${key}`)),
  ];
}

function at(path: string): unknown {
  return path.split('/').reduce<unknown>((value, key) => (value as Json)[key], SCHEMA);
}

describe('the JSON Schema', () => {
  it('describes every key', () => {
    const found = properties(SCHEMA);
    expect(found.length).toBeGreaterThan(50);
    expect(found.filter(({ schema }) => typeof schema.description !== 'string')).toEqual([]);
  });

  it('explains every pattern in words', () => {
    const text = JSON.stringify(SCHEMA);
    expect(text.match(/"patternErrorMessage"/g)?.length).toBe(text.match(/"pattern"/g)?.length);
  });

  it('has the words and defaults that the types have', async () => {
    expect(at('$defs/endpoint/properties/engine/enum')).toEqual([...ENGINE_NAMES]);
    const taskEnum = (key: string) => at(`$defs/task/properties/${key}/enum`);
    expect(taskEnum('type')).toEqual(['full-load', 'full-load-and-cdc', 'cdc']);
    expect(taskEnum('prepare')).toEqual(['create', 'truncate', 'recreate', 'none']);
    expect(at('$defs/endpoint/properties/tls/properties/mode/enum')).toEqual([
      'disable',
      'prefer',
      'require',
      'verify-ca',
      'verify-full',
    ]);
    expect((await load(VALID)).tasks[0]?.policies).toEqual(DEFAULT_POLICIES);
  });
});
