import { FLOAT4_BITS, FLOAT8_BITS, type TypeFamily } from '../type-case.js';

const LENGTH_AND_MD5 = `length(?::text) || ' ' || md5(?::text)`;

export const NUMBERS: readonly TypeFamily[] = [
  {
    table: 'numbers',
    cases: [
      {
        name: 'small',
        type: 'smallint',
        target: 'smallint',
        values: [
          ['-32768', '-32768'],
          ['32767', '32767'],
        ],
      },
      {
        name: 'whole',
        type: 'integer',
        target: 'integer',
        values: [
          ['-2147483648', '-2147483648'],
          ['2147483647', '2147483647'],
        ],
      },
      {
        name: 'big',
        type: 'bigint',
        target: 'bigint',
        values: [
          ['-9223372036854775808', '-9223372036854775808'],
          ['9223372036854775807', '9223372036854775807'],
          ['9007199254740993', '9007199254740993'],
        ],
      },
      {
        name: 'any',
        type: 'numeric',
        target: 'numeric',
        values: [
          ["'NaN'", 'NaN'],
          ["'Infinity'", 'Infinity'],
          ["'-Infinity'", '-Infinity'],
          ['0.000', '0.000'],
          ['-1.10', '-1.10'],
          ['1e20', '100000000000000000000'],
          ['9007199254740993.1', '9007199254740993.1'],
        ],
      },
      {
        name: 'extreme',
        type: 'numeric',
        target: 'numeric',
        shown: LENGTH_AND_MD5,
        values: [
          ["repeat('9', 131072)::numeric", '131072 9d7343bd0531a53261eb040d7dd3db67'],
          ['1e-16383', '16385 099a11a973a15eedc71a1c1145bc8bd7'],
        ],
      },
      {
        name: 'fixed',
        type: 'numeric(10,2)',
        target: 'numeric(10,2)',
        values: [
          ['99999999.99', '99999999.99'],
          ["'NaN'", 'NaN'],
          ['-0.01', '-0.01'],
        ],
      },
      {
        name: 'thousands',
        type: 'numeric(5,-3)',
        target: 'numeric(5,-3)',
        values: [
          ['99999000', '99999000'],
          ['-1000', '-1000'],
        ],
      },
      { name: 'thousandths', type: 'numeric(3,5)', target: 'numeric(3,5)', values: [['0.00999', '0.00999']] },
      {
        name: 'single',
        type: 'real',
        target: 'real',
        shown: FLOAT4_BITS,
        values: [
          ["'NaN'", '7fc00000'],
          ["'Infinity'", '7f800000'],
          ["'-Infinity'", 'ff800000'],
          ["'-0'", '80000000'],
          ["'1e-45'", '00000001'],
          ["'3.4028235e38'", '7f7fffff'],
          ['1.1', '3f8ccccd'],
          ['16777217', '4b800000'],
        ],
      },
      {
        name: 'wide',
        type: 'double precision',
        target: 'double precision',
        shown: FLOAT8_BITS,
        values: [
          ["'NaN'", '7ff8000000000000'],
          ["'Infinity'", '7ff0000000000000'],
          ["'-Infinity'", 'fff0000000000000'],
          ["'-0'", '8000000000000000'],
          ["'5e-324'", '0000000000000001'],
          ["'1.7976931348623157e308'", '7fefffffffffffff'],
          ['1.1', '3ff199999999999a'],
          ["'2.225073858507201e-308'", '000fffffffffffff'],
        ],
      },
      {
        name: 'cash',
        type: 'money',
        target: 'money',
        values: [
          ["'-92233720368547758.08'", '-$92,233,720,368,547,758.08'],
          ["'92233720368547758.07'", '$92,233,720,368,547,758.07'],
          ["'0'", '$0.00'],
        ],
      },
      {
        name: 'truth',
        type: 'boolean',
        target: 'boolean',
        values: [
          ['true', 'true'],
          ['false', 'false'],
        ],
      },
      {
        name: 'three_bits',
        type: 'bit(3)',
        target: 'bit(3)',
        values: [
          ["B'101'", '101'],
          ["B'000'", '000'],
        ],
      },
      { name: 'one_bit', type: 'bit', target: 'bit(1)', values: [["B'1'", '1']] },
      {
        name: 'some_bits',
        type: 'bit varying(70)',
        target: 'bit varying(70)',
        values: [
          ["B''", ''],
          [`B'${'01'.repeat(35)}'`, '01'.repeat(35)],
        ],
      },
      { name: 'many_bits', type: 'bit varying', target: 'bit varying', values: [["B'0001'", '0001']] },
    ],
  },
];
