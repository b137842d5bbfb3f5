import { LENGTH_AND_SHA256, type TypeFamily } from '../type-case.js';

export const TEXTS: readonly TypeFamily[] = [
  {
    table: 'texts',
    cases: [
      {
        name: 'plain',
        type: 'text',
        target: 'text',
        values: [
          ["'trailing  '", 'trailing  '],
          ["'NULL'", 'NULL'],
          [String.raw`'\N'`, String.raw`\N`],
          [String.raw`'\.'`, String.raw`\.`],
          [String.raw`'\'`, '\\'],
          [String.raw`E'quotes \' " a\\tb'`, String.raw`quotes ' " a\tb`],
          [String.raw`E'a\tb\nc\rd\r\n\b\f\x0b\x01\x7f'`, 'a\tb\nc\rd\r\n\b\f\v\u0001\x7f'],
          ["''", ''],
          ["'0'", '0'],
          ["'false'", 'false'],
          ["'👩‍👩‍👧 e\u0301 שלום \uffff \ufeff\u2028'", '👩‍👩‍👧 e\u0301 שלום \uffff \ufeff\u2028'],
        ],
      },
      {
        name: 'varying',
        type: 'varchar(5)',
        target: 'character varying(5)',
        values: [
          ["'a    '", 'a    '],
          ["'👍👍👍👍👍'", '👍👍👍👍👍'],
          ["''", ''],
        ],
      },
      { name: 'unlimited', type: 'varchar', target: 'character varying', values: [["'x'", 'x']] },
      // As text the padding would be gone.
      {
        name: 'padded',
        type: 'char(5)',
        target: 'character(5)',
        shown: `encode(bpcharsend(?), 'escape')`,
        values: [
          ["'ab'", 'ab   '],
          ["''", '     '],
          ["'  a'", '  a  '],
        ],
      },
      {
        name: 'id_text',
        type: 'uuid',
        target: 'uuid',
        values: [["'FFFFFFFF-0000-4000-8000-00000000000F'", 'ffffffff-0000-4000-8000-00000000000f']],
      },
      {
        name: 'bytes',
        type: 'bytea',
        target: 'bytea',
        values: [
          [String.raw`'\x00ff5c0a090d27'`, String.raw`\x00ff5c0a090d27`],
          ["''", String.raw`\x`],
          [String.raw`'\x5c4e'`, String.raw`\x5c4e`],
        ],
      },
      {
        name: 'long_bytes',
        type: 'bytea',
        target: 'bytea',
        shown: LENGTH_AND_SHA256,
        values: [
          [
            "decode(repeat('ff00', 16777216), 'hex')",
            '33554432 5a098b5535a909a12bbdd56cdeb3f40047c3ed0ff3c3855bb1405db673a06d2a',
          ],
          [
            "decode(repeat('00', 65535), 'hex')",
            '65535 9f797b60edaf440d5831da53c35f4d4847a2f55adc64cfe887a7bcfcd9eca495',
          ],
        ],
      },
      {
        name: 'long_text',
        type: 'text',
        target: 'text',
        shown: LENGTH_AND_SHA256.replaceAll('sha256(?)', `sha256(convert_to(?, 'UTF8'))`),
        values: [
          [
            "repeat('0123456789', 1600000)",
            '16000000 797c5ed581927a98c048b2800cf65fd702b85cf79369f3ec0afd88089f47c81c',
          ],
        ],
      },
    ],
  },
  {
    table: 'other_texts',
    cases: [
      {
        name: 'padded_freely',
        type: 'bpchar',
        target: 'bpchar',
        shown: `encode(bpcharsend(?), 'escape')`,
        values: [["'ab  '", 'ab  ']],
      },
      {
        name: 'one_byte',
        type: '"char"',
        target: '"char"',
        values: [
          ["'a'", 'a'],
          [String.raw`E'\\'`, '\\'],
          ["''", ''],
          [String.raw`'\200'`, String.raw`\200`],
          [String.raw`E'\t'`, '\t'],
        ],
      },
      {
        name: 'short_name',
        type: 'name',
        target: 'name',
        values: [
          [`'${'n'.repeat(63)}'`, 'n'.repeat(63)],
          ["''", ''],
          ["'a b'", 'a b'],
        ],
      },
    ],
  },
];
