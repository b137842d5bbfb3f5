import type { LeftOutCase, TableCase } from '../table-case.js';

const UNIQUE_INDEXES = (table: string): string =>
  `SELECT string_agg(a.attname, ',' ORDER BY a.attnum) AS columns, bool_or(i.indisprimary)::text AS is_primary
   FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
   WHERE i.indrelid = '${table}'::regclass GROUP BY i.indexrelid`;

export const TABLES: readonly TableCase[] = [
  {
    title: 'no key, with equal rows',
    statements: [
      'CREATE TABLE keyless (a int, b varchar(5))',
      `INSERT INTO keyless VALUES (1, 'x'), (1, 'x'), (NULL, NULL), (NULL, NULL)`,
    ],
    query: 'SELECT a, b, count(*) AS n FROM keyless GROUP BY a, b ORDER BY a',
    rows: [
      { a: '1', b: 'x', n: '2' },
      { a: null, b: null, n: '2' },
    ],
  },
  {
    title: 'a unique key that allows NULL and holds several',
    statements: [
      'CREATE TABLE nullable_key (a int, b int, UNIQUE (a, b))',
      'INSERT INTO nullable_key VALUES (1, NULL), (1, NULL), (1, 2), (NULL, NULL)',
    ],
    query: `SELECT (SELECT count(*) FROM nullable_key) AS n, k.* FROM (${UNIQUE_INDEXES('nullable_key')}) k`,
    rows: [{ n: '4', columns: 'a,b', is_primary: 'false' }],
  },
  {
    title: 'a unique key in place of a primary one',
    statements: [
      'CREATE TABLE unique_key (a int NOT NULL UNIQUE, b int)',
      'INSERT INTO unique_key VALUES (1, 1), (2, 2)',
    ],
    query: UNIQUE_INDEXES('unique_key'),
    rows: [{ columns: 'a', is_primary: 'false' }],
  },
  {
    title: 'invisible columns, and values from defaults',
    statements: [
      'CREATE TABLE hidden (id int PRIMARY KEY, secret int NOT NULL DEFAULT 7 INVISIBLE)',
      'INSERT INTO hidden VALUES (1)',
      'INSERT INTO hidden (id, secret) VALUES (2, 8)',
    ],
    query: 'SELECT id, secret FROM hidden ORDER BY id',
    rows: [
      { id: '1', secret: '7' },
      { id: '2', secret: '8' },
    ],
  },
  {
    title: 'generated columns become plain ones with their values',
    statements: [
      `CREATE TABLE computed (id int PRIMARY KEY, a int, twice int GENERATED ALWAYS AS (a * 2) STORED,
        shout varchar(20) GENERATED ALWAYS AS (CONCAT('#', a)) VIRTUAL)`,
      'INSERT INTO computed (id, a) VALUES (1, 21), (2, NULL)',
    ],
    query: `SELECT id, twice, shout, (SELECT count(*) FROM pg_attribute WHERE attrelid = 'computed'::regclass AND attgenerated <> '') AS generated
      FROM computed ORDER BY id`,
    rows: [
      { id: '1', twice: '42', shout: '#21', generated: '0' },
      { id: '2', twice: null, shout: null, generated: '0' },
    ],
  },
  {
    title: 'names that need quotes',
    statements: [
      'CREATE TABLE `odd "name" with.dots-and $ ☃` (`select` int PRIMARY KEY, `a "b" c` int, `x.y` int, `dash-ed` int, `it\'s` int, `ba\\ck` int, `tick``s` int)',
      'INSERT INTO `odd "name" with.dots-and $ ☃` VALUES (1, 2, 3, 4, 5, 6, 7)',
    ],
    query: `SELECT "select", "a ""b"" c", "x.y", "dash-ed", "it's", "ba\\ck", "tick\`s" FROM "odd ""name"" with.dots-and $ ☃"`,
    rows: [{ select: '1', 'a "b" c': '2', 'x.y': '3', 'dash-ed': '4', "it's": '5', 'ba\\ck': '6', 'tick`s': '7' }],
  },
  {
    title: 'two tables whose names differ in case only',
    statements: [
      'CREATE TABLE `Table` (id int PRIMARY KEY)',
      'CREATE TABLE `table` (id int PRIMARY KEY)',
      'INSERT INTO `Table` VALUES (1)',
      'INSERT INTO `table` VALUES (2), (3)',
    ],
    query: 'SELECT (SELECT count(*) FROM "Table") AS upper, (SELECT count(*) FROM "table") AS lower',
    rows: [{ upper: '1', lower: '2' }],
  },
  {
    title: 'names of 63 bytes, and of 63 bytes in fewer characters',
    statements: [
      `CREATE TABLE ${'t'.repeat(63)} (${'c'.repeat(63)} int PRIMARY KEY, \`${'é'.repeat(31)}x\` int)`,
      `INSERT INTO ${'t'.repeat(63)} VALUES (1, 2)`,
    ],
    query: `SELECT ${'c'.repeat(63)}::text AS c, "${'é'.repeat(31)}x"::text AS e FROM ${'t'.repeat(63)}`,
    rows: [{ c: '1', e: '2' }],
  },
  {
    title: 'an empty table',
    statements: ['CREATE TABLE nothing_here (id int PRIMARY KEY, t text)'],
    query: 'SELECT count(*) AS n FROM nothing_here',
    rows: [{ n: '0' }],
  },
  {
    title: 'the error value of an enum as part of a key, and binary keys',
    statements: [
      'CREATE TABLE odd_keys (k binary(4), d decimal(20,10), PRIMARY KEY (k, d))',
      "INSERT INTO odd_keys VALUES (x'00000000', 0.0000000001), (x'000000ff', -1)",
    ],
    query: 'SELECT k::text, d::text FROM odd_keys ORDER BY k',
    rows: [
      { k: String.raw`\x00000000`, d: '0.0000000001' },
      { k: String.raw`\x000000ff`, d: '-1.0000000000' },
    ],
  },
];

