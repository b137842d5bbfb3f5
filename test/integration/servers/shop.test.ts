import pg from 'pg';
import { expect, test } from 'vitest';
import { compareTables } from '../../../src/demo/compare-rows.js';
import { SHOP_TABLES, seedShop } from '../../../src/demo/seed.js';
import { createDatabase } from '../../servers/create-database.js';
import { describeWithServer } from '../../servers/describe-with-server.js';

describeWithServer('postgres', 'the shop of the demo', (server) => {
  test('is the same each time, has the tables that it names and rows enough', async () => {
    await using first = await createDatabase(server);
    await using second = await createDatabase(server);
    const [source, target] = [new pg.Client(first.url), new pg.Client(second.url)];
    try {
      await Promise.all([source.connect(), target.connect()]);
      await target.query("SET TimeZone = 'Pacific/Chatham'; SET DateStyle = 'German'");
      expect(await Promise.all([seedShop(source), seedShop(target)])).toEqual([SHOP_TABLES, SHOP_TABLES]);

      const comparisons = await compareTables(source, target, SHOP_TABLES);
      expect(comparisons.filter(({ isEqual }) => !isEqual)).toEqual([]);
      expect(comparisons.reduce((sum, { sourceRows }) => sum + (sourceRows ?? 0), 0)).toBeGreaterThan(300_000);
    } finally {
      await Promise.all([source.end(), target.end()]);
    }
    const tables = await first.query(`SELECT relname AS name FROM pg_stat_user_tables`);
    expect(tables.map(({ name }) => name).sort()).toEqual(SHOP_TABLES.map(({ table }) => table).sort());
  });
});
