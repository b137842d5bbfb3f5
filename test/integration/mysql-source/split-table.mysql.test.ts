import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { describeWithServer } from '../../servers/describe-with-server.js';
import { MYSQL_FAMILY, snapshotTable, SourceDatabase } from './source-database.js';
import { WHOLE_TABLE, type LoadPart } from '../../../src/model/load-part.js';
import { rangeCondition } from '../../../src/engines/mysql/key-range.js';

const ROWS = 4000;
const PARTS = 8;

interface KeyCase {
  readonly title: string;
  readonly columns: string;
  readonly key: string;
  /** SQL of one row's key. */
  readonly row: (index: number) => string;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`;
const words = ['alpha', 'Beta', 'ähnlich', 'ZULU', "o'brien", '日本', 'ß', 'tab\t', 'back\\slash'];
const word = (index: number): string => `${words[index % words.length] ?? ''}${randomInt(1000)}-${index}`;

const CASES: readonly KeyCase[] = [
  { title: 'dense integers', columns: 'k int', key: 'k', row: String },
  {
    title: 'integers with a hot spot',
    columns: 'k bigint',
    key: 'k',
    row: (i) => (i < 3900 ? String(i) : `${i}000000000000`),
  },
  { title: 'negative to positive', columns: 'k smallint', key: 'k', row: (i) => String(i - 2000) },
  {
    title: 'unsigned up to the limit',
    columns: 'k bigint unsigned',
    key: 'k',
    row: (i) => `${18446744073709551615n - BigInt(i)}`,
  },
  { title: 'zero-filled numbers', columns: 'k int(10) unsigned zerofill', key: 'k', row: (i) => String(i * i) },
  { title: 'decimals', columns: 'k decimal(30,10)', key: 'k', row: (i) => `${i * i}.${i}` },
  { title: 'text without case', columns: 'k varchar(100)', key: 'k', row: (i) => quoted(word(i)) },
  {
    title: 'text in latin1',
    columns: 'k varchar(100) character set latin1',
    key: 'k',
    row: (i) => quoted(`é${randomInt(1e6)}-${i}`),
  },
  {
    title: 'text in gbk',
    columns: 'k varchar(100) character set gbk',
    key: 'k',
    row: (i) => quoted(`中${randomInt(1e6)}文${i}`),
  },
  { title: 'text by code point', columns: 'k varchar(100) collate utf8mb4_bin', key: 'k', row: (i) => quoted(word(i)) },
  { title: 'UUIDs as text', columns: 'k char(36) character set ascii', key: 'k', row: () => quoted(randomUUID()) },
  { title: 'UUIDs as bytes', columns: 'k binary(16)', key: 'k', row: () => `x'${randomBytes(16).toString('hex')}'` },
  {
    title: 'bytes of any length',
    columns: 'k varbinary(20)',
    key: 'k',
    row: (i) => `x'${randomBytes(randomInt(6)).toString('hex')}${i.toString(16).padStart(8, '0')}'`,
  },
  {
    title: 'dates',
    columns: 'k date',
    key: 'k',
    row: (i) => (i === 0 ? "'0000-00-00'" : `DATE('1900-01-01') + INTERVAL ${i} DAY`),
  },
  { title: 'times of day', columns: 'k time', key: 'k', row: (i) => `SEC_TO_TIME(${(i - 2000) * 1000})` },
  {
    title: 'timestamps',
    columns: 'k timestamp(6) not null',
    key: 'k',
    row: (i) => `FROM_UNIXTIME(${1_600_000_000 + i * i}.5)`,
  },
  {
    title: 'several columns',
    columns: 'a int, b varchar(20), c date',
    key: 'a, b, c',
    row: (i) => `${i % 7}, ${quoted(`x${i % 90}`)}, DATE('2020-01-01') + INTERVAL ${i} DAY`,
  },
  {
    title: 'a column that cannot be walked behind one that can',
    columns: "a int, e enum('z','a','m')",
    key: 'a, e',
    row: (i) => `${Math.floor(i / 3)}, ${(i % 3) + 1}`,
  },
];

for (const engine of MYSQL_FAMILY) {
  describeWithServer(engine, `splitting by key on ${engine}`, (server) => {
    let database: SourceDatabase;
    beforeAll(async () => {
      database = await SourceDatabase.create(server);
    });
    afterAll(() => database.dispose());

    const fill = async (columns: string, key: string, row: (index: number) => string): Promise<void> => {
      await database.run(
        'DROP TABLE IF EXISTS t',
        `CREATE TABLE t (n int, ${columns}, pad char(100), PRIMARY KEY (${key}))`,
      );
      const rows = Array.from({ length: ROWS }, (_, index) => `(${index}, ${row(index)}, 'x')`);
      await database.run(`INSERT INTO t VALUES ${rows.join(', ')}`, 'ANALYZE TABLE t');
    };

    const split = async (): Promise<readonly LoadPart[]> => {
      const table = snapshotTable(await database.table('t'));
      const bytes = table.mapping.size.estimatedBytes ?? 0;
      return database.withSnapshot((snapshot) => snapshot.split(table, Math.ceil(bytes / PARTS), database.signal));
    };

    it.each(CASES)('$title: every row in one part, parts even', async ({ columns, key, row }) => {
      await fill(columns, key, row);
      const parts = await split();
      const { rows, partRows } = await database.read('t', { parts, policies: { zeroDate: 'null' } });
      const numbers = rows.map(([n]) => Number(n)).toSorted((left, right) => left - right);
      expect(numbers).toEqual(Array.from({ length: ROWS }, (_, index) => index));
      expect(parts.length).toBeGreaterThan(PARTS / 2);
      // The last part of a walk holds what is left over.
      const full = partRows.slice(0, -1);
      expect(Math.max(...partRows)).toBeLessThanOrEqual(Math.min(...full) * 3);
    });

    if (engine === 'mariadb') {
      // Of 'k' and 'k\t' the index has the latter first and a comparison the former: a range from 'k' on missed 'k\t'.
      describe('CHAR without padding', () => {
        const fillWithTabs = (type: string): Promise<void> =>
          fill(`k ${type}`, 'k', (i) => quoted(`k${Math.floor(i / 2)}${i % 2 === 0 ? '' : '\t'}`));

        it.each(['utf8mb4_nopad_bin', 'latin1_nopad_bin'])('is not split by: %s', async (collation) => {
          await fillWithTabs(`char(10) character set ${collation.split('_')[0] ?? ''} collate ${collation}`);
          expect(await split()).toEqual([WHOLE_TABLE]);
        });

        it('is split by its columns in front', async () => {
          await fill('a int, k char(10) character set latin1 collate latin1_nopad_bin', 'a, k', (i) => `${i}, 'k'`);
          expect((await split()).length).toBeGreaterThan(1);
        });

        it('is found out by the rows around a bound, whatever is known of the collation', async () => {
          await fillWithTabs('char(10) character set utf8mb4 collate utf8mb4_nopad_bin');
          const table = snapshotTable(await database.table('t'));
          const unaware = { ...table, mapping: { ...table.mapping, rangeBasis: '' } };
          const parts = await database.withSnapshot((snapshot) => snapshot.split(unaware, 10_000, database.signal));
          expect(parts).toEqual([WHOLE_TABLE]);
        });

        it('splits a VARCHAR of the same collation', async () => {
          await fillWithTabs('varchar(10) character set utf8mb4 collate utf8mb4_nopad_bin');
          const parts = await split();
          expect(parts.length).toBeGreaterThan(PARTS / 2);
          expect((await database.read('t', { parts })).rows.length).toBe(ROWS);
        });
      });
    }

    it('splits by a key whose parts hold one row each', async () => {
      await fill('k varchar(20)', 'k', (i) => quoted(`k${i}`));
      const table = snapshotTable(await database.table('t'));
      const size = { estimatedRows: 20, estimatedBytes: 20 };
      const small = { ...table, mapping: { ...table.mapping, size } };
      const parts = await database.withSnapshot((snapshot) => snapshot.split(small, 1, database.signal));
      expect((await database.read('t', { parts })).rows.length).toBe(ROWS);
    });

    it('reads a part by its range of the index', async () => {
      await fill(
        'a int, b varchar(20), c binary(4)',
        'a, b, c',
        (i) => `${i % 50}, 'b${i}', x'${i.toString(16).padStart(8, '0')}'`,
      );
      const table = snapshotTable(await database.table('t'));
      const [, second] = await split();
      const condition = rangeCondition(table.mapping, second?.range ?? { after: null, upTo: null });
      const [plan] = await database.database.query(
        `EXPLAIN FORMAT = TRADITIONAL SELECT * FROM t WHERE ${condition ?? ''}`,
      );
      expect(plan?.type).toBe('range');
    });

    it.each([
      'varchar(50) character set latin1',
      'varchar(50) character set utf8mb3',
      'binary(8)',
      'datetime(3)',
      'bigint unsigned',
    ])('compares %s so that its index is used', async (type) => {
      await fill(`k ${type}`, 'k', (i) => {
        if (type.startsWith('datetime')) return `TIMESTAMP('2020-01-01') + INTERVAL ${i} HOUR`;
        return type === 'bigint unsigned' ? `${i * i}` : quoted(String(i).padStart(8, '0'));
      });
      const table = snapshotTable(await database.table('t'));
      const [, second] = await split();
      const condition = rangeCondition(table.mapping, second?.range ?? { after: null, upTo: null });
      const [plan] = await database.database.query(
        `EXPLAIN FORMAT = TRADITIONAL SELECT * FROM t WHERE ${condition ?? ''}`,
      );
      expect(plan).toMatchObject({ type: 'range', key: 'PRIMARY' });
    });

    it.each([
      ['no key', 'CREATE TABLE t (k int, pad char(100))'],
      ['a key with NULLs', 'CREATE TABLE t (k int, pad char(100), UNIQUE KEY (k))'],
      ['a float key', 'CREATE TABLE t (k double PRIMARY KEY, pad char(100))'],
    ])('%s: one part', async (_, sql) => {
      await database.run('DROP TABLE IF EXISTS t', sql);
      await database.run(
        `INSERT INTO t VALUES ${Array.from({ length: 2000 }, (_, i) => `(${i}, 'x')`).join(', ')}`,
        'ANALYZE TABLE t',
      );
      expect(await split()).toEqual([WHOLE_TABLE]);
    });
  });
}
