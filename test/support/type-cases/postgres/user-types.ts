/** Types that users and extensions make. */
import type { TypeFamily } from '../type-case.js';

export const EXTENSIONS = ['citext', 'hstore', 'ltree'] as const;

const TYPES: readonly string[] = [
  `CREATE TYPE mood AS ENUM ('sad', 'ok', 'it''s "fine", really', ' lead', 'é')`,
  `ALTER TYPE mood ADD VALUE 'between' BEFORE 'ok'`,
  'CREATE DOMAIN positive AS integer CHECK (VALUE > 0)',
  'CREATE DOMAIN percentage AS positive CHECK (VALUE <= 100)',
  'CREATE DOMAIN few AS integer[] CHECK (cardinality(VALUE) < 4)',
  'CREATE DOMAIN folded AS varchar(10) COLLATE "C"',
  'CREATE TYPE pair AS (a integer, b text)',
  'CREATE TYPE nest AS (p pair, tags text[], m mood)',
  'CREATE TYPE span AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float8mi)',
  'CREATE SCHEMA "odd types"',
  `CREATE TYPE "odd types"."Le""vel" AS ENUM ('low', 'high')`,
];

export const USER_TYPES: TypeFamily = {
  table: 'user_types',
  before: TYPES,
  cases: [
    {
      name: 'feeling',
      type: 'mood',
      target: 'mood',
      values: [
        ["'sad'", 'sad'],
        [`'it''s "fine", really'`, `it's "fine", really`],
        ["' lead'", ' lead'],
        ["'between'", 'between'],
        ["'é'", 'é'],
      ],
    },
    {
      name: 'feelings',
      type: 'mood[]',
      target: 'mood[]',
      values: [[`ARRAY['sad', 'it''s "fine", really', NULL]::mood[]`, String.raw`{sad,"it's \"fine\", really",NULL}`]],
    },
    { name: 'level', type: '"odd types"."Le""vel"', target: '"odd types"."Le""vel"', values: [["'high'", 'high']] },
    {
      name: 'share',
      type: 'percentage',
      target: 'percentage',
      values: [
        ['100', '100'],
        ['1', '1'],
      ],
    },
    { name: 'shares', type: 'positive[]', target: 'positive[]', values: [["'{1,2}'", '{1,2}']] },
    { name: 'some', type: 'few', target: 'few', values: [["'[0:1]={1,NULL}'", '[0:1]={1,NULL}']] },
    { name: 'word', type: 'folded', target: 'folded', values: [["'É '", 'É ']] },
    {
      name: 'couple',
      type: 'pair',
      target: 'pair',
      values: [
        ["ROW(1, 'a b')", '(1,"a b")'],
        ['ROW(NULL, NULL)', '(,)'],
        ["ROW(NULL, '')", '(,"")'],
      ],
    },
    {
      name: 'couples',
      type: 'pair[]',
      target: 'pair[]',
      values: [["ARRAY[ROW(1, 'a b')::pair, NULL]", String.raw`{"(1,\"a b\")",NULL}`]],
    },
    {
      name: 'deep',
      type: 'nest',
      target: 'nest',
      values: [
        [
          String.raw`ROW(ROW(1, 'a "b" \c,'), ARRAY['x', 'y z'], 'ok')`,
          String.raw`("(1,""a """"b"""" \\\\c,"")","{x,""y z""}",ok)`,
        ],
      ],
    },
    {
      name: 'stretch',
      type: 'span',
      target: 'span',
      values: [
        ["'[1.1,2.5)'", '[1.1,2.5)'],
        ["'empty'", 'empty'],
      ],
    },
    {
      name: 'stretches',
      type: 'span_multirange',
      target: 'span_multirange',
      values: [["'{[1,2),[3,4)}'", '{[1,2),[3,4)}']],
    },
  ],
};

export const EXTENSION_TYPES: TypeFamily = {
  table: 'extension_types',
  cases: [
    { name: 'folded', type: 'citext', target: 'citext', values: [["'MiXed É'", 'MiXed É']] },
    {
      name: 'map',
      type: 'hstore',
      target: 'hstore',
      values: [
        [String.raw`'"a\"b"=>"1", c=>NULL, d=>"NULL"'`, String.raw`"c"=>NULL, "d"=>"NULL", "a\"b"=>"1"`],
        ["''", ''],
      ],
    },
    {
      name: 'tree',
      type: 'ltree',
      target: 'ltree',
      values: [
        ["'Top.Science.A_1'", 'Top.Science.A_1'],
        ["''", ''],
      ],
    },
    { name: 'many', type: 'citext[]', target: 'citext[]', values: [["'{A,b}'", '{A,b}']] },
  ],
};
