import type { TypeFamily } from '../type-case.js';

const DATETIME = 'timestamp(0) without time zone';
const TIMESTAMP = 'timestamp(0) with time zone';

/** Fractions beyond the digits of a column are rounded by the source when they are stored. */
const FRACTIONS = [1, 3, 6] as const;

export const TIMES: readonly TypeFamily[] = [
  {
    table: 'dates',
    before: ["SET sql_mode = ''"],
    cases: [
      {
        name: 'day',
        type: 'date',
        target: 'date',
        values: [
          ["'0001-01-01'", '0001-01-01'],
          ["'1000-01-01'", '1000-01-01'],
          ["'9999-12-31'", '9999-12-31'],
          ["'2024-02-29'", '2024-02-29'],
        ],
      },
      {
        name: 'moment',
        type: 'datetime',
        target: DATETIME,
        values: [
          ["'0001-01-01 00:00:00'", '0001-01-01 00:00:00'],
          ["'9999-12-31 23:59:59'", '9999-12-31 23:59:59'],
          ["'2024-03-31 02:30:00'", '2024-03-31 02:30:00'],
        ],
      },
      ...FRACTIONS.map((digits) => ({
        name: `moment_${digits}`,
        type: `datetime(${digits})`,
        target: `timestamp(${digits}) without time zone`,
        values: [
          [`'9999-12-31 23:59:59.${'9'.repeat(digits)}'`, `9999-12-31 23:59:59.${'9'.repeat(digits)}`],
          ["'2024-02-29 00:00:00.5'", '2024-02-29 00:00:00.5'],
          ["'1000-01-01 00:00:00'", '1000-01-01 00:00:00'],
        ] as const,
      })),
      {
        name: 'year',
        type: 'year',
        target: 'smallint',
        values: [
          ['0', '0'],
          ['1901', '1901'],
          ['2155', '2155'],
          ["'0'", '2000'],
        ],
      },
    ],
  },
  {
    table: 'durations',
    cases: [
      {
        name: 'plain',
        type: 'time',
        target: 'interval',
        values: [
          ["'838:59:59'", '838:59:59'],
          ["'-838:59:59'", '-838:59:59'],
          ["'00:00:00'", '00:00:00'],
          ["'-12:00:00'", '-12:00:00'],
        ],
      },
      {
        name: 'fine',
        type: 'time(6)',
        target: 'interval',
        values: [
          ["'837:59:59.999999'", '837:59:59.999999'],
          ["'-837:59:59.999999'", '-837:59:59.999999'],
          ["'-00:00:00.000001'", '-00:00:00.000001'],
          ["'24:00:00.5'", '24:00:00.5'],
        ],
      },
      { name: 'tenths', type: 'time(1)', target: 'interval', values: [["'-00:00:01.5'", '-00:00:01.5']] },
    ],
  },
  {
    table: 'instants_east',
    before: ["SET time_zone = '+05:30'"],
    cases: [
      {
        name: 'plain',
        type: 'timestamp NULL',
        target: TIMESTAMP,
        values: [
          ["'1970-01-01 05:30:01'", '1970-01-01 00:00:01+00'],
          ["'2038-01-19 08:44:07'", '2038-01-19 03:14:07+00'],
          ["'2024-03-31 02:30:00'", '2024-03-30 21:00:00+00'],
        ],
      },
      ...FRACTIONS.map((digits) => ({
        name: `fine_${digits}`,
        type: `timestamp(${digits}) NULL`,
        target: `timestamp(${digits}) with time zone`,
        values: [
          [`'2038-01-19 08:44:06.${'9'.repeat(digits)}'`, `2038-01-19 03:14:06.${'9'.repeat(digits)}+00`],
          ["'2024-02-29 05:30:00.5'", '2024-02-29 00:00:00.5+00'],
        ] as const,
      })),
    ],
  },
  {
    table: 'instants_west',
    before: ["SET time_zone = '-07:00'"],
    cases: [
      {
        name: 'plain',
        type: 'timestamp NULL',
        target: TIMESTAMP,
        values: [
          ["'2024-10-26 18:30:00'", '2024-10-27 01:30:00+00'],
          ["'2024-12-31 20:00:00'", '2025-01-01 03:00:00+00'],
        ],
      },
      // A moment without zone keeps its wall time whatever the zone of the session.
      { name: 'wall', type: 'datetime', target: DATETIME, values: [["'2024-10-26 18:30:00'", '2024-10-26 18:30:00']] },
    ],
  },
];
