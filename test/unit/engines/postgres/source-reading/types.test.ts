import { describe, expect, it } from 'vitest';
import { hasStableBinaryForm } from '../../../../../src/engines/postgres/binary-types.js';
import { type CatalogColumnType, toColumnType } from '../../../../../src/engines/postgres/types.js';

function builtIn(name: string, modifier = -1): CatalogColumnType {
  return { schema: 'pg_catalog', name, typtype: 'b', modifier, formatted: name, members: [], extension: null };
}

describe('toColumnType', () => {
  it.each([
    [builtIn('int2'), { kind: 'integer', bits: 16, isUnsigned: false }],
    [builtIn('numeric'), { kind: 'decimal', precision: null, scale: null }],
    [builtIn('numeric', ((20 << 16) | 4) + 4), { kind: 'decimal', precision: 20, scale: 4 }],
    [builtIn('numeric', ((5 << 16) | (-2 & 0x7ff)) + 4), { kind: 'decimal', precision: 5, scale: -2 }],
    [builtIn('numeric', ((1000 << 16) | 1000) + 4), { kind: 'decimal', precision: 1000, scale: 1000 }],
    [builtIn('varchar', 24), { kind: 'text', charsMax: 20 }],
    [builtIn('bpchar', 5), { kind: 'text', charsMax: 1 }],
    [builtIn('varbit'), { kind: 'bits', length: null, isVarying: true }],
    [builtIn('timestamptz', 3), { kind: 'timestamp', fraction: 3, isZoned: true }],
    [builtIn('time'), { kind: 'time', fraction: 6, isZoned: false }],
    [builtIn('cidr'), { kind: 'inet' }],
    [builtIn('interval'), { kind: 'native', engine: 'postgres', name: 'interval' }],
    [builtIn('_int4'), { kind: 'native', engine: 'postgres', name: '_int4' }],
  ])('$0.name', (type, expected) => {
    expect(toColumnType(type)).toEqual(expected);
  });

  it('goes by the extension, not by the name alone', () => {
    const geometry = { ...builtIn('geometry', (4326 << 8) | 4), schema: 'public', formatted: 'public.geometry' };
    expect(toColumnType({ ...geometry, extension: 'postgis' })).toEqual({ kind: 'geometry', srid: 4326 });
    expect(toColumnType({ ...geometry, extension: 'postgis', modifier: -1 })).toEqual({ kind: 'geometry', srid: null });
    expect(toColumnType(geometry)).toMatchObject({ kind: 'native', name: 'public.geometry' });
    const text = { ...builtIn('text'), schema: 'own', formatted: 'own.text' };
    expect(toColumnType(text)).toMatchObject({ kind: 'native', name: 'own.text' });
  });

  it('keeps the labels of an enum', () => {
    const mood = { ...builtIn('mood'), schema: 'public', typtype: 'e', members: ['sad', 'o,k'] };
    expect(toColumnType(mood)).toEqual({ kind: 'enum', members: ['sad', 'o,k'] });
  });
});

describe('hasStableBinaryForm', () => {
  it.each([
    'integer',
    'numeric(10,2)',
    'numeric(5,-2)[]',
    'timestamp(3) with time zone[]',
    'bit varying(3)',
    'text[][]',
  ])('takes %s', (type) => {
    expect(hasStableBinaryForm(type)).toBe(true);
  });
  it.each([
    'interval',
    'xml',
    'regclass',
    'public.mood',
    'public.text',
    '"char"',
    'int4range',
    '"We ird"."numeric(3,2)"',
  ])('leaves %s to text', (type) => {
    expect(hasStableBinaryForm(type)).toBe(false);
  });
});
