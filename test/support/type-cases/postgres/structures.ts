import type { TypeFamily } from '../type-case.js';

export const STRUCTURES: readonly TypeFamily[] = [
  {
    table: 'networks',
    cases: [
      {
        name: 'host',
        type: 'inet',
        target: 'inet',
        values: [
          ["'192.168.0.1/24'", '192.168.0.1/24'],
          ["'::1'", '::1/128'],
          ["'::ffff:1.2.3.4'", '::ffff:1.2.3.4/128'],
          ["'0.0.0.0/0'", '0.0.0.0/0'],
        ],
      },
      {
        name: 'net',
        type: 'cidr',
        target: 'cidr',
        values: [
          ["'10.0.0.0/8'", '10.0.0.0/8'],
          ["'2001:db8::/32'", '2001:db8::/32'],
        ],
      },
      { name: 'card', type: 'macaddr', target: 'macaddr', values: [["'08:00:2B:01:02:03'", '08:00:2b:01:02:03']] },
      {
        name: 'long_card',
        type: 'macaddr8',
        target: 'macaddr8',
        values: [["'ff:ff:ff:ff:ff:ff:ff:fe'", 'ff:ff:ff:ff:ff:ff:ff:fe']],
      },
    ],
  },
  {
    table: 'shapes',
    cases: [
      {
        name: 'spot',
        type: 'point',
        target: 'point',
        values: [
          ["'(1.5,-0)'", '(1.5,-0)'],
          ["'(NaN,Infinity)'", '(NaN,Infinity)'],
          ["'(0.1,1e-320)'", '(0.1,1e-320)'],
        ],
      },
      { name: 'endless', type: 'line', target: 'line', values: [["'{1,-1,0}'", '{1,-1,0}']] },
      { name: 'piece', type: 'lseg', target: 'lseg', values: [["'[(0,0),(1.1,1)]'", '[(0,0),(1.1,1)]']] },
      { name: 'rectangle', type: 'box', target: 'box', values: [["'(0,0),(1,1)'", '(1,1),(0,0)']] },
      {
        name: 'way',
        type: 'path',
        target: 'path',
        values: [
          ["'((0,0),(1,1))'", '((0,0),(1,1))'],
          ["'[(0,0),(1,1)]'", '[(0,0),(1,1)]'],
        ],
      },
      { name: 'area', type: 'polygon', target: 'polygon', values: [["'((0,0),(1,0),(1,1))'", '((0,0),(1,0),(1,1))']] },
      { name: 'round', type: 'circle', target: 'circle', values: [["'<(0,0),1e300>'", '<(0,0),1e+300>']] },
    ],
  },
  {
    table: 'documents',
    cases: [
      {
        name: 'as_text',
        type: 'json',
        target: 'json',
        values: [
          ['\'{"b":1,  "a":1.0,"a":2}\'', '{"b":1,  "a":1.0,"a":2}'],
          ["'1e400'", '1e400'],
          ["'null'", 'null'],
          [String.raw`'["\u0000", "\ud83d"]'`, String.raw`["\u0000", "\ud83d"]`],
          ['E\'{\\n\\t"a":1}\'', '{\n\t"a":1}'],
        ],
      },
      {
        name: 'parsed',
        type: 'jsonb',
        target: 'jsonb',
        values: [
          ['\'{"b":1,  "a":1.0,"a":2}\'', '{"a": 2, "b": 1}'],
          ["'1e400'", `1${'0'.repeat(400)}`],
          ["'null'", 'null'],
          ["'18446744073709551616.10'", '18446744073709551616.10'],
          [String.raw`'"\u00e9\ud83d\ude00\\ \"\n"'`, String.raw`"é😀\\ \"\n"`],
          ["'{}'", '{}'],
          [`'${'['.repeat(500)}${']'.repeat(500)}'`, '['.repeat(500) + ']'.repeat(500)],
        ],
      },
    ],
  },
  {
    table: 'searches',
    cases: [
      {
        name: 'words',
        type: 'tsvector',
        target: 'tsvector',
        values: [
          [
            String.raw`$$'it''s' 'a b':1A,2B 'back\\slash':16383$$`,
            String.raw`'a b':1A,2B 'back\\slash':16383 'it''s'`,
          ],
          ["''", ''],
        ],
      },
      {
        name: 'wanted',
        type: 'tsquery',
        target: 'tsquery',
        values: [["$$'it''s' & !('a b':A | c:*) <2> d$$", "'it''s' & !( 'a b':A | 'c':* ) <2> 'd'"]],
      },
      {
        name: 'way',
        type: 'jsonpath',
        target: 'jsonpath',
        values: [[`'$.a[*] ? (@.b == "x\\"y")'`, `$."a"[*]?(@."b" == "x\\"y")`]],
      },
      {
        name: 'markup',
        type: 'xml',
        target: 'xml',
        values: [
          ['\'<a b="1">é &amp; <c/></a>\'', '<a b="1">é &amp; <c/></a>'],
          ["'two <b/> roots'", 'two <b/> roots'],
          ["''", ''],
        ],
      },
    ],
  },
  {
    table: 'ranges',
    cases: [
      {
        name: 'whole',
        type: 'int4range',
        target: 'int4range',
        values: [
          ["'[1,10]'", '[1,11)'],
          ["'empty'", 'empty'],
          ["'(,)'", '(,)'],
          ["'[5,)'", '[5,)'],
        ],
      },
      {
        name: 'big',
        type: 'int8range',
        target: 'int8range',
        values: [["'[-9223372036854775808,9223372036854775806]'", '[-9223372036854775808,9223372036854775807)']],
      },
      {
        name: 'exact',
        type: 'numrange',
        target: 'numrange',
        values: [
          ["'(1.5,2.50]'", '(1.5,2.50]'],
          ["'[-Infinity,Infinity]'", '[-Infinity,Infinity]'],
        ],
      },
      {
        name: 'wall',
        type: 'tsrange',
        target: 'tsrange',
        values: [["'[2024-01-01, infinity]'", '["2024-01-01 00:00:00",infinity]']],
      },
      {
        name: 'instants',
        type: 'tstzrange',
        target: 'tstzrange',
        values: [["'[2024-01-01 00:00:00+02,)'", '["2023-12-31 22:00:00+00",)']],
      },
      {
        name: 'days',
        type: 'daterange',
        target: 'daterange',
        values: [["'[4714-11-24 BC, 2024-02-29]'", '["4714-11-24 BC",2024-03-01)']],
      },
      {
        name: 'several',
        type: 'int4multirange',
        target: 'int4multirange',
        values: [
          ["'{[1,3), [5,7)}'", '{[1,3),[5,7)}'],
          ["'{}'", '{}'],
        ],
      },
      {
        name: 'several_exact',
        type: 'nummultirange',
        target: 'nummultirange',
        values: [["'{[1.0,1.10]}'", '{[1.0,1.10]}']],
      },
      {
        name: 'several_instants',
        type: 'tstzmultirange',
        target: 'tstzmultirange',
        values: [["'{[2024-01-01 00:00:00+00,)}'", '{["2024-01-01 00:00:00+00",)}']],
      },
      {
        name: 'several_days',
        type: 'datemultirange',
        target: 'datemultirange',
        values: [["'{[2024-01-01,2024-01-02]}'", '{[2024-01-01,2024-01-03)}']],
      },
    ],
  },
  {
    table: 'arrays',
    cases: [
      {
        name: 'whole',
        type: 'integer[]',
        target: 'integer[]',
        values: [
          ["'{{1,2},{3,4}}'", '{{1,2},{3,4}}'],
          ["'[0:1][-1:0]={{1,2},{3,NULL}}'", '[0:1][-1:0]={{1,2},{3,NULL}}'],
          ["'{}'", '{}'],
          ["'[5:5]={7}'", '[5:5]={7}'],
        ],
      },
      {
        name: 'words',
        type: 'text[]',
        target: 'text[]',
        values: [
          [
            String.raw`ARRAY['a"b', 'c\d', '{e}', NULL, 'NULL', '', 'f g', 'x,y', E'\t']`,
            String.raw`{"a\"b","c\\d","{e}",NULL,"NULL","","f g","x,y","` + '\t"}',
          ],
        ],
      },
      {
        name: 'short_words',
        type: 'varchar(3)[]',
        target: 'character varying(3)[]',
        values: [["'{abc,é}'", '{abc,é}']],
      },
      {
        name: 'bytes',
        type: 'bytea[]',
        target: 'bytea[]',
        values: [[String.raw`ARRAY['\x00ff'::bytea, '']`, String.raw`{"\\x00ff","\\x"}`]],
      },
      {
        name: 'exact',
        type: 'numeric(10,2)[]',
        target: 'numeric(10,2)[]',
        values: [["'{NaN,1.1,NULL}'", '{NaN,1.10,NULL}']],
      },
      {
        name: 'instants',
        type: 'timestamptz[]',
        target: 'timestamp with time zone[]',
        values: [["'{infinity,2024-01-01 00:00:00.5+00}'", '{infinity,"2024-01-01 00:00:00.5+00"}']],
      },
      { name: 'truths', type: 'boolean[]', target: 'boolean[]', values: [["'{t,f,NULL}'", '{t,f,NULL}']] },
      {
        name: 'documents',
        type: 'jsonb[]',
        target: 'jsonb[]',
        values: [[`ARRAY['{"a": "b"}'::jsonb]`, String.raw`{"{\"a\": \"b\"}"}`]],
      },
      {
        name: 'boxes',
        type: 'box[]',
        target: 'box[]',
        values: [["'{(1,1),(0,0);(2,2),(1,1)}'", '{(1,1),(0,0);(2,2),(1,1)}']],
      },
    ],
  },
  {
    table: 'server_things',
    cases: [
      {
        name: 'place',
        type: 'pg_lsn',
        target: 'pg_lsn',
        values: [
          ["'FFFFFFFF/FFFFFFFF'", 'FFFFFFFF/FFFFFFFF'],
          ["'0/0'", '0/0'],
        ],
      },
      { name: 'number', type: 'oid', target: 'oid', values: [['4294967295', '4294967295']] },
      {
        name: 'long_transaction',
        type: 'xid8',
        target: 'xid8',
        values: [["'18446744073709551615'", '18446744073709551615']],
      },
      { name: 'transaction', type: 'xid', target: 'xid', values: [["'4294967295'", '4294967295']] },
      { name: 'command', type: 'cid', target: 'cid', values: [["'7'", '7']] },
      { name: 'row_place', type: 'tid', target: 'tid', values: [["'(4294967295,65535)'", '(4294967295,65535)']] },
      {
        name: 'old_view',
        type: 'txid_snapshot',
        target: 'txid_snapshot',
        values: [["'10:20:10,14,15'", '10:20:10,14,15']],
      },
      { name: 'view', type: 'pg_snapshot', target: 'pg_snapshot', values: [["'10:20:10,14,15'", '10:20:10,14,15']] },
      {
        name: 'relation',
        type: 'regclass',
        target: 'regclass',
        values: [
          ["'pg_class'", 'pg_class'],
          ["'0'", '-'],
        ],
      },
      { name: 'type', type: 'regtype', target: 'regtype', values: [["'timestamptz'", 'timestamp with time zone']] },
      { name: 'routine', type: 'regproc', target: 'regproc', values: [["'now'", 'now']] },
      {
        name: 'typed_routine',
        type: 'regprocedure',
        target: 'regprocedure',
        values: [["'abs(integer)'", 'abs(integer)']],
      },
      {
        name: 'operator',
        type: 'regoperator',
        target: 'regoperator',
        values: [["'+(integer,integer)'", '+(integer,integer)']],
      },
      { name: 'namespace', type: 'regnamespace', target: 'regnamespace', values: [["'pg_catalog'", 'pg_catalog']] },
      { name: 'role', type: 'regrole', target: 'regrole', values: [["'pg_read_all_data'", 'pg_read_all_data']] },
      { name: 'language', type: 'regconfig', target: 'regconfig', values: [["'english'", 'english']] },
      { name: 'dictionary', type: 'regdictionary', target: 'regdictionary', values: [["'simple'", 'simple']] },
      { name: 'order', type: 'regcollation', target: 'regcollation', values: [[`'"C"'`, '"C"']] },
      { name: 'numbers', type: 'int2vector', target: 'int2vector', values: [["'1 -2 3'", '1 -2 3']] },
      { name: 'oids', type: 'oidvector', target: 'oidvector', values: [["'1 4294967295'", '1 4294967295']] },
      {
        name: 'rights',
        type: 'aclitem',
        target: 'aclitem',
        values: [["'pg_read_all_data=r/pg_read_all_data'", 'pg_read_all_data=r/pg_read_all_data']],
      },
      { name: 'cursor', type: 'refcursor', target: 'refcursor', values: [["'c'", 'c']] },
    ],
  },
];
