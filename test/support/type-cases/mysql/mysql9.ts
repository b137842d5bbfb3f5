import { FLOAT4_BITS, FLOAT8_BITS, type TypeFamily } from '../type-case.js';

const DEEP = '['.repeat(100) + ']'.repeat(100);

export const MYSQL_ONLY: readonly TypeFamily[] = [
  {
    // MariaDB knows no negative zero.
    table: 'signed_zeros',
    cases: [
      { name: 'single', type: 'float', target: 'real', shown: FLOAT4_BITS, values: [['-0e0', '80000000']] },
      {
        name: 'wide',
        type: 'double',
        target: 'double precision',
        shown: FLOAT8_BITS,
        values: [
          ['-0e0', '8000000000000000'],
          ['0e0', '0000000000000000'],
        ],
      },
    ],
  },
  {
    table: 'documents',
    cases: [
      {
        name: 'doc',
        type: 'json',
        target: 'jsonb',
        values: [
          ['\'{"bb": 1, "a": 1.0, "c": [true, null, {}]}\'', '{"a": 1.0, "c": [true, null, {}], "bb": 1}'],
          // The last of equal keys wins, when MySQL stores them.
          ['\'{"a": 1, "a": 2}\'', '{"a": 2}'],
          ["'18446744073709551615'", '18446744073709551615'],
          ["'-9223372036854775808'", '-9223372036854775808'],
          ["'9007199254740993'", '9007199254740993'],
          ["'null'", 'null'],
          ['\'""\'', '""'],
          ["'[]'", '[]'],
          ["'[1.1, 0.1, 1e20, 1e-7]'", '[1.1, 0.1, 100000000000000000000, 0.0000001]'],
          [String.raw`'"\\u00e9\\ud83d\\ude00 \\"\\\\ \\n\\t\\b\\f"'`, String.raw`"é😀 \"\\ \n\t\b\f"`],
          ["JSON_ARRAY(CAST('12345678901234567890.123456789' AS DECIMAL(40,9)))", '[12345678901234567890.123456789]'],
          [
            "JSON_ARRAY(CAST('2024-02-29' AS DATE), CAST('-838:59:58.5' AS TIME(1)))",
            '["2024-02-29", "-838:59:58.500000"]',
          ],
          ["JSON_ARRAY(CAST('2024-02-29 01:02:03.000004' AS DATETIME(6)))", '["2024-02-29 01:02:03.000004"]'],
          // MySQL's own text for bytes inside JSON.
          ["JSON_ARRAY(CAST('a' AS BINARY))", '["base64:type15:YQ=="]'],
          [`'${DEEP}'`, DEEP],
        ],
      },
    ],
  },
  {
    table: 'vectors',
    cases: [
      {
        name: 'plain',
        type: 'vector(3)',
        target: 'real[]',
        values: [
          ["TO_VECTOR('[1.5,-2,0.1]')", '{1.5,-2,0.1}'],
          ["TO_VECTOR('[3.4028234e38,1.17549436e-38,16777217]')", '{3.4028235e+38,1.1754944e-38,1.6777216e+07}'],
          ["TO_VECTOR('[-0.0,0,-1]')", '{-0,0,-1}'],
        ],
      },
    ],
  },
];
