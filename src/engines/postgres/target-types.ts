/** Neutral type → PostgreSQL type. https://www.postgresql.org/docs/current/datatype.html */
import type { ColumnType, ColumnTypeKind, EngineName } from '../../model/column-type.js';
import type { ColumnDefinition } from '../../model/table.js';
import type { MappedType, TypeMapper } from '../ports.js';
import { IDENTIFIER_BYTES_MAX } from './identifiers.js';
import { isReservedName } from './reserved-names.js';
import { relateTypes } from './type-relation.js';

type TypeOf<Kind extends ColumnTypeKind> = Extract<ColumnType, { kind: Kind }>;
type Rule<Kind extends ColumnTypeKind> = (type: TypeOf<Kind>, features: readonly string[]) => MappedType;

/** Longest varchar(n), in characters. */
const VARCHAR_CHARS_MAX = 10_485_760;
const FRACTION_DIGITS_MAX = 6;
const NUMERIC_PRECISION_MAX = 1000;

/** The type map. The tests and docs/reference/types.md go through it. */
const RULES: { readonly [Kind in ColumnTypeKind]: Rule<Kind> } = {
  integer: (type) => exact(type, integerType(type)),
  decimal: (type) => exact(type, numericType(type)),
  float: (type) => exact(type, type.bits === 32 ? 'real' : 'double precision'),
  boolean: (type) => exact(type, 'boolean'),
  text: (type) => exact(type, textType(type)),
  binary: (type) => exact(type, 'bytea'),
  bits: (type) => exact(type, bitType(type)),
  date: (type) => exact(type, 'date'),
  time: (type) => temporal(type, (fraction) => `time(${fraction})${type.isZoned ? ' with time zone' : ''}`),
  timestamp: (type) => temporal(type, (fraction) => `timestamp(${fraction})${type.isZoned ? ' with time zone' : ''}`),
  duration: (type) => temporal(type, () => 'interval'),
  year: (type) => exact(type, 'smallint'),
  json: (type) => exact(type, type.isBinary ? 'jsonb' : 'json'),
  xml: (type) => exact(type, 'xml'),
  uuid: (type) => exact(type, 'uuid'),
  inet: (type) => exact(type, 'inet'),
  enum: (type) => exact(type, 'text'),
  set: (type) => exact(type, 'text'),
  geometry: (type, features) =>
    features.includes('postgis')
      ? exact(type, 'geometry')
      : mapped('bytea', { kind: 'binary', bytesMax: null }, ['the SRID is not kept']),
  vector: (type) => exact(type, 'real[]'),
  native: (type) => ({
    kind: 'refused',
    reason: `${type.engine} type ${type.name} has no counterpart in PostgreSQL`,
    fix: 'Exclude the column with a transform (`drop: true`), or give it a type that reads its text: `type: text`.',
  }),
};

export const postgresTypeMapper: TypeMapper = {
  identifierBytesMax: IDENTIFIER_BYTES_MAX,
  isReservedName,
  relateTypes,

  mapColumn(column: ColumnDefinition, sourceEngine: EngineName, features: readonly string[]): MappedType {
    if (sourceEngine === 'postgres') return exact(column.type, column.nativeType);
    return mapType(column.type, features);
  },
};

function mapType<Kind extends ColumnTypeKind>(
  type: TypeOf<Kind> & { kind: Kind },
  features: readonly string[],
): MappedType {
  const rule: Rule<Kind> = RULES[type.kind];
  return rule(type, features);
}

/** By bits: signed, unsigned. An unsigned type needs the next wider one, the widest a decimal. */
const INTEGER_TYPES: Readonly<Record<TypeOf<'integer'>['bits'], readonly [signed: string, unsigned: string]>> = {
  8: ['smallint', 'smallint'],
  16: ['smallint', 'integer'],
  24: ['integer', 'integer'],
  32: ['integer', 'bigint'],
  64: ['bigint', 'numeric(20)'],
};

function integerType({ bits, isUnsigned }: TypeOf<'integer'>): string {
  const [signed, unsigned] = INTEGER_TYPES[bits];
  return isUnsigned ? unsigned : signed;
}

/** Without bounds where PostgreSQL before 15 has no such numeric(p,s): a scale below 0 or above the precision. */
function numericType({ precision, scale }: TypeOf<'decimal'>): string {
  if (precision === null || precision > NUMERIC_PRECISION_MAX) return 'numeric';
  const digits = scale ?? 0;
  return digits < 0 || digits > precision ? 'numeric' : `numeric(${precision},${digits})`;
}

/** A column of length 0 holds the empty text only; PostgreSQL has no varchar(0). */
function textType({ charsMax }: TypeOf<'text'>): string {
  if (charsMax === null || charsMax > VARCHAR_CHARS_MAX) return 'text';
  return `varchar(${Math.max(charsMax, 1)})`;
}

function bitType({ length, isVarying }: TypeOf<'bits'>): string {
  const size = length === null ? '' : `(${length})`;
  return isVarying ? `bit varying${size}` : `bit${size}`;
}

function temporal(type: TypeOf<'time' | 'timestamp' | 'duration'>, write: (fraction: number) => string): MappedType {
  const isCut = type.fraction > FRACTION_DIGITS_MAX;
  const losses = isCut ? [`fractions of a second are rounded to ${FRACTION_DIGITS_MAX} digits`] : [];
  return mapped(write(Math.min(type.fraction, FRACTION_DIGITS_MAX)), type, losses);
}

function exact(type: ColumnType, targetType: string): MappedType {
  return mapped(targetType, type, []);
}

function mapped(targetType: string, deliverAs: ColumnType, losses: readonly string[]): MappedType {
  return { kind: 'mapped', targetType, deliverAs, losses };
}
