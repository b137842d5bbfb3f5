import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWithServer } from '../../servers/describe-with-server.js';
import { MYSQL_FAMILY, SourceDatabase } from './source-database.js';

for (const engine of MYSQL_FAMILY) {
  describeWithServer(engine, `value policies on ${engine}`, (server) => {
    let database: SourceDatabase;
    beforeAll(async () => {
      database = await SourceDatabase.create(server);
      await database.run(
        'CREATE TABLE dates (id int PRIMARY KEY, d date, t datetime(3), s timestamp NULL)',
        "INSERT INTO dates VALUES (1, '0000-00-00', '2020-00-10 01:02:03', '0000-00-00 00:00:00')",
        "INSERT INTO dates VALUES (2, '2020-01-10', '0000-01-01', NULL)",
        'CREATE TABLE texts (id int PRIMARY KEY, v varchar(20), w varchar(20))',
        "INSERT INTO texts VALUES (1, CONCAT('a', CHAR(0 USING utf8mb4), 'b\\t'), CHAR(0 USING utf8mb4))",
      );
    });
    afterAll(() => database.dispose());

    describe('zeroDate', () => {
      it('stops with table, column and policy, without the value', async () => {
        const failed = database.read('dates');
        await expect(failed).rejects.toMatchObject({ code: 'MYSQL_ZERO_DATE' });
        const error = await failed.catch((reason: unknown) => String(reason));
        expect(error).toContain(`${database.name}.dates, column d`);
        expect(error).not.toContain('0000');
      });
      it('makes NULL of it', async () => {
        const { rows, policyCounts } = await database.read('dates', { policies: { zeroDate: 'null' } });
        expect(rows).toEqual([
          ['1', null, null, null],
          ['2', '2020-01-10', null, null],
        ]);
        expect(policyCounts).toEqual([{ zeroDate: 4, nulCharacter: 0, invalidText: 0 }]);
      });
      it('puts a date in its place', async () => {
        const { rows } = await database.read('dates', { policies: { zeroDate: '1970-01-01' } });
        const instead = '1970-01-01 00:00:00';
        expect(rows).toEqual([
          ['1', '1970-01-01', instead, instead],
          ['2', '2020-01-10', instead, null],
        ]);
      });
      it('leaves it alone where the target takes text', async () => {
        const text = { kind: 'text', charsMax: null } as const;
        const { rows } = await database.read('dates', { deliverAs: { d: text, t: text, s: text } });
        expect(rows[0]).toEqual(['1', '0000-00-00', '2020-00-10 01:02:03.000', '0000-00-00 00:00:00']);
      });
    });

    describe('nulCharacter', () => {
      it('stops', async () => {
        await expect(database.read('texts')).rejects.toMatchObject({ code: 'MYSQL_NUL_CHARACTER' });
      });
      it('strips it', async () => {
        const { rows, policyCounts } = await database.read('texts', { policies: { nulCharacter: 'strip' } });
        expect(rows).toEqual([['1', 'ab\t', '']]);
        expect(policyCounts).toEqual([{ zeroDate: 0, nulCharacter: 2, invalidText: 0 }]);
      });
      it('replaces it', async () => {
        const { rows } = await database.read('texts', { policies: { nulCharacter: '\\0é' } });
        expect(rows).toEqual([['1', 'a\\0éb\t', '\\0é']]);
      });
    });
  });
}
