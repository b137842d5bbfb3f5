/** Values that PostgreSQL cannot hold, and what each policy makes of them. */
import type { TypeFamily } from '../type-case.js';

const DATE_TIME = 'timestamp(0) without time zone';

interface Stored {
  readonly date: string | null;
  readonly moment: string | null;
}

/** NUL characters become `nul`. */
function family(table: string, zero: Stored, nul: string): TypeFamily {
  return {
    table,
    before: ["SET sql_mode = ''"],
    cases: [
      {
        name: 'day',
        type: 'date',
        target: 'date',
        values: [
          ["'0000-00-00'", zero.date],
          ["'2024-00-10'", zero.date],
          ["'2024-05-00'", zero.date],
          ["'2024-05-06'", '2024-05-06'],
        ],
      },
      {
        name: 'moment',
        type: 'datetime',
        target: DATE_TIME,
        values: [
          ["'0000-00-00 00:00:00'", zero.moment],
          ["'2024-00-10 11:12:13'", zero.moment],
          ["'2024-05-06 07:08:09'", '2024-05-06 07:08:09'],
        ],
      },
      {
        name: 'instant',
        type: 'timestamp NULL',
        target: 'timestamp(0) with time zone',
        values: [["'0000-00-00 00:00:00'", zero.moment === null ? null : `${zero.moment}+00`]],
      },
      {
        name: 'words',
        type: 'varchar(20)',
        target: 'character varying(20)',
        values: [
          ["_utf8mb4 x'610062'", `a${nul}b`],
          ["_utf8mb4 x'00'", nul],
          ["'ab'", 'ab'],
        ],
      },
    ],
  };
}

export const AS_NULL = family('zero_as_null', { date: null, moment: null }, '');
export const AS_DATE = family('zero_as_date', { date: '1970-01-01', moment: '1970-01-01 00:00:00' }, '\u2400');

/** Refused under the default policies, in a column `culprit`. */
export interface RefusedValue {
  readonly table: string;
  readonly type: string;
  readonly value: string;
  readonly code: string;
}

export const REFUSED: readonly RefusedValue[] = [
  { table: 'zero_date', type: 'date', value: "'0000-00-00'", code: 'MYSQL_ZERO_DATE' },
  { table: 'zero_month', type: 'datetime(3)', value: "'2024-00-10 00:00:00'", code: 'MYSQL_ZERO_DATE' },
  { table: 'zero_day', type: 'date', value: "'2024-05-00'", code: 'MYSQL_ZERO_DATE' },
  { table: 'zero_instant', type: 'timestamp NULL', value: "'0000-00-00 00:00:00'", code: 'MYSQL_ZERO_DATE' },
  { table: 'nul_character', type: 'varchar(20)', value: "_utf8mb4 x'610062'", code: 'MYSQL_NUL_CHARACTER' },
];
