/**
 * MySQL's and MariaDB's types: what each is in neutral terms, how it is selected, and how its values become text.
 * https://dev.mysql.com/doc/refman/9.0/en/data-types.html, https://mariadb.com/kb/en/data-types/
 */
import type { ColumnType } from '../../model/column-type.js';
import { enumMembers } from './enum-members.js';

/** A column as information_schema describes it. */
export interface NativeColumn {
  readonly engine: 'mysql' | 'mariadb';
  /** First word of the type: `int`, `varchar`. */
  readonly dataType: string;
  /** The whole type: `int(10) unsigned`. */
  readonly columnType: string;
  readonly lengthMax: number | null;
  readonly precision: number | null;
  readonly scale: number | null;
  readonly fraction: number | null;
  readonly srid: number | null;
  /** True for MariaDB's JSON: a longtext that must be valid JSON. */
  readonly isCheckedJson: boolean;
}

/**
 * How to ask for a value.
 *
 * - `plain`: the column itself
 * - `exact-double`: FLOAT is printed with six digits and FLOAT(m,d), DOUBLE(m,d) with d decimals; a product is a double with all
 * - `bit-text`: BIT comes as bytes; as digits it needs its leading zeros back
 */
export type Selection = 'plain' | 'exact-double' | 'bit-text';

/**
 * What the server sends for a type.
 *
 * - `plain`: text that needs no look: numbers, times, UUIDs, addresses
 * - `number`: as plain, perhaps with leading zeros that ZEROFILL and YEAR put there
 * - `date`: `YYYY-MM-DD…`, perhaps with zeros for year, month or day
 * - `text`: any characters · `bytes`: any bytes
 * - `geometry`: four bytes of SRID, then WKB · `vector`: 32-bit floats
 */
export type ValueForm = 'plain' | 'number' | 'date' | 'text' | 'bytes' | 'geometry' | 'vector';

export interface NativeType {
  readonly toNeutral: (column: NativeColumn) => ColumnType;
  readonly selection: Selection;
  readonly form: ValueForm;
  /** True when an index on the type can be walked by comparing with literals of its canonical text. */
  readonly isWalkable: boolean;
}

const integer = (bits: 8 | 16 | 24 | 32 | 64): NativeType => ({
  toNeutral: ({ columnType }) => ({ kind: 'integer', bits, isUnsigned: columnType.includes('unsigned') }),
  selection: 'plain',
  form: 'number',
  isWalkable: true,
});

const float = (bits: 32 | 64): NativeType => ({
  toNeutral: () => ({ kind: 'float', bits }),
  selection: 'exact-double',
  form: 'plain',
  isWalkable: false,
});

const sizedText: NativeType = {
  toNeutral: ({ lengthMax }) => ({ kind: 'text', charsMax: lengthMax }),
  selection: 'plain',
  form: 'text',
  isWalkable: true,
};

const longText: NativeType = {
  toNeutral: ({ isCheckedJson }) =>
    isCheckedJson ? { kind: 'json', isBinary: false } : { kind: 'text', charsMax: null },
  selection: 'plain',
  form: 'text',
  isWalkable: false,
};

const sizedBinary: NativeType = {
  toNeutral: ({ lengthMax }) => ({ kind: 'binary', bytesMax: lengthMax }),
  selection: 'plain',
  form: 'bytes',
  isWalkable: true,
};

const blob: NativeType = {
  toNeutral: () => ({ kind: 'binary', bytesMax: null }),
  selection: 'plain',
  form: 'bytes',
  isWalkable: false,
};

const geometry: NativeType = {
  toNeutral: ({ srid }) => ({ kind: 'geometry', srid }),
  selection: 'plain',
  form: 'geometry',
  isWalkable: false,
};

const address: NativeType = {
  toNeutral: () => ({ kind: 'inet' }),
  selection: 'plain',
  form: 'plain',
  isWalkable: true,
};

const timestamp = (isZoned: boolean): NativeType => ({
  toNeutral: ({ fraction }) => ({ kind: 'timestamp', fraction: fraction ?? 0, isZoned }),
  selection: 'plain',
  form: 'date',
  isWalkable: true,
});

const members = (kind: 'enum' | 'set'): NativeType => ({
  toNeutral: ({ columnType }) => ({ kind, members: enumMembers(columnType) }),
  selection: 'plain',
  form: 'text',
  // Stored and indexed by number, compared with literals by text.
  isWalkable: false,
});

