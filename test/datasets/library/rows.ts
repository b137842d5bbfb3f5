/** The library's rows: made up, and the same in every run. */
import type { LibraryTableName } from './tables.js';

export type Cell = string | number | bigint | boolean | Buffer | null;
type Row = readonly Cell[];

const BOOKS = 600;
const AUTHORS = 250;
const COPIES = 1500;
const MEMBERS = 400;
const LOANS = 3000;
const ORDERS = 120;

const CITIES = ['Malmö', 'A Coruña', 'Besançon', null];
const WORDS = [
  'river',
  'Über',
  'crème',
  'señor',
  '月',
  'тень',
  'light',
  '👍🏽',
  'a\tb',
  'back\\slash',
  `it's`,
  '"quoted"',
  'שלום',
];
const TAGS = ['new', 'NULL', String.raw`\N`, 'large print', 'trailing ', '50%', 'a,b', '{x}'];
const FORMATS: readonly Row[] = [
  ['A4', '297.0'],
  ['A5', '210.0'],
  ['XL', '410.5'],
  ['½', '99.9'],
];
const FIRST_COPY = 18446744073709550000n;

export function libraryRows(): Readonly<Record<LibraryTableName, readonly Row[]>> {
  return {
    Branch: times(8, (n) => [
      n,
      `Branch ${n} ${pick(WORDS, n)}`,
      pick(CITIES, n),
      n === 3 ? null : day(n * 400),
      n % 3 !== 0,
    ]),
    Publisher: times(40, (n) => [
      n,
      `${pick(WORDS, n)} & ${pick(WORDS, n * 7)}`,
      n % 4 === 0 ? null : `https://p${n}.example/?a=b&c=%20`,
    ]),
    Author: times(AUTHORS, (n) => [
      n,
      phrase(n, 3),
      n % 5 === 0 ? null : 1901 + (n % 120),
      n % 3 === 0 ? phrase(n, 60) : '',
    ]),
    Größe: FORMATS,
    Book: times(BOOKS, book),
    'Book Author': times(BOOKS * 2, (n) => [isbn(1 + Math.floor((n - 1) / 2)), 1 + ((n * 7) % AUTHORS), (n % 2) + 1]),
    'book.tag': times(BOOKS, (n) => [isbn(n), pick(TAGS, n * 3)]),
    Copy: times(COPIES, (n) => [
      copy(n),
      isbn(1 + (n % BOOKS)),
      1 + (n % 8),
      Buffer.from([0, n >> 8, n & 255, 0x5c, 0xff, 0]),
    ]),
    Member: times(MEMBERS, member),
    Loan: times(LOANS, loan),
    order: times(ORDERS, (n) => [n, 1 + (n % 40), day(n * 13)]),
    'order-line': times(ORDERS * 4, (n) => [1 + Math.floor((n - 1) / 4), n % 4, isbn(1 + ((n * 17) % BOOKS)), n * 3]),
    // Without a key, and each row twice.
    door_log: times(800, (n) => [1 + (n % 8), `${day(n >> 1)} 08:00:00`, pick(['in', 'out'], n >> 1)]).flatMap(
      (row) => [row, row],
    ),
  };
}

function book(n: number): Row {
  return [
    isbn(n),
    phrase(n, 4),
    n % 11 === 0 ? null : 1 + (n % 40),
    pick(FORMATS, n)[0] ?? null,
    n * 3,
    n % 9 === 0 ? null : `${n * 7}.${String(n % 100).padStart(2, '0')}`,
    n / 7,
    n % 4 === 0 ? null : phrase(n, n % 200),
    n % 5 === 0 ? Buffer.from(times(n, (index) => (index * 37 + n) & 255)) : null,
  ];
}

function member(n: number): Row {
  const settings = { langs: ['sv', 'es'].slice(n % 3), id: n, 'a key': null, deep: { n: n / 4, t: phrase(n, 2) } };
  return [
    n,
    phrase(n, 2),
    n % 6 === 0 ? null : `m${n}@example.org`,
    n < 10 ? null : n % 9 || null,
    `${day(n)} 0${n % 10}:30:00`,
    n % 7 === 0 ? null : JSON.stringify(settings),
  ];
}

function loan(n: number): Row {
  const isBack = n % 4 !== 0;
  return [
    n * 3_000_000_007,
    copy(1 + (n % COPIES)),
    1 + ((n * 31) % MEMBERS),
    `${day(n)} 23:59:59.${String(n).padStart(6, '0')}`,
    day(n + 28),
    isBack ? `${day(n + 20)} 12:00:00.${String(n % 1000).padStart(3, '0')}` : null,
    isBack ? '0.00' : `${n % 100}.50`,
  ];
}

function times<T>(count: number, make: (n: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(index + 1));
}

function pick<T>(values: readonly T[], n: number): T {
  const value = values[n % values.length];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
}

function phrase(n: number, words: number): string {
  return times(words, (index) => pick(WORDS, n * index + index)).join(separator(n));
}

/** Between words a blank mostly, sometimes a line break. */
function separator(n: number): string {
  return n % 10 === 0 ? '\r\n' : ' ';
}

function isbn(n: number): string {
  return `978${String(n * 7919).padStart(10, '0')}`;
}

/** Beyond what a signed 64-bit number holds. */
function copy(n: number): bigint {
  return FIRST_COPY + BigInt(n);
}

/** In the calendar of 1990 and later. */
function day(n: number): string {
  return new Date(Date.UTC(1990, 0, 1 + n)).toISOString().slice(0, 10);
}
