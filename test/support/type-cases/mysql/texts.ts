import type { TypeCase, TypeFamily } from '../type-case.js';

/** Too long to be shown whole. */
const LENGTH_AND_SHA256 = `octet_length(?) || ' ' || encode(sha256(convert_to(?, 'UTF8')), 'hex')`;

function inCharset(charset: string, values: TypeCase['values']): TypeCase {
  return { name: charset, type: `varchar(40) character set ${charset}`, target: 'character varying(40)', values };
}

/** All 64, as the server joins them. */
const MEMBERS_64 = Array.from({ length: 64 }, (_, index) => `m${index}`);

export const TEXTS: readonly TypeFamily[] = [
  {
    table: 'texts',
    cases: [
      {
        name: 'padded',
        type: 'char(10)',
        target: 'character varying(10)',
        values: [
          ["'pad   '", 'pad'],
          ["''", ''],
          ["'  x'", '  x'],
        ],
      },
      {
        name: 'words',
        type: 'varchar(200)',
        target: 'character varying(200)',
        values: [
          ["'trailing  '", 'trailing  '],
          ["'NULL'", 'NULL'],
          [String.raw`'\\N'`, String.raw`\N`],
          [String.raw`'\\.'`, String.raw`\.`],
          [String.raw`'\\'`, '\\'],
          [String.raw`'a\\tb'`, String.raw`a\tb`],
          [String.raw`'quotes \' " and \`'`, `quotes ' " and \``],
          [String.raw`'a\tb\nc\rd\r\n'`, 'a\tb\nc\rd\r\n'],
          [`_utf8mb4 x'080b0c7f1b1a'`, '\b\v\f\x7f\x1b\x1a'],
          ["'0'", '0'],
          ["'false'", 'false'],
          ["''", ''],
          ["'inf'", 'inf'],
          ["'👩‍👩‍👧 e\u0301 שלום \u202eabc \uffff \ufeff'", '👩‍👩‍👧 e\u0301 שלום \u202eabc \uffff \ufeff'],
          ["'__debezium_unavailable_value'", '__debezium_unavailable_value'],
          ["'x\u00a0\u2028y'", 'x\u00a0\u2028y'],
        ],
      },
      { name: 'empty_only', type: 'varchar(0)', target: 'character varying(1)', values: [["''", '']] },
      {
        name: 'tiny',
        type: 'tinytext',
        target: 'text',
        values: [
          ["REPEAT('é', 127)", 'é'.repeat(127)],
          ["''", ''],
        ],
      },
      {
        name: 'plain',
        type: 'text',
        target: 'text',
        shown: LENGTH_AND_SHA256,
        values: [
          ["REPEAT('é', 32767)", '65534 28a0a82695cf2506d7a0fdb0bbbd5058524f629c1ddbeb0e28b4d8ca6e7a8087'],
          [String.raw`REPEAT('é\n', 5000)`, '15000 bccea98ec7a646cbb4cbab9764246c2a029858b2e96f2c462127f41467383e47'],
          [
            String.raw`REPEAT('\'\\\t', 21845)`,
            '65535 9b827a8cd005b1f7be8842f63d5aae6482d792764a4a9e017a8f760c5be7eb13',
          ],
          ["REPEAT('👍', 16383)", '65532 164f3f0df7d7f9d1704f362847ae87cacc8a7f405d86bdc1b979da6704a71776'],
        ],
      },
      {
        name: 'medium',
        type: 'mediumtext',
        target: 'text',
        shown: LENGTH_AND_SHA256,
        values: [
          ["REPEAT('0123456789', 100000)", '1000000 ec21d64624228af3ecd4bdaa8239e32ed943b01e26934cd5610fddb361426dc6'],
        ],
      },
      {
        name: 'long',
        type: 'longtext',
        target: 'text',
        shown: LENGTH_AND_SHA256,
        values: [
          [
            "REPEAT('0123456789', 1600000)",
            '16000000 797c5ed581927a98c048b2800cf65fd702b85cf79369f3ec0afd88089f47c81c',
          ],
        ],
      },
    ],
  },
  {
    table: 'charsets',
    cases: [
      // € and ” stand at 0x80 and 0x94 in Windows-1252, which MySQL calls latin1. Then UTF-8 bytes that were stored as if latin1.
      inCharset('latin1', [
        ["_latin1 x'80e994'", '€é”'],
        ["_latin1 x'c3a9'", 'Ã©'],
        ["_latin1 x'8190'", '\u0081\u0090'],
      ]),
      inCharset('gbk', [
        ["'中文'", '中文'],
        ["_gbk x'815c'", '乗'],
      ]),
      inCharset('sjis', [
        ["'表ソ'", '表ソ'],
        ["_sjis x'955c'", '表'],
      ]),
      inCharset('big5', [
        ["'功許'", '功許'],
        ["_big5 x'a55c'", '功'],
      ]),
      inCharset('utf8mb3', [["'žluť ☃'", 'žluť ☃']]),
      inCharset('cp850', [
        ["'éÇß'", 'éÇß'],
        ["_cp850 x'8280'", 'éÇ'],
      ]),
      inCharset('cp1251', [["'Привет'", 'Привет']]),
      inCharset('utf16', [
        ["'a👍\\\\'", 'a👍\\'],
        ["_utf16 x'005c0009'", '\\\t'],
      ]),
      inCharset('utf32', [["'a👍'", 'a👍']]),
      inCharset('ucs2', [["'aé'", 'aé']]),
      inCharset('ascii', [["'ascii'", 'ascii']]),
      inCharset('utf8mb4', [["'👍🏽'", '👍🏽']]),
      {
        name: 'by_bytes',
        type: 'varchar(10) character set utf8mb4 collate utf8mb4_bin',
        target: 'character varying(10)',
        values: [["'É '", 'É ']],
      },
    ],
  },
  {
    table: 'choices',
    before: ["SET sql_mode = ''"],
    cases: [
      {
        name: 'one',
        type: String.raw`enum('a,b', 'it''s', 'x y', ' lead', '"q"', 'x\\y', 'n\nl', 'é👍', 'NULL', '0')`,
        target: 'text',
        values: [
          ["'a,b'", 'a,b'],
          ["'it''s'", "it's"],
          ["'x y'", 'x y'],
          ["' lead'", ' lead'],
          [`'"q"'`, '"q"'],
          ['6', 'x\\y'],
          ['7', 'n\nl'],
          ["'é👍'", 'é👍'],
          ["'NULL'", 'NULL'],
          ["'0'", '0'],
          // What a value becomes that is no member, outside strict mode: the error value, text '' and number 0.
          ["'no member'", ''],
        ],
      },
      {
        name: 'several',
        type: `set('a', 'b''c', 'é', 'x y')`,
        target: 'text',
        values: [
          ["'a,é'", 'a,é'],
          ["''", ''],
          ["'x y,b''c'", "b'c,x y"],
        ],
      },
      {
        name: 'many',
        type: `set(${MEMBERS_64.map((member) => `'${member}'`).join(', ')})`,
        target: 'text',
        values: [
          ['18446744073709551615', MEMBERS_64.join(',')],
          ['9223372036854775808', 'm63'],
          ['0', ''],
        ],
      },
    ],
  },
];
