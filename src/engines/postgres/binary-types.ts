/**
 * Types whose binary form PostgreSQL 13 to 18 write and read alike, and which hold no OID of anything user-made.
 * Left to text although built in: interval (17 gave two old values the meaning "infinity"), xml (its encoding
 * declaration), reg* and aclitem (OIDs), the text search types.
 */
const STABLE_TYPES: ReadonlySet<string> = new Set([
  'bigint',
  'bit',
  'bit varying',
  'boolean',
  'box',
  'bytea',
  'character',
  'character varying',
  'cidr',
  'circle',
  'date',
  'double precision',
  'inet',
  'integer',
  'json',
  'jsonb',
  'line',
  'lseg',
  'macaddr',
  'macaddr8',
  'money',
  'numeric',
  'path',
  'point',
  'polygon',
  'real',
  'smallint',
  'text',
  'time with time zone',
  'time without time zone',
  'timestamp with time zone',
  'timestamp without time zone',
  'uuid',
]);

/** `nativeType` as `format_type` writes it. Arrays of the stable types are stable: the OIDs of built-in types are fixed. */
export function hasStableBinaryForm(nativeType: string): boolean {
  return STABLE_TYPES.has(nativeType.replace(/(\[\])+$/, '').replace(/\(-?\d+(,-?\d+)?\)/, ''));
}
