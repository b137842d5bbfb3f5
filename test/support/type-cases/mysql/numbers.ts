import { FLOAT4_BITS, FLOAT8_BITS, type TypeFamily } from '../type-case.js';

const NINES_65 = '9'.repeat(65);
const NINES_65_30 = `${'9'.repeat(35)}.${'9'.repeat(30)}`;
const ALL_64_BITS = '1'.repeat(64);

export const NUMBERS: readonly TypeFamily[] = [
  {
    table: 'integers',
    cases: [
      {
        name: 'tiny',
        type: 'tinyint',
        target: 'smallint',
        values: [
          ['-128', '-128'],
          ['127', '127'],
          ['0', '0'],
        ],
      },
      {
        name: 'tiny_one',
        type: 'tinyint(1)',
        target: 'smallint',
        values: [
          ['2', '2'],
          ['1', '1'],
          ['0', '0'],
          ['-1', '-1'],
        ],
      },
      {
        name: 'truth',
        type: 'boolean',
        target: 'smallint',
        values: [
          ['true', '1'],
          ['false', '0'],
        ],
      },
      {
        name: 'tiny_unsigned',
        type: 'tinyint unsigned',
        target: 'smallint',
        values: [
          ['255', '255'],
          ['0', '0'],
        ],
      },
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
        name: 'small_unsigned',
        type: 'smallint unsigned',
        target: 'integer',
        values: [
          ['65535', '65535'],
          ['0', '0'],
        ],
      },
      {
        name: 'medium',
        type: 'mediumint',
        target: 'integer',
        values: [
          ['-8388608', '-8388608'],
          ['8388607', '8388607'],
        ],
      },
      { name: 'medium_unsigned', type: 'mediumint unsigned', target: 'integer', values: [['16777215', '16777215']] },
      {
        name: 'whole',
        type: 'int',
        target: 'integer',
        values: [
          ['-2147483648', '-2147483648'],
          ['2147483647', '2147483647'],
        ],
      },
      {
        name: 'whole_unsigned',
        type: 'int unsigned',
        target: 'bigint',
        values: [
          ['4294967295', '4294967295'],
          ['0', '0'],
        ],
      },
      {
        name: 'zerofill',
        type: 'int(8) unsigned zerofill',
        target: 'bigint',
        values: [
          ['42', '42'],
          ['0', '0'],
          ['4294967295', '4294967295'],
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
          ['-9007199254740993', '-9007199254740993'],
        ],
      },
      {
        name: 'big_unsigned',
        type: 'bigint unsigned',
        target: 'numeric(20,0)',
        values: [
          ['18446744073709551615', '18446744073709551615'],
          ['9007199254740993', '9007199254740993'],
          ['0', '0'],
        ],
      },
      {
        name: 'big_zerofill',
        type: 'bigint unsigned zerofill',
        target: 'numeric(20,0)',
        values: [
          ['7', '7'],
          ['0', '0'],
        ],
      },
    ],
  },
  {
    table: 'decimals',
    cases: [
      {
        name: 'widest',
        type: 'decimal(65,30)',
        target: 'numeric(65,30)',
        values: [
          [NINES_65_30, NINES_65_30],
          [`-${NINES_65_30}`, `-${NINES_65_30}`],
          ['0', `0.${'0'.repeat(30)}`],
          ['1e-30', `0.${'0'.repeat(29)}1`],
          ['-1e-30', `-0.${'0'.repeat(29)}1`],
        ],
      },
      {
        name: 'whole',
        type: 'decimal(65,0)',
        target: 'numeric(65,0)',
        values: [
          [NINES_65, NINES_65],
          [`-${NINES_65}`, `-${NINES_65}`],
        ],
      },
      {
        name: 'short',
        type: 'decimal(10,0)',
        target: 'numeric(10,0)',
        values: [
          ['9999999999', '9999999999'],
          ['-9999999999', '-9999999999'],
        ],
      },
      {
        name: 'fraction',
        type: 'decimal(30,30)',
        target: 'numeric(30,30)',
        values: [[`0.${'9'.repeat(30)}`, `0.${'9'.repeat(30)}`]],
      },
      {
        name: 'money',
        type: 'decimal(19,4) unsigned',
        target: 'numeric(19,4)',
        values: [
          ['0.5', '0.5000'],
          ['999999999999999.9999', '999999999999999.9999'],
        ],
      },
      {
        name: 'zerofill',
        type: 'decimal(10,2) zerofill',
        target: 'numeric(10,2)',
        values: [
          ['3.5', '3.50'],
          ['0.25', '0.25'],
          ['0', '0.00'],
        ],
      },
    ],
  },
  {
    table: 'floats',
    cases: [
      {
        name: 'single',
        type: 'float',
        target: 'real',
        shown: FLOAT4_BITS,
        values: [
          ['1.1', '3f8ccccd'],
          ['3.4028234e38', '7f7fffff'],
          ['-3.4028234e38', 'ff7fffff'],
          ['1e-45', '00000001'],
          ['1.1754942e-38', '007fffff'],
          ['16777217', '4b800000'],
          ['0', '00000000'],
        ],
      },
      {
        name: 'fixed',
        type: 'float(7,4)',
        target: 'real',
        shown: FLOAT4_BITS,
        values: [
          ['1.23456', '3f9e075f'],
          ['999.9999', '4479fffe'],
          ['-999.9999', 'c479fffe'],
        ],
      },
      {
        name: 'wide',
        type: 'double',
        target: 'double precision',
        shown: FLOAT8_BITS,
        values: [
          ['1.1', '3ff199999999999a'],
          ['1.7976931348623157e308', '7fefffffffffffff'],
          ['-1.7976931348623157e308', 'ffefffffffffffff'],
          ['5e-324', '0000000000000001'],
          ['2.225073858507201e-308', '000fffffffffffff'],
          ['9007199254740993', '4340000000000000'],
          ['123456789012345.67', '42dc12218377de6b'],
        ],
      },
      {
        name: 'wide_fixed',
        type: 'double(10,2)',
        target: 'double precision',
        shown: FLOAT8_BITS,
        values: [
          ['0.29', '3fd28f5c28f5c28f'],
          ['99999999.99', '4197d783fff5c28f'],
          ['-99999999.99', 'c197d783fff5c28f'],
        ],
      },
      {
        name: 'zerofill',
        type: 'double unsigned zerofill',
        target: 'double precision',
        shown: FLOAT8_BITS,
        values: [
          ['1.1', '3ff199999999999a'],
          ['0.1', '3fb999999999999a'],
        ],
      },
    ],
  },
  {
    table: 'bits',
    cases: [
      {
        name: 'one',
        type: 'bit(1)',
        target: 'bit(1)',
        values: [
          ["b'1'", '1'],
          ["b'0'", '0'],
        ],
      },
      {
        name: 'eight',
        type: 'bit(8)',
        target: 'bit(8)',
        values: [
          ["b'1'", '00000001'],
          ["b'11111111'", '11111111'],
          ['0', '00000000'],
          ['92', '01011100'],
        ],
      },
      { name: 'ten', type: 'bit(10)', target: 'bit(10)', values: [['3', '0000000011']] },
      {
        name: 'all',
        type: 'bit(64)',
        target: 'bit(64)',
        values: [
          ['18446744073709551615', ALL_64_BITS],
          ['1', '1'.padStart(64, '0')],
          ['0', '0'.repeat(64)],
        ],
      },
    ],
  },
];