export const MYSQL_TABLES: readonly TableCase[] = [
  {
    title: 'an invisible primary key that the server made',
    statements: [
      'SET sql_generate_invisible_primary_key = ON',
      'CREATE TABLE made_key (a int)',
      'SET sql_generate_invisible_primary_key = OFF',
      'INSERT INTO made_key (a) VALUES (5), (5)',
    ],
    query: 'SELECT my_row_id, a FROM made_key ORDER BY my_row_id',
    rows: [
      { my_row_id: '1', a: '5' },
      { my_row_id: '2', a: '5' },
    ],
  },
  {
    title: 'a table of 1,017 columns',
    statements: [
      `CREATE TABLE wide (${Array.from({ length: 1017 }, (_, index) => `c${index} int`).join(', ')})`,
      `INSERT INTO wide (c0, c1016) VALUES (1, 1016)`,
    ],
    query: 'SELECT c0, c500, c1016 FROM wide',
    rows: [{ c0: '1', c500: null, c1016: '1016' }],
  },
];

export const MARIADB_TABLES: readonly TableCase[] = [
  {
    title: 'a system-versioned table, by its current rows',
    statements: [
      'CREATE TABLE versioned (id int PRIMARY KEY, a int) WITH SYSTEM VERSIONING',
      'INSERT INTO versioned VALUES (1, 1), (2, 2)',
      'UPDATE versioned SET a = 10 WHERE id = 1',
      'DELETE FROM versioned WHERE id = 2',
    ],
    query: 'SELECT id, a FROM versioned',
    rows: [{ id: '1', a: '10' }],
  },
];

export const VIEW: LeftOutCase = { name: 'a_view', statement: 'CREATE VIEW a_view AS SELECT 1 AS a', reason: 'view' };

/** The history of a system-versioned table stays behind too. */
export const MARIADB_LEFT_OUT: readonly LeftOutCase[] = [
  { name: 'a_sequence', statement: 'CREATE SEQUENCE a_sequence', reason: 'sequence' },
  { name: 'versioned', statement: 'DO 0', reason: 'history' },
];
