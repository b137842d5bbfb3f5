import type { TypeFamily } from '../type-case.js';

export const MARIADB_ONLY: readonly TypeFamily[] = [
  {
    table: 'documents',
    cases: [
      {
        name: 'doc',
        type: 'json',
        target: 'json',
        values: [
          ['\'{"b":1,  "a":1.0,"a":2}\'', '{"b":1,  "a":1.0,"a":2}'],
          ["'1e400'", '1e400'],
          ["'18446744073709551616'", '18446744073709551616'],
          ["'9007199254740993'", '9007199254740993'],
          ["'null'", 'null'],
          ["'-0.0'", '-0.0'],
          [String.raw`'["\\u0000"]'`, String.raw`["\u0000"]`],
          [String.raw`'{"t": "a\\tb\\\\n", "é": "👍"}'`, String.raw`{"t": "a\tb\\n", "é": "👍"}`],
          ["'[[[{}]]]'", '[[[{}]]]'],
        ],
      },
    ],
  },
  {
    table: 'addresses',
    cases: [
      {
        name: 'id_text',
        type: 'uuid',
        target: 'uuid',
        values: [
          ["'123E4567-E89B-12D3-A456-426655440000'", '123e4567-e89b-12d3-a456-426655440000'],
          ["'00000000-0000-0000-0000-000000000000'", '00000000-0000-0000-0000-000000000000'],
          ["'ffffffff-ffff-ffff-ffff-ffffffffffff'", 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
        ],
      },
      {
        name: 'four',
        type: 'inet4',
        target: 'inet',
        shown: 'host(?)',
        values: [
          ["'192.0.2.1'", '192.0.2.1'],
          ["'0.0.0.0'", '0.0.0.0'],
          ["'255.255.255.255'", '255.255.255.255'],
        ],
      },
      {
        name: 'six',
        type: 'inet6',
        target: 'inet',
        shown: 'host(?)',
        values: [
          ["'2001:db8::ff00:42:8329'", '2001:db8::ff00:42:8329'],
          ["'::'", '::'],
          ["'::ffff:192.0.2.1'", '::ffff:192.0.2.1'],
        ],
      },
    ],
  },
  {
    table: 'compressed',
    cases: [
      {
        name: 'words',
        type: 'varchar(200) compressed',
        target: 'character varying(200)',
        values: [
          ["REPEAT('ab', 100)", 'ab'.repeat(100)],
          ["''", ''],
        ],
      },
      { name: 'long', type: 'longtext compressed', target: 'text', values: [["REPEAT('é', 500)", 'é'.repeat(500)]] },
      {
        name: 'bytes',
        type: 'blob compressed',
        target: 'bytea',
        values: [["REPEAT(x'ab00', 100)", `\\x${'ab00'.repeat(100)}`]],
      },
    ],
  },
];
