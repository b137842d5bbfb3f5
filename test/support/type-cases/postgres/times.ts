import type { TypeFamily } from '../type-case.js';

export const TIMES: readonly TypeFamily[] = [
  {
    table: 'moments',
    before: [`SET TimeZone TO 'Asia/Kathmandu'`],
    cases: [
      {
        name: 'day',
        type: 'date',
        target: 'date',
        values: [
          ["'infinity'", 'infinity'],
          ["'-infinity'", '-infinity'],
          ["'4714-11-24 BC'", '4714-11-24 BC'],
          ["'5874897-12-31'", '5874897-12-31'],
          ["'0001-01-01'", '0001-01-01'],
          ["'2000-02-29'", '2000-02-29'],
        ],
      },
      {
        name: 'moment',
        type: 'timestamp',
        target: 'timestamp without time zone',
        values: [
          ["'infinity'", 'infinity'],
          ["'-infinity'", '-infinity'],
          ["'4714-11-24 00:00:00 BC'", '4714-11-24 00:00:00 BC'],
          ["'294276-12-31 23:59:59.999999'", '294276-12-31 23:59:59.999999'],
          ["'0001-01-01 00:00:00'", '0001-01-01 00:00:00'],
          ["'2024-03-31 02:30:00.1'", '2024-03-31 02:30:00.1'],
        ],
      },
      {
        name: 'instant',
        type: 'timestamptz',
        target: 'timestamp with time zone',
        values: [
          ["'infinity'", 'infinity'],
          ["'-infinity'", '-infinity'],
          ["'4714-11-24 00:00:00+00 BC'", '4714-11-24 00:00:00+00 BC'],
          ["'294276-12-31 23:59:59.999999+00'", '294276-12-31 23:59:59.999999+00'],
          ["'2024-03-31 05:45:00'", '2024-03-31 00:00:00+00'],
        ],
      },
      {
        name: 'rough',
        type: 'timestamp(3) with time zone',
        target: 'timestamp(3) with time zone',
        values: [["'2024-01-01 00:00:00.123456+00'", '2024-01-01 00:00:00.123+00']],
      },
      {
        name: 'clock',
        type: 'time',
        target: 'time without time zone',
        values: [
          ["'24:00:00'", '24:00:00'],
          ["'00:00:00'", '00:00:00'],
          ["'23:59:59.999999'", '23:59:59.999999'],
        ],
      },
      {
        name: 'rough_clock',
        type: 'time(0)',
        target: 'time(0) without time zone',
        values: [["'23:59:58.6'", '23:59:59']],
      },
      {
        name: 'zoned_clock',
        type: 'timetz',
        target: 'time with time zone',
        values: [
          ["'23:59:59.999999-15:59:59'", '23:59:59.999999-15:59:59'],
          ["'00:00:00+15:59'", '00:00:00+15:59'],
          ["'24:00:00+00'", '24:00:00+00'],
        ],
      },
    ],
  },
  {
    table: 'intervals',
    cases: [
      {
        name: 'span',
        type: 'interval',
        target: 'interval',
        values: [
          ["'-1 month 2 days -3:04:05.000006'", '-1 mons +2 days -03:04:05.000006'],
          ["'178000000 years'", '178000000 years'],
          ["'-178000000 years'", '-178000000 years'],
          ["'1 year -1 day'", '1 year -1 days'],
          ["'0'", '00:00:00'],
          ["'1000000 hours 0.000001 s'", '1000000:00:00.000001'],
        ],
      },
      { name: 'rough', type: 'interval(2)', target: 'interval(2)', values: [["'1.239 s'", '00:00:01.24']] },
      {
        name: 'months',
        type: 'interval year to month',
        target: 'interval year to month',
        values: [["'3 years 4 months'", '3 years 4 mons']],
      },
    ],
  },
];

/** Since PostgreSQL 17. */
export const ENDLESS: TypeFamily = {
  table: 'endless_intervals',
  cases: [
    {
      name: 'span',
      type: 'interval',
      target: 'interval',
      values: [
        ["'infinity'", 'infinity'],
        ["'-infinity'", '-infinity'],
      ],
    },
  ],
};
