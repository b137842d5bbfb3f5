import type { ClientBase } from 'pg';
import type { TableName } from '../model/table.js';
import { PICK_FUNCTION, SHOP_ROWS } from './shop-rows.js';
import { SHOP_KEYS, SHOP_STRUCTURE } from './shop-structure.js';

export const SHOP_SCHEMA = 'shop';

/** Every table of the shop. */
export const SHOP_TABLES: readonly TableName[] = [
  'categories',
  'customers',
  'addresses',
  'products',
  'inventory',
  'orders',
  'order_items',
  'payments',
  'events',
  'reviews',
  'Group',
].map((table) => ({ schema: SHOP_SCHEMA, table }));

/** Makes the schema `shop`, about 320,000 rows, in a database that has no such schema yet: all of it or nothing. */
export async function seedShop(client: ClientBase): Promise<readonly TableName[]> {
  await client.query('BEGIN');
  try {
    // Texts of dates and times below mean the same on every machine.
    await client.query("SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL xmloption = 'content'");
    await client.query(PICK_FUNCTION);
    await client.query(SHOP_STRUCTURE);
    for (const statement of SHOP_ROWS) await client.query(statement);
    await client.query(SHOP_KEYS);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
  // Plans show estimates from the statistics, and autovacuum has not come by yet.
  await client.query('ANALYZE');
  return SHOP_TABLES;
}
