/**
 * The neutral column type that every engine maps its own types to and from (n + n maps instead of n × n).
 *
 * Each kind fixes the canonical text in which a value travels, before the escaping of the batch format:
 *
 * | kind | canonical text |
 * |---|---|
 * | integer, decimal | `-12`, `0.50`; `NaN`, `Infinity`, `-Infinity` where the engine has them |
 * | float | shortest text that reads back to the same bits, or a longer one that does |
 * | boolean | `t`, `f` |
 * | text, json, xml, enum, set | the characters, UTF-8; set members joined by `,` |
 * | binary | `\x` and hex digits (a geometry delivered as binary: plain WKB) |
 * | geometry | hex digits of EWKB, upper or lower case, without `\x` |
 * | bits | `0101` |
 * | date, timestamp | `YYYY-MM-DD`, `YYYY-MM-DD HH:MM:SS[.ffffff]`, zoned ones in UTC |
 * | time | `HH:MM:SS[.ffffff]`, zoned ones with `±HH[:MM]` |
 * | duration | `[-]HH:MM:SS[.ffffff]`, at least two digits of hours, without limit |
 * | year, uuid, inet | as PostgreSQL prints them |
 * | vector | `{1.5,2}` |
 * | native | the text of the engine that owns the type |
 */
export type ColumnType =
  | { readonly kind: 'integer'; readonly bits: 8 | 16 | 24 | 32 | 64; readonly isUnsigned: boolean }
  | { readonly kind: 'decimal'; readonly precision: number | null; readonly scale: number | null }
  | { readonly kind: 'float'; readonly bits: 32 | 64 }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'text'; readonly charsMax: number | null }
  | { readonly kind: 'binary'; readonly bytesMax: number | null }
  | { readonly kind: 'bits'; readonly length: number | null; readonly isVarying: boolean }
  | { readonly kind: 'date' }
  | { readonly kind: 'time'; readonly fraction: number; readonly isZoned: boolean }
  | { readonly kind: 'timestamp'; readonly fraction: number; readonly isZoned: boolean }
  | { readonly kind: 'duration'; readonly fraction: number }
  | { readonly kind: 'year' }
  | { readonly kind: 'json'; readonly isBinary: boolean }
  | { readonly kind: 'xml' }
  | { readonly kind: 'uuid' }
  | { readonly kind: 'inet' }
  | { readonly kind: 'enum'; readonly members: readonly string[] }
  | { readonly kind: 'set'; readonly members: readonly string[] }
  | { readonly kind: 'geometry'; readonly srid: number | null }
  | { readonly kind: 'vector'; readonly dimensions: number | null }
  /** A type that only its own engine has (arrays, ranges, composites…): same-engine tasks keep it, others refuse it. */
  | { readonly kind: 'native'; readonly engine: EngineName; readonly name: string };

export type ColumnTypeKind = ColumnType['kind'];

export const ENGINE_NAMES = ['postgres', 'mysql', 'mariadb', 'oracle'] as const;

/** The word of the spec's `engine:` key. MySQL and MariaDB share one engine folder and differ by flavour. */
export type EngineName = (typeof ENGINE_NAMES)[number];