/** By the first word of the type as the server writes it. */
const NATIVE_TYPES: ReadonlyMap<string, NativeType> = new Map<string, NativeType>([
  ['tinyint', integer(8)],
  ['smallint', integer(16)],
  ['mediumint', integer(24)],
  ['int', integer(32)],
  ['bigint', integer(64)],
  [
    'decimal',
    {
      toNeutral: ({ precision, scale }) => ({ kind: 'decimal', precision, scale }),
      selection: 'plain',
      form: 'number',
      isWalkable: true,
    },
  ],
  ['float', float(32)],
  ['double', float(64)],
  [
    'bit',
    {
      toNeutral: ({ precision }) => ({ kind: 'bits', length: precision ?? 1, isVarying: false }),
      selection: 'bit-text',
      form: 'plain',
      isWalkable: false,
    },
  ],
  ['char', sizedText],
  ['varchar', sizedText],
  ['tinytext', longText],
  ['text', longText],
  ['mediumtext', longText],
  ['longtext', longText],
  ['enum', members('enum')],
  ['set', members('set')],
  [
    'json',
    { toNeutral: () => ({ kind: 'json', isBinary: true }), selection: 'plain', form: 'text', isWalkable: false },
  ],
  ['binary', sizedBinary],
  ['varbinary', sizedBinary],
  ['tinyblob', blob],
  ['blob', blob],
  ['mediumblob', blob],
  ['longblob', blob],
  ['date', { toNeutral: () => ({ kind: 'date' }), selection: 'plain', form: 'date', isWalkable: true }],
  ['datetime', timestamp(false)],
  ['timestamp', timestamp(true)],
  [
    'time',
    {
      toNeutral: ({ fraction }) => ({ kind: 'duration', fraction: fraction ?? 0 }),
      selection: 'plain',
      form: 'plain',
      isWalkable: true,
    },
  ],
  ['year', { toNeutral: () => ({ kind: 'year' }), selection: 'plain', form: 'number', isWalkable: true }],
  ['uuid', { toNeutral: () => ({ kind: 'uuid' }), selection: 'plain', form: 'plain', isWalkable: true }],
  ['inet4', address],
  ['inet6', address],
  ['geometry', geometry],
  ['point', geometry],
  ['linestring', geometry],
  ['polygon', geometry],
  ['multipoint', geometry],
  ['multilinestring', geometry],
  ['multipolygon', geometry],
  ['geomcollection', geometry],
  ['geometrycollection', geometry],
  [
    'vector',
    {
      toNeutral: ({ columnType }) => ({ kind: 'vector', dimensions: declaredLength(columnType) }),
      selection: 'plain',
      form: 'vector',
      isWalkable: false,
    },
  ],
]);

/** Types that this version does not know stay with their engine; their values travel as text. */
const UNKNOWN_TYPE: NativeType = {
  toNeutral: ({ engine, columnType }) => ({ kind: 'native', engine, name: columnType }),
  selection: 'plain',
  form: 'text',
  isWalkable: false,
};

/** What docs/reference/types.md goes through. */
export function nativeTypeNames(): readonly string[] {
  return [...NATIVE_TYPES.keys()];
}

/** `nativeType` as information_schema writes it, e.g. `int(10) unsigned`. */
export function nativeTypeOf(nativeType: string): NativeType {
  const word = /^[a-z0-9_]+/i.exec(nativeType)?.[0] ?? '';
  return NATIVE_TYPES.get(word.toLowerCase()) ?? UNKNOWN_TYPE;
}

/** The `3` of `vector(3)`. */
function declaredLength(nativeType: string): number | null {
  const digits = /^[a-z0-9_]+\((\d+)\)/i.exec(nativeType)?.[1];
  return digits === undefined ? null : Number(digits);
}

export function selectExpression(quotedColumn: string, nativeType: string): string {
  const { selection } = nativeTypeOf(nativeType);
  switch (selection) {
    case 'plain':
      return quotedColumn;
    case 'exact-double':
      // A product keeps the sign of -0, which a sum would lose.
      return `${quotedColumn} * 1e0`;
    case 'bit-text':
      return `LPAD(BIN(${quotedColumn}), ${declaredLength(nativeType) ?? 1}, '0')`;
  }
}
