import type { LeftOutCase, TableCase } from '../table-case.js';

const GENERATED = (table: string): string =>
  `(SELECT string_agg(attname || ':' || attgenerated::text, ',' ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = '${table}'::regclass AND attgenerated <> '') AS generated`;

const WIDE_COLUMNS = Array.from({ length: 1600 }, (_, index) => `c${index} int`).join(', ');

export const TABLES: readonly TableCase[] = [
  {
    title: 'an identity that is always generated keeps its values',
    statements: [
      'CREATE TABLE identities (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a int)',
      'INSERT INTO identities (id, a) OVERRIDING SYSTEM VALUE VALUES (-5, 1), (7, 2)',
    ],
    query: 'SELECT id, a FROM identities ORDER BY id',
    rows: [
      { id: '-5', a: '1' },
      { id: '7', a: '2' },
    ],
  },
  {
    title: 'a stored generated column is made again, unless a collation decides its value',
    statements: [
      `CREATE TABLE computed (id int PRIMARY KEY, a int, twice int GENERATED ALWAYS AS (a * 2) STORED, "Odd ""name""" text GENERATED ALWAYS AS ('#' || a) STORED)`,
      'INSERT INTO computed VALUES (1, 21), (2, NULL)',
    ],
    query: `SELECT id, twice, "Odd ""name""" AS text, ${GENERATED('computed')} FROM computed ORDER BY id`,
    rows: [
      { id: '1', twice: '42', text: '#21', generated: 'twice:s' },
      { id: '2', twice: null, text: null, generated: 'twice:s' },
    ],
  },
  {
    title: 'a generated column that calls a function of the user becomes a plain one',
    statements: [
      'CREATE FUNCTION thrice(a int) RETURNS int IMMUTABLE LANGUAGE sql RETURN a * 3',
      'CREATE TABLE computed_by_user (id int PRIMARY KEY, a int, b int GENERATED ALWAYS AS (thrice(a)) STORED)',
      'INSERT INTO computed_by_user VALUES (1, 7)',
    ],
    query: `SELECT b, ${GENERATED('computed_by_user')} FROM computed_by_user`,
    rows: [{ b: '21', generated: null }],
  },
  {
    title: 'nothing but generated columns',
    statements: [
      "CREATE TABLE only_computed (a int GENERATED ALWAYS AS (1) STORED, b text GENERATED ALWAYS AS (repeat('X', 1)) STORED)",
      'INSERT INTO only_computed DEFAULT VALUES',
      'INSERT INTO only_computed DEFAULT VALUES',
    ],
    query: 'SELECT a, b, count(*) AS n FROM only_computed GROUP BY a, b',
    rows: [{ a: '1', b: 'X', n: '2' }],
  },
  {
    title: '1,600 columns',
    statements: [`CREATE TABLE wide (${WIDE_COLUMNS})`, 'INSERT INTO wide (c0, c1599) VALUES (1, 1599)'],
    query: 'SELECT c0, c800, c1599 FROM wide',
    rows: [{ c0: '1', c800: null, c1599: '1599' }],
  },
  {
    title: 'no columns at all',
    statements: [
      'CREATE TABLE no_columns ()',
      'INSERT INTO no_columns DEFAULT VALUES',
      'INSERT INTO no_columns DEFAULT VALUES',
    ],
    query: 'SELECT count(*) AS n FROM no_columns',
    rows: [{ n: '2' }],
  },
  {
    title: 'columns that were dropped, also in front of a key',
    statements: [
      'CREATE TABLE altered (gone int, a int, gone_too text, b int, PRIMARY KEY (b, a))',
      'INSERT INTO altered VALUES (1, 2, $$x$$, 3)',
      'ALTER TABLE altered DROP COLUMN gone, DROP COLUMN gone_too, ADD COLUMN c int DEFAULT 4',
    ],
    query: `SELECT a, b, c, (SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'altered'::regclass AND contype = 'p') AS key FROM altered`,
    rows: [{ a: '2', b: '3', c: '4', key: 'PRIMARY KEY (b, a)' }],
  },
  {
    title: 'children that inherit are tables of their own',
    statements: [
      'CREATE TABLE parent (a int)',
      'CREATE TABLE child (b int) INHERITS (parent)',
      'INSERT INTO parent VALUES (1)',
      'INSERT INTO child VALUES (2, 3)',
    ],
    query: `SELECT (SELECT string_agg(a::text, ',') FROM ONLY parent) AS parent, (SELECT string_agg(a || '+' || b, ',') FROM child) AS child`,
    rows: [{ parent: '1', child: '2+3' }],
  },
  {
    title: 'a partitioned table, moved as one',
    statements: [
      'CREATE TABLE parted (id int, area text, PRIMARY KEY (id, area)) PARTITION BY LIST (area)',
      `CREATE TABLE parted_north PARTITION OF parted FOR VALUES IN ('north') PARTITION BY RANGE (id)`,
      'CREATE TABLE parted_north_1 PARTITION OF parted_north FOR VALUES FROM (0) TO (100)',
      'CREATE TABLE parted_rest PARTITION OF parted DEFAULT',
      `INSERT INTO parted VALUES (1, 'north'), (2, 'south'), (3, 'east')`,
    ],
    query: `SELECT string_agg(id || area, ',' ORDER BY id) AS rows, to_regclass('parted_rest')::text AS partition FROM parted`,
    rows: [{ rows: '1north,2south,3east', partition: null }],
  },
  {
    title: 'an unlogged table',
    statements: ['CREATE UNLOGGED TABLE unlogged (a int PRIMARY KEY)', 'INSERT INTO unlogged VALUES (1)'],
    query: 'SELECT a FROM unlogged',
    rows: [{ a: '1' }],
  },
  {
    title: 'no key, with equal rows',
    statements: [
      'CREATE TABLE keyless (a int, b text)',
      `INSERT INTO keyless VALUES (1, 'x'), (1, 'x'), (NULL, NULL), (NULL, NULL)`,
    ],
    query: 'SELECT a, b, count(*) AS n FROM keyless GROUP BY a, b ORDER BY a',
    rows: [
      { a: '1', b: 'x', n: '2' },
      { a: null, b: null, n: '2' },
    ],
  },
  {
    title: 'a unique key that takes NULL for equal',
    statements: [
      'CREATE TABLE nullable_key (a int, b int, UNIQUE (a, b))',
      'INSERT INTO nullable_key VALUES (1, NULL), (1, NULL), (NULL, NULL)',
    ],
    query: 'SELECT count(*) AS n FROM nullable_key',
    rows: [{ n: '3' }],
  },
  {
    title: 'names that need quotes',
    statements: [
      `CREATE TABLE "odd ""name"" with.dots-and $ 👍" ("select" int PRIMARY KEY, "a ""b"" c" int, "x.y" int, "it's" int, "ba\\ck" int, "tab\there" int, "e\u0301" int)`,
      `INSERT INTO "odd ""name"" with.dots-and $ 👍" VALUES (1, 2, 3, 4, 5, 6, 7)`,
    ],
    query: `SELECT "select", "a ""b"" c", "x.y", "it's", "ba\\ck", "tab\there", "e\u0301" FROM "odd ""name"" with.dots-and $ 👍"`,
    rows: [{ select: '1', 'a "b" c': '2', 'x.y': '3', "it's": '4', 'ba\\ck': '5', 'tab\there': '6', 'e\u0301': '7' }],
  },
  {
    title: 'names with line breaks',
    statements: ['CREATE TABLE "new\nline" (id int PRIMARY KEY, "c\rd" int)', 'INSERT INTO "new\nline" VALUES (1, 2)'],
    query: 'SELECT "c\rd"::text AS c FROM "new\nline"',
    rows: [{ c: '2' }],
  },
  {
    title: 'tables whose names differ in case only',
    statements: [
      'CREATE TABLE "Table" (id int PRIMARY KEY)',
      'CREATE TABLE "table" (id int PRIMARY KEY)',
      'INSERT INTO "Table" VALUES (1)',
      'INSERT INTO "table" VALUES (2), (3)',
    ],
    query: 'SELECT (SELECT count(*) FROM "Table") AS upper, (SELECT count(*) FROM "table") AS lower',
    rows: [{ upper: '1', lower: '2' }],
  },
  {
    title: 'names of 63 bytes',
    statements: [
      `CREATE TABLE ${'t'.repeat(63)} ("${'é'.repeat(31)}x" int PRIMARY KEY)`,
      `INSERT INTO ${'t'.repeat(63)} VALUES (1)`,
    ],
    query: `SELECT "${'é'.repeat(31)}x"::text AS e FROM ${'t'.repeat(63)}`,
    rows: [{ e: '1' }],
  },
  {
    title: 'the order of an enum',
    statements: [],
    query: 'SELECT enum_range(NULL::mood)::text AS members',
    rows: [{ members: String.raw`{sad,between,ok,"it's \"fine\", really"," lead",é}` }],
  },
  {
    title: 'checks of domains',
    statements: [],
    query: `SELECT string_agg(c.contypid::regtype || ' ' || pg_get_constraintdef(c.oid), '; ' ORDER BY c.contypid::regtype::text) AS checks
      FROM pg_constraint c WHERE c.contypid <> 0 AND c.contype = 'c' AND c.contypid::regtype::text IN ('few', 'percentage', 'positive')`,
    rows: [
      {
        checks:
          'few CHECK ((cardinality(VALUE) < 4)); percentage CHECK (((VALUE)::integer <= 100)); positive CHECK ((VALUE > 0))',
      },
    ],
  },
];

