import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithServer } from '../../servers/describe-with-server.js';
import { MYSQL_FAMILY, SourceDatabase } from './source-database.js';

interface TypeCase {
  readonly type: string;
  /** SQL expressions, and the canonical text of each. */
  readonly values: readonly (readonly [sql: string, text: string | null])[];
  readonly kind: string;
}

const DIGITS_65 = '9'.repeat(35) + '.' + '8'.repeat(30);

const COMMON: readonly TypeCase[] = [
  {
    type: 'tinyint',
    kind: 'integer',
    values: [
      ['-128', '-128'],
      ['127', '127'],
      ['NULL', null],
    ],
  },
  {
    type: 'tinyint(1)',
    kind: 'integer',
    values: [
      ['2', '2'],
      ['0', '0'],
    ],
  },
  { type: 'smallint unsigned', kind: 'integer', values: [['65535', '65535']] },
  { type: 'mediumint unsigned', kind: 'integer', values: [['16777215', '16777215']] },
  { type: 'int', kind: 'integer', values: [['-2147483648', '-2147483648']] },
  {
    type: 'int(6) unsigned zerofill',
    kind: 'integer',
    values: [
      ['42', '42'],
      ['0', '0'],
    ],
  },
  {
    type: 'bigint',
    kind: 'integer',
    values: [
      ['-9223372036854775808', '-9223372036854775808'],
      ['9007199254740993', '9007199254740993'],
    ],
  },
  { type: 'bigint unsigned', kind: 'integer', values: [['18446744073709551615', '18446744073709551615']] },
  {
    type: 'decimal(65,30)',
    kind: 'decimal',
    values: [
      [DIGITS_65, DIGITS_65],
      [`-${DIGITS_65}`, `-${DIGITS_65}`],
      ['0.5', '0.500000000000000000000000000000'],
    ],
  },
  {
    type: 'decimal(10,2) unsigned zerofill',
    kind: 'decimal',
    values: [
      ['3.5', '3.50'],
      ['0.25', '0.25'],
    ],
  },
  {
    type: 'float',
    kind: 'float',
    values: [
      ['3.4028235e38', '3.4028234663852886e38'],
      ['0.1', '0.10000000149011612'],
      ['1.4e-45', '1.401298464324817e-45'],
      ['16777217', '16777216'],
    ],
  },
  {
    type: 'float(7,4)',
    kind: 'float',
    values: [
      ['1.23456', '1.2345999479293823'],
      ['999.9999', '999.9998779296875'],
    ],
  },
  {
    type: 'double',
    kind: 'float',
    values: [
      ['1.7976931348623157e308', '1.7976931348623157e308'],
      ['5e-324', '5e-324'],
      ['0.1', '0.1'],
      ['2.2250738585072014e-308', '2.2250738585072014e-308'],
    ],
  },
  {
    type: 'double(10,2)',
    kind: 'float',
    values: [
      ['99999999.99', '99999999.99'],
      ['0.29', '0.29'],
    ],
  },
  {
    type: 'bit(1)',
    kind: 'bits',
    values: [
      ["b'1'", '1'],
      ["b'0'", '0'],
    ],
  },
  { type: 'bit(10)', kind: 'bits', values: [['3', '0000000011']] },
  {
    type: 'bit(64)',
    kind: 'bits',
    values: [
      ['18446744073709551615', '1'.repeat(64)],
      ['1', '1'.padStart(64, '0')],
    ],
  },
  {
    type: 'year',
    kind: 'year',
    values: [
      ['0', '0'],
      ['1901', '1901'],
      ['2155', '2155'],
    ],
  },
  {
    type: 'date',
    kind: 'date',
    values: [
      ["'0001-01-01'", '0001-01-01'],
      ["'9999-12-31'", '9999-12-31'],
    ],
  },
  { type: 'datetime', kind: 'timestamp', values: [["'2024-02-29 23:59:59'", '2024-02-29 23:59:59']] },
  {
    type: 'datetime(6)',
    kind: 'timestamp',
    values: [
      ["'2024-02-29 23:59:59.999999'", '2024-02-29 23:59:59.999999'],
      ["'2024-02-29 00:00:00.5'", '2024-02-29 00:00:00.500000'],
    ],
  },
  {
    type: 'time(6)',
    kind: 'duration',
    values: [
      ["'-838:59:59.000000'", '-838:59:59.000000'],
      ["'00:00:01.5'", '00:00:01.500000'],
      ["'-00:00:00.000001'", '-00:00:00.000001'],
    ],
  },
  {
    type: 'time',
    kind: 'duration',
    values: [
      ["'838:59:59'", '838:59:59'],
      ["'-12:00:00'", '-12:00:00'],
    ],
  },
  {
    type: 'char(10)',
    kind: 'text',
    values: [
      ["'pad   '", 'pad'],
      ["''", ''],
    ],
  },
  {
    type: 'varchar(200)',
    kind: 'text',
    values: [
      ["'NULL'", 'NULL'],
      ["'\\\\N'", '\\N'],
      ["'\\\\.'", '\\.'],
      ["'a\\tb\\nc\\rd\\\\e'", 'a\tb\nc\rd\\e'],
      ["_utf8mb4 x'080b0c'", '\b\v\f'],
      ["'trailing  '", 'trailing  '],
      ["'👩‍👩‍👧 e\u0301 שלום \uffff'", '👩‍👩‍👧 e\u0301 שלום \uffff'],
    ],
  },
  {
    type: 'longtext',
    kind: 'text',
    values: [
      ["REPEAT('0123456789', 100000)", '0123456789'.repeat(100_000)],
      ["REPEAT('é', 126)", 'é'.repeat(126)],
    ],
  },
  { type: 'varchar(20) character set latin1', kind: 'text', values: [["_latin1 x'80e9'", '€é']] },
  {
    type: 'varchar(20) character set gbk',
    kind: 'text',
    values: [
      ["'中文'", '中文'],
      ["_gbk x'815c'", '乗'],
    ],
  },
  { type: 'varchar(20) character set sjis', kind: 'text', values: [["'表'", '表']] },
  { type: 'varchar(20) character set utf8mb3', kind: 'text', values: [["'žluť'", 'žluť']] },
  { type: 'varchar(20) character set cp850', kind: 'text', values: [["'éÇ'", 'éÇ']] },
  { type: 'varchar(20) character set utf16', kind: 'text', values: [["'a👍'", 'a👍']] },
  {
    type: "enum('a,b','it''s','x\\\\y','q\"','n\\nl','')",
    kind: 'enum',
    values: [
      ["'a,b'", 'a,b'],
      ['3', 'x\\y'],
      ['5', 'n\nl'],
      ['0', ''],
    ],
  },
  {
    type: "set('a','b''c','é')",
    kind: 'set',
    values: [
      ["'a,é'", 'a,é'],
      ["''", ''],
    ],
  },
  { type: 'binary(4)', kind: 'binary', values: [["x'01'", '\\x01000000']] },
  {
    type: 'varbinary(300)',
    kind: 'binary',
    values: [
      ["x'00ff5c0a'", '\\x00ff5c0a'],
      ["''", '\\x'],
      ["REPEAT(x'ab', 300)", `\\x${'ab'.repeat(300)}`],
    ],
  },
  { type: 'longblob', kind: 'binary', values: [["REPEAT(x'00', 70000)", `\\x${'00'.repeat(70_000)}`]] },
  {
    type: 'point',
    kind: 'geometry',
    values: [["ST_GeomFromText('POINT(1 2)')", '0101000000000000000000f03f0000000000000040']],
  },
];

