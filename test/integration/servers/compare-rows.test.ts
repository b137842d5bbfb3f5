/** The demo's proof of equality is worth what it notices: each kind of difference is made, one at a time. */
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { compareTables, type TableComparison } from '../../../src/demo/compare-rows.js';
import { createDatabase, type TestDatabase } from '../../servers/create-database.js';
import { describeWithServer } from '../../servers/describe-with-server.js';

const TABLE = { schema: 'public', table: 'Some "Rows"' };
const NAME = '"Some ""Rows"""';

const CREATE = `
DROP TABLE IF EXISTS ${NAME};
CREATE TABLE ${NAME} (id integer, note text, amount numeric, ratio float8, at timestamptz, span interval, raw bytea);
INSERT INTO ${NAME} VALUES
  (1, '', 1.50, '-Infinity', '2026-03-29 01:30:00Z', '1 day', '\\x00ff'),
  (2, NULL, 'NaN', 0.1, 'infinity', '-1 month', '\\x'),
  (3, 'twin', 3, 3, NULL, NULL, NULL),
  (3, 'twin', 3, 3, NULL, NULL, NULL)`;

describeWithServer('postgres', 'compareTables', (server) => {
  const databases: TestDatabase[] = [];
  let source: pg.Client;
  let target: pg.Client;

  beforeAll(async () => {
    source = await connect();
    target = await connect();
    await target.query("SET TimeZone = 'Asia/Kolkata'; SET DateStyle = 'German'; SET IntervalStyle = 'iso_8601'");
    await target.query("SET bytea_output = 'escape'; SET extra_float_digits = 0");
  });

  afterAll(async () => {
    await Promise.all([source.end(), target.end()]);
    await Promise.all(databases.map((database) => database.drop()));
  });

  beforeEach(async () => {
    await source.query(CREATE);
    await target.query(CREATE);
  });

  async function connect(): Promise<pg.Client> {
    const database = await createDatabase(server);
    databases.push(database);
    const client = new pg.Client(database.url);
    await client.connect();
    return client;
  }

  const compare = async (): Promise<TableComparison | undefined> => (await compareTables(source, target, [TABLE]))[0];

  test('finds equal rows equal, in any order and under any settings of the session', async () => {
    await target.query(`UPDATE ${NAME} SET id = id`);
    await target.query(
      `WITH gone AS (DELETE FROM ${NAME} WHERE id = 1 RETURNING *) INSERT INTO ${NAME} SELECT * FROM gone`,
    );
    expect(await compare()).toEqual({ table: TABLE, isEqual: true, sourceRows: 4, targetRows: 4 });
  });

  test.each([
    ['NULL for an empty text', `UPDATE ${NAME} SET note = NULL WHERE id = 1`],
    ['an empty text for NULL', `UPDATE ${NAME} SET note = '' WHERE id = 2`],
    ['a scale', `UPDATE ${NAME} SET amount = 1.5 WHERE id = 1`],
    ['a sign of infinity', `UPDATE ${NAME} SET ratio = 'Infinity' WHERE id = 1`],
    ['the last bit of a float', `UPDATE ${NAME} SET ratio = 0.10000000000000002 WHERE id = 2`],
    ['a microsecond', `UPDATE ${NAME} SET at = at + interval '1 microsecond' WHERE id = 1`],
    ['hours for a day', `UPDATE ${NAME} SET span = '24 hours' WHERE id = 1`],
    ['a byte', `UPDATE ${NAME} SET raw = '\\x00fe' WHERE id = 1`],
    ['values in each other’s rows', `UPDATE ${NAME} SET note = CASE id WHEN 1 THEN NULL ELSE '' END WHERE id < 3`],
    ['a pair of equal rows for another', `UPDATE ${NAME} SET note = 'pair' WHERE id = 3`],
  ])('sees %s', async (_difference, change) => {
    await target.query(change);
    expect(await compare()).toEqual({ table: TABLE, isEqual: false, sourceRows: 4, targetRows: 4 });
  });

  test('sees that one of two equal rows is missing', async () => {
    await target.query(`DELETE FROM ${NAME} WHERE ctid = (SELECT min(ctid) FROM ${NAME} WHERE id = 3)`);
    expect(await compare()).toEqual({ table: TABLE, isEqual: false, sourceRows: 4, targetRows: 3 });
  });

  test('takes a table that is on neither side for no success', async () => {
    await source.query(`DROP TABLE ${NAME}`);
    await target.query(`DROP TABLE ${NAME}`);
    expect(await compare()).toEqual({ table: TABLE, isEqual: false, sourceRows: null, targetRows: null });
  });
});