/** Since PostgreSQL 18. */
export const VIRTUAL_TABLES: readonly TableCase[] = [
  {
    title: 'a virtual generated column is made again',
    statements: [
      'CREATE TABLE computed_late (id int PRIMARY KEY, a int, twice int GENERATED ALWAYS AS (a * 2) VIRTUAL)',
      'INSERT INTO computed_late VALUES (1, 21), (2, NULL)',
    ],
    query: `SELECT id, twice, ${GENERATED('computed_late')} FROM computed_late ORDER BY id`,
    rows: [
      { id: '1', twice: '42', generated: 'twice:v' },
      { id: '2', twice: null, generated: 'twice:v' },
    ],
  },
  {
    title: 'nothing but virtual columns',
    statements: [
      'CREATE TABLE only_virtual (a int GENERATED ALWAYS AS (1) VIRTUAL)',
      'INSERT INTO only_virtual DEFAULT VALUES',
    ],
    query: 'SELECT a FROM only_virtual',
    rows: [{ a: '1' }],
  },
];

export const LEFT_OUT: readonly LeftOutCase[] = [
  { name: 'a_view', statement: 'CREATE VIEW a_view AS SELECT 1 AS a', reason: 'view' },
  { name: 'a_matview', statement: 'CREATE MATERIALIZED VIEW a_matview AS SELECT 1 AS a', reason: 'materialized' },
  {
    name: 'a_foreign_table',
    statement: 'CREATE FOREIGN TABLE a_foreign_table (a int) SERVER elsewhere',
    reason: 'foreign',
  },
];
