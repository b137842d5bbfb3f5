/** PostgreSQL types → neutral column types. https://www.postgresql.org/docs/18/datatype.html */
import type { ColumnType } from '../../model/column-type.js';

/** A column's type as the catalog has it. */
export interface CatalogColumnType {
  readonly schema: string;
  readonly name: string;
  /** `pg_type.typtype`. */
  readonly typtype: string;
  /** `pg_attribute.atttypmod`; -1 for none. */
  readonly modifier: number;
  /** As `format_type` writes it; names outside pg_catalog are qualified, because search_path is empty. */
  readonly formatted: string;
  /** Labels of an enum, in its order. */
  readonly members: readonly string[];
  /** The extension that owns the type. */
  readonly extension: string | null;
}

export function toColumnType(type: CatalogColumnType): ColumnType {
  if (type.typtype === 'e') return { kind: 'enum', members: type.members };
  const map = type.schema === 'pg_catalog' ? BUILT_IN[type.name] : EXTENSION_TYPES[`${type.extension}.${type.name}`];
  return map?.(type.modifier) ?? { kind: 'native', engine: 'postgres', name: type.formatted };
}

type Mapping = (modifier: number) => ColumnType;

const BUILT_IN: Readonly<Record<string, Mapping>> = {
  int2: () => ({ kind: 'integer', bits: 16, isUnsigned: false }),
  int4: () => ({ kind: 'integer', bits: 32, isUnsigned: false }),
  int8: () => ({ kind: 'integer', bits: 64, isUnsigned: false }),
  numeric: toDecimal,
  float4: () => ({ kind: 'float', bits: 32 }),
  float8: () => ({ kind: 'float', bits: 64 }),
  bool: () => ({ kind: 'boolean' }),
  text: () => ({ kind: 'text', charsMax: null }),
  varchar: (modifier) => ({ kind: 'text', charsMax: lengthOf(modifier) }),
  bpchar: (modifier) => ({ kind: 'text', charsMax: lengthOf(modifier) }),
  bytea: () => ({ kind: 'binary', bytesMax: null }),
  bit: (modifier) => ({ kind: 'bits', length: modifier < 0 ? null : modifier, isVarying: false }),
  varbit: (modifier) => ({ kind: 'bits', length: modifier < 0 ? null : modifier, isVarying: true }),
  date: () => ({ kind: 'date' }),
  time: (modifier) => ({ kind: 'time', fraction: fractionOf(modifier), isZoned: false }),
  timetz: (modifier) => ({ kind: 'time', fraction: fractionOf(modifier), isZoned: true }),
  timestamp: (modifier) => ({ kind: 'timestamp', fraction: fractionOf(modifier), isZoned: false }),
  timestamptz: (modifier) => ({ kind: 'timestamp', fraction: fractionOf(modifier), isZoned: true }),
  json: () => ({ kind: 'json', isBinary: false }),
  jsonb: () => ({ kind: 'json', isBinary: true }),
  xml: () => ({ kind: 'xml' }),
  uuid: () => ({ kind: 'uuid' }),
  inet: () => ({ kind: 'inet' }),
  cidr: () => ({ kind: 'inet' }),
};

const EXTENSION_TYPES: Readonly<Record<string, Mapping>> = {
  'citext.citext': () => ({ kind: 'text', charsMax: null }),
  'postgis.geometry': (modifier) => ({ kind: 'geometry', srid: sridOf(modifier) }),
};

/** Length and precision modifiers count the four bytes of a value's header. */
const HEADER_BYTES = 4;

function lengthOf(modifier: number): number | null {
  return modifier < 0 ? null : modifier - HEADER_BYTES;
}

/** Precision in the upper 16 bits, scale in the lower 11, signed since PostgreSQL 15 (numeric_typmod_scale). */
function toDecimal(modifier: number): ColumnType {
  if (modifier < 0) return { kind: 'decimal', precision: null, scale: null };
  const packed = modifier - HEADER_BYTES;
  return { kind: 'decimal', precision: (packed >> 16) & 0xffff, scale: ((packed & 0x7ff) ^ 0x400) - 0x400 };
}

const FRACTION_MAX = 6;

function fractionOf(modifier: number): number {
  return modifier < 0 ? FRACTION_MAX : modifier;
}

/** PostGIS keeps the SRID in bits 8–28, signed (TYPMOD_GET_SRID in liblwgeom.h). 0 means "not given". */
function sridOf(modifier: number): number | null {
  if (modifier < 0) return null;
  const srid = ((modifier & 0x0fffff00) - (modifier & 0x10000000)) >> 8;
  return srid === 0 ? null : srid;
}
