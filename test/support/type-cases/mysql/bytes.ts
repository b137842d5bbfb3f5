import { LENGTH_AND_SHA256, type TypeFamily } from '../type-case.js';

export const BYTES: readonly TypeFamily[] = [
  {
    table: 'bytes',
    cases: [
      {
        name: 'fixed',
        type: 'binary(16)',
        target: 'bytea',
        values: [
          ["x'0102030405060708090a0b0c0d0e0000'", String.raw`\x0102030405060708090a0b0c0d0e0000`],
          ["x'ff'", String.raw`\xff000000000000000000000000000000`],
        ],
      },
      {
        name: 'varying',
        type: 'varbinary(300)',
        target: 'bytea',
        values: [
          ["x'00ff5c0a090d00'", String.raw`\x00ff5c0a090d00`],
          ["''", String.raw`\x`],
          ["x'c328fe'", String.raw`\xc328fe`],
          [String.raw`'\\N'`, String.raw`\x5c4e`],
          ["REPEAT(x'ab', 300)", `\\x${'ab'.repeat(300)}`],
        ],
      },
      {
        name: 'tiny',
        type: 'tinyblob',
        target: 'bytea',
        values: [
          ["REPEAT(x'5c', 255)", `\\x${'5c'.repeat(255)}`],
          ["x'00'", String.raw`\x00`],
          ["''", String.raw`\x`],
        ],
      },
      {
        name: 'plain',
        type: 'blob',
        target: 'bytea',
        shown: LENGTH_AND_SHA256,
        values: [
          ["REPEAT(x'00', 65535)", '65535 9f797b60edaf440d5831da53c35f4d4847a2f55adc64cfe887a7bcfcd9eca495'],
          ["''", '0 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
        ],
      },
      {
        name: 'medium',
        type: 'mediumblob',
        target: 'bytea',
        shown: LENGTH_AND_SHA256,
        values: [
          ["REPEAT(x'ab', 65536)", '65536 7c56cd2bee665a1839e41377e70c4a00e688c2b31e6e25638185b5ad1b1537e1'],
          ["REPEAT(x'00ff5c0a', 262144)", '1048576 559b2bfed0058bef2949e104f9f8524d3e5d10290a5789c5ba8bc7fe9f772617'],
        ],
      },
      {
        name: 'long',
        type: 'longblob',
        target: 'bytea',
        shown: LENGTH_AND_SHA256,
        values: [
          ["'a'", '1 ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'],
          ["REPEAT(x'ab', 16777216)", '16777216 4ba115eff40e6547f5789020186eae9b080b3697baef12b164446f843e365901'],
          ["REPEAT(x'ff00', 16777216)", '33554432 5a098b5535a909a12bbdd56cdeb3f40047c3ed0ff3c3855bb1405db673a06d2a'],
        ],
      },
    ],
  },
];
