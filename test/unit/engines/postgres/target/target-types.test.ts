import { describe, expect, it } from 'vitest';
import type { ColumnType } from '../../../../../src/model/column-type.js';
import { postgresTypeMapper } from '../../../../../src/engines/postgres/target-types.js';

function mapColumn(type: ColumnType, features: readonly string[] = []) {
  const column = { name: 'c', type, nativeType: 'whatever it is there', isNullable: true, generated: null };
  return postgresTypeMapper.mapColumn(column, 'mysql', features);
}

const integer = (bits: 8 | 16 | 24 | 32 | 64, isUnsigned = false): ColumnType => ({
  kind: 'integer',
  bits,
  isUnsigned,
});
const decimal = (precision: number | null, scale: number | null): ColumnType => ({ kind: 'decimal', precision, scale });

const EXACT: readonly (readonly [ColumnType, string])[] = [
  [integer(8), 'smallint'],
  [integer(8, true), 'smallint'],
  [integer(16), 'smallint'],
  [integer(16, true), 'integer'],
  [integer(24), 'integer'],
  [integer(24, true), 'integer'],
  [integer(32), 'integer'],
  [integer(32, true), 'bigint'],
  [integer(64), 'bigint'],
  [integer(64, true), 'numeric(20)'],
  [decimal(65, 30), 'numeric(65,30)'],
  [decimal(10, null), 'numeric(10,0)'],
  [decimal(null, null), 'numeric'],
  [decimal(10, -2), 'numeric'],
  [decimal(2, 5), 'numeric'],
  [{ kind: 'float', bits: 32 }, 'real'],
  [{ kind: 'float', bits: 64 }, 'double precision'],
  [{ kind: 'boolean' }, 'boolean'],
  [{ kind: 'text', charsMax: 255 }, 'varchar(255)'],
  [{ kind: 'text', charsMax: 0 }, 'varchar(1)'],
  [{ kind: 'text', charsMax: null }, 'text'],
  [{ kind: 'text', charsMax: 4_294_967_295 }, 'text'],
  [{ kind: 'binary', bytesMax: 16 }, 'bytea'],
  [{ kind: 'bits', length: 8, isVarying: false }, 'bit(8)'],
  [{ kind: 'bits', length: null, isVarying: true }, 'bit varying'],
  [{ kind: 'date' }, 'date'],
  [{ kind: 'time', fraction: 3, isZoned: false }, 'time(3)'],
  [{ kind: 'time', fraction: 6, isZoned: true }, 'time(6) with time zone'],
  [{ kind: 'timestamp', fraction: 0, isZoned: false }, 'timestamp(0)'],
  [{ kind: 'timestamp', fraction: 6, isZoned: true }, 'timestamp(6) with time zone'],
  [{ kind: 'duration', fraction: 6 }, 'interval'],
  [{ kind: 'year' }, 'smallint'],
  [{ kind: 'json', isBinary: true }, 'jsonb'],
  [{ kind: 'json', isBinary: false }, 'json'],
  [{ kind: 'xml' }, 'xml'],
  [{ kind: 'uuid' }, 'uuid'],
  [{ kind: 'inet' }, 'inet'],
  [{ kind: 'enum', members: ['a'] }, 'text'],
  [{ kind: 'set', members: ['a'] }, 'text'],
  [{ kind: 'vector', dimensions: 3 }, 'real[]'],
];

describe('neutral type → PostgreSQL type', () => {
  it.each(EXACT)('%o → %s, as it is', (type, targetType) => {
    expect(mapColumn(type)).toEqual({ kind: 'mapped', targetType, deliverAs: type, losses: [] });
  });

  it('names digits that do not fit', () => {
    const nanoseconds: ColumnType = { kind: 'timestamp', fraction: 9, isZoned: false };
    expect(mapColumn(nanoseconds)).toMatchObject({
      targetType: 'timestamp(6)',
      losses: ['fractions of a second are rounded to 6 digits'],
    });
  });

  it('takes a geometry as geometry where PostGIS is, else as WKB without its SRID', () => {
    const geometry: ColumnType = { kind: 'geometry', srid: 4326 };
    expect(mapColumn(geometry, ['pgcrypto', 'postgis'])).toMatchObject({
      targetType: 'geometry',
      deliverAs: geometry,
      losses: [],
    });
    expect(mapColumn(geometry)).toMatchObject({
      targetType: 'bytea',
      deliverAs: { kind: 'binary' },
      losses: ['the SRID is not kept'],
    });
  });

  it('refuses types that only another engine has', () => {
    expect(mapColumn({ kind: 'native', engine: 'mysql', name: 'odd' })).toMatchObject({ kind: 'refused' });
  });

  it('keeps the native type between PostgreSQLs', () => {
    const type: ColumnType = { kind: 'native', engine: 'postgres', name: 'public.mood[]' };
    const column = { name: 'c', type, nativeType: 'public.mood[]', isNullable: true, generated: null };
    expect(postgresTypeMapper.mapColumn(column, 'postgres', [])).toEqual({
      kind: 'mapped',
      targetType: 'public.mood[]',
      deliverAs: type,
      losses: [],
    });
  });

  it('makes a type for every unsigned and signed size that holds its largest value', () => {
    const digits: Readonly<Record<string, bigint>> = {
      smallint: 2n ** 15n,
      integer: 2n ** 31n,
      bigint: 2n ** 63n,
      'numeric(20)': 10n ** 20n,
    };
    for (const bits of [8, 16, 24, 32, 64] as const) {
      for (const isUnsigned of [false, true]) {
        const mapped = mapColumn(integer(bits, isUnsigned));
        const end = 2n ** BigInt(isUnsigned ? bits : bits - 1);
        expect(mapped.kind === 'mapped' && (digits[mapped.targetType] ?? 0n) >= end).toBe(true);
      }
    }
  });
});
