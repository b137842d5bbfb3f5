import { nativeTypeNames, nativeTypeOf, type NativeColumn } from '../../src/engines/mysql/types.js';
import { postgresTypeMapper } from '../../src/engines/postgres/target-types.js';
import type { ColumnType, ColumnTypeKind } from '../../src/model/column-type.js';
import { code, pageHead, table } from './markdown.js';

const INTRODUCTION = `
Types cross engines through one set of neutral types, so that each engine is mapped once. A value travels as its
*canonical text*: the same text whether a row came with the load or later. What a type cannot keep is said in the plan
(*lossy*); a type that cannot be carried is refused there.

## PostgreSQL to PostgreSQL

Every type stays what it is: arrays, enums, domains, composite types, ranges, PostGIS and those of other extensions
included. Enums, domains, composite types and ranges are created on the target; an extension must be installed there, and
the plan says so. Built-in types travel in PostgreSQL's binary format, tables with a type of one's own as text.

## MySQL and MariaDB to PostgreSQL

Rows of dates with zeros, of text with the character U+0000 and of text that its character set does not have are a matter of
[policies](spec.md): each fails the table unless the spec says otherwise.
`;

/** Canonical text by kind; the kinds are those of src/model/column-type.ts. */
const CANONICAL_TEXT: Readonly<Record<ColumnTypeKind, string>> = {
  integer: '`-12`',
  decimal: '`0.50`, `NaN`, `Infinity`, `-Infinity`',
  float: 'shortest text that reads back to the same bits',
  boolean: '`t`, `f`',
  text: 'the characters',
  binary: '`\\x` and hex digits',
  bits: '`0101`',
  date: '`YYYY-MM-DD`',
  time: '`HH:MM:SS[.ffffff]`, zoned with `±HH[:MM]`',
  timestamp: '`YYYY-MM-DD HH:MM:SS[.ffffff]`, zoned in UTC',
  duration: '`[-]HH:MM:SS[.ffffff]`, hours without limit',
  year: '`2026`',
  json: 'the document',
  xml: 'the document',
  uuid: 'as PostgreSQL prints it',
  inet: 'as PostgreSQL prints it',
  enum: 'the member',
  set: 'the members, joined by `,`',
  geometry: 'EWKB in hex digits',
  vector: '`{1.5,2}`',
  native: 'the text of its engine',
};

type Sample = Partial<NativeColumn> & { readonly columnType: string };

/** How a type is written where its bare name is not a column's whole type; several where they map differently. */
const SAMPLES: Readonly<Record<string, readonly Sample[]>> = {
  tinyint: integers('tinyint'),
  smallint: integers('smallint'),
  mediumint: integers('mediumint'),
  int: integers('int'),
  bigint: integers('bigint'),
  decimal: [{ columnType: 'decimal(10,2)', precision: 10, scale: 2 }],
  bit: [{ columnType: 'bit(8)', precision: 8 }],
  char: [{ columnType: 'char(10)', lengthMax: 10 }],
  varchar: [{ columnType: 'varchar(255)', lengthMax: 255 }],
  binary: [{ columnType: 'binary(16)', lengthMax: 16 }],
  varbinary: [{ columnType: 'varbinary(255)', lengthMax: 255 }],
  longtext: [{ columnType: 'longtext' }, { columnType: 'json (MariaDB)', isCheckedJson: true }],
  json: [{ columnType: 'json (MySQL)' }],
  enum: [{ columnType: `enum('a','b')` }],
  set: [{ columnType: `set('a','b')` }],
  datetime: [{ columnType: 'datetime(6)', fraction: 6 }],
  timestamp: [{ columnType: 'timestamp(6)', fraction: 6 }],
  time: [{ columnType: 'time(6)', fraction: 6 }],
  vector: [{ columnType: 'vector(3)' }],
};

function integers(name: string): readonly Sample[] {
  return [{ columnType: name }, { columnType: `${name} unsigned` }];
}

export function typesPage(): string {
  const rows = nativeTypeNames().flatMap((name) =>
    (SAMPLES[name] ?? [{ columnType: name }]).map((sample) => typeRow(name, sample)),
  );
  const head = ['MySQL, MariaDB', 'neutral', 'PostgreSQL', 'canonical text', 'not kept'];
  return [pageHead('Types', 'the type maps in src/engines'), INTRODUCTION, table(head, rows), geometryNote(), ''].join(
    '\n',
  );
}

function typeRow(name: string, sample: Sample): readonly string[] {
  const type = nativeTypeOf(name).toNeutral({
    engine: 'mysql',
    dataType: name,
    ...{ lengthMax: null, precision: null, scale: null, fraction: null, srid: null, isCheckedJson: false },
    ...sample,
  });
  const { targetType, losses } = mapToPostgres(type, sample.columnType, ['postgis']);
  return [code(sample.columnType), type.kind, code(targetType), CANONICAL_TEXT[type.kind], losses];
}

function mapToPostgres(
  type: ColumnType,
  nativeType: string,
  features: readonly string[],
): { readonly targetType: string; readonly losses: string } {
  const column = { name: 'column', type, nativeType, isNullable: true, generated: null };
  const mapped = postgresTypeMapper.mapColumn(column, 'mysql', features);
  if (mapped.kind === 'refused') return { targetType: 'refused', losses: mapped.reason };
  return { targetType: mapped.targetType, losses: mapped.losses.join('; ') };
}

function geometryNote(): string {
  const { targetType, losses } = mapToPostgres({ kind: 'geometry', srid: null }, 'geometry', []);
  return `\nA target without PostGIS gets geometries as ${code(targetType)} holding WKB: ${losses}. Types that are not in the table are refused.`;
}