const MARIADB_ONLY: readonly TypeCase[] = [
  { type: 'json', kind: 'json', values: [['\'{"b":1,"a":1.0}\'', '{"b":1,"a":1.0}']] },
  {
    type: 'uuid',
    kind: 'uuid',
    values: [["'123e4567-e89b-12d3-a456-426655440000'", '123e4567-e89b-12d3-a456-426655440000']],
  },
  { type: 'inet6', kind: 'inet', values: [["'2001:db8::ff00:42:8329'", '2001:db8::ff00:42:8329']] },
  { type: 'inet4', kind: 'inet', values: [["'192.0.2.1'", '192.0.2.1']] },
  { type: 'varchar(200) compressed', kind: 'text', values: [["REPEAT('ab', 100)", 'ab'.repeat(100)]] },
  { type: 'blob compressed', kind: 'binary', values: [["REPEAT(x'ab', 100)", `\\x${'ab'.repeat(100)}`]] },
  { type: 'blob', kind: 'binary', values: [["COLUMN_CREATE('a', 1)", '\\x0401000100000000006102']] },
];

const MYSQL_ONLY: readonly TypeCase[] = [
  {
    type: 'json',
    kind: 'json',
    values: [
      ['\'{"b":1,"a":1.0}\'', '{"a": 1.0, "b": 1}'],
      ["'null'", 'null'],
      ['NULL', null],
      ["'18446744073709551615'", '18446744073709551615'],
    ],
  },
  {
    type: 'vector(3)',
    kind: 'vector',
    values: [
      ["TO_VECTOR('[1.5,-2,0.1]')", '{1.5,-2,0.1}'],
      ["TO_VECTOR('[3.4028234e38,1.5e-38,0]')", '{3.4028235e+38,1.5e-38,0}'],
    ],
  },
  {
    // Latitude 10, longitude 20, given in the axis order of the reference system and stored as x = longitude.
    type: 'point srid 4326',
    kind: 'geometry',
    values: [["ST_GeomFromText('POINT(10 20)', 4326)", '0101000020e610000000000000000034400000000000002440']],
  },
];

for (const engine of MYSQL_FAMILY) {
  describeWithServer(engine, `canonical text of every type from ${engine}`, (server) => {
    let database: SourceDatabase;
    beforeAll(async () => {
      database = await SourceDatabase.create(server);
    });
    afterAll(() => database.dispose());

    it.each([...COMMON, ...(engine === 'mariadb' ? MARIADB_ONLY : MYSQL_ONLY)])(
      '$type',
      async ({ type, kind, values }) => {
        await database.run('DROP TABLE IF EXISTS t', `CREATE TABLE t (id int PRIMARY KEY, v ${type})`);
        await database.run(...values.map(([sql], index) => `INSERT INTO t VALUES (${index}, ${sql})`));
        const { rows } = await database.read('t');
        expect(rows).toEqual(values.map(([, text], index) => [String(index), text]));
        expect((await database.table('t')).columns[1]?.type.kind).toBe(kind);
      },
    );
  });
}
