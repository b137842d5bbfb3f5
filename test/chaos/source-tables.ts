/** What the chaos tests move: every shape of table that a load treats in a way of its own, made by each engine itself. */
import type { ServerName } from '../servers/test-server.js';

/** Columns as one canonical text on either engine, so that both sides can be compared by an independent reader. */
export interface ChaosTable {
  readonly table: string;
  readonly columns: readonly ChaosColumn[];
  /** What the source has and dmsctl must have made on the target; `null` where the test makes the table itself. */
  readonly expectedKey: 'primary' | 'unique' | 'none' | null;
}

interface ChaosColumn {
  readonly name: string;
  readonly kind: 'text' | 'bytes' | 'moment';
}

const text = (...names: readonly string[]): ChaosColumn[] => names.map((name) => ({ name, kind: 'text' }));

export const CHAOS_TABLES: readonly ChaosTable[] = [
  {
    table: 'orders',
    columns: [
      ...text('id', 'customer_id', 'amount', 'note'),
      { name: 'created', kind: 'moment' },
      { name: 'token', kind: 'bytes' },
    ],
    expectedKey: 'primary',
  },
  { table: 'codes', columns: text('code', 'label'), expectedKey: 'primary' },
  { table: 'stock', columns: text('warehouse', 'sku', 'quantity'), expectedKey: 'primary' },
  { table: 'events', columns: text('kind', 'payload'), expectedKey: 'none' },
  { table: 'contacts', columns: text('email', 'name'), expectedKey: 'unique' },
  { table: 'nothing', columns: text('id', 'note'), expectedKey: 'primary' },
  { table: 'notes', columns: text('id', 'body'), expectedKey: 'primary' },
  { table: 'order_lines', columns: text('id', 'order_id', 'position'), expectedKey: null },
];

/** Rows of the large table; the others follow from it. */
const LARGE_ROWS = 9_000;
/** Cuts the large table of this many rows into at least six parts on every engine. */
export const PART_BYTES = 96 * 1024;

export function sourceStatements(engine: ServerName, schema: string): readonly string[] {
  return engine === 'postgres' ? postgresStatements(schema) : mysqlStatements(schema);
}

/** Numbers 1 to n; the skewed key has dense numbers, a gap of billions, and sparse ones. */
function numbers(engine: ServerName, count: number): string {
  return engine === 'postgres'
    ? `SELECT n FROM generate_series(1, ${count}) AS n`
    : `WITH RECURSIVE digits AS (SELECT 0 AS d UNION ALL SELECT d + 1 FROM digits WHERE d < 9)
       SELECT n FROM (SELECT 1 + a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d AS n
                      FROM digits a, digits b, digits c, digits e, digits f) AS series WHERE n <= ${count}`;
}

const SKEWED_KEY = `CASE WHEN n % 10 < 9 THEN n ELSE 4000000000 * n END`;

/** MySQL 9.7 has no MD5 any more. */
function mysqlStatements(schema: string): readonly string[] {
  const of = (count: number): string => `(${numbers('mysql', count)}) AS s`;
  const tables = CHAOS_TABLES.map(({ table }) => `${schema}.${table}`).join(', ');
  return [
    `CREATE TABLE ${schema}.orders (id bigint PRIMARY KEY, customer_id int NOT NULL, amount decimal(12,2), note text,
       created datetime(6) NOT NULL, token binary(8) NOT NULL)`,
    `INSERT INTO ${schema}.orders SELECT ${SKEWED_KEY}, n % 500, n / 7,
       CASE n % 5 WHEN 0 THEN NULL WHEN 1 THEN CONCAT('tab\\there, line\\nthere, \\\\ ', n) ELSE CONCAT('note ', REPEAT('x', n % 40)) END,
       '2020-01-01' + INTERVAL n SECOND + INTERVAL n * 37 MICROSECOND, UNHEX(LEFT(SHA2(n, 256), 16)) FROM ${of(LARGE_ROWS)}`,
    `CREATE TABLE ${schema}.codes (code varchar(60) COLLATE utf8mb4_bin PRIMARY KEY, label varchar(80))`,
    `INSERT INTO ${schema}.codes SELECT CONCAT(LEFT(SHA2(n, 256), 32), CASE n % 3 WHEN 0 THEN 'é' ELSE '' END), CONCAT('label ', n) FROM ${of(LARGE_ROWS / 4)}`,
    `CREATE TABLE ${schema}.stock (warehouse int, sku varchar(20) COLLATE utf8mb4_bin, quantity int, PRIMARY KEY (warehouse, sku))`,
    `INSERT INTO ${schema}.stock SELECT n % 3, CONCAT('S', n), n FROM ${of(LARGE_ROWS / 4)}`,
    `CREATE TABLE ${schema}.events (kind varchar(20), payload varchar(100))`,
    `INSERT INTO ${schema}.events SELECT CONCAT('kind ', n % 7), CASE WHEN n % 11 = 0 THEN NULL ELSE 'same' END FROM ${of(LARGE_ROWS / 6)}`,
    `CREATE TABLE ${schema}.contacts (email varchar(60) COLLATE utf8mb4_bin NOT NULL, name varchar(60), UNIQUE KEY contacts_email (email))`,
    `INSERT INTO ${schema}.contacts SELECT CONCAT(n, '@example.org'), CONCAT('name ', n) FROM ${of(LARGE_ROWS / 6)}`,
    `CREATE TABLE ${schema}.nothing (id int PRIMARY KEY, note text)`,
    `CREATE TABLE ${schema}.order_lines (id bigint PRIMARY KEY, order_id bigint NOT NULL, position int NOT NULL)`,
    `INSERT INTO ${schema}.order_lines SELECT n, ${SKEWED_KEY}, n % 4 FROM ${of(LARGE_ROWS / 4)}`,
    `CREATE TABLE ${schema}.notes (id bigint PRIMARY KEY, body text)`,
    `INSERT INTO ${schema}.notes SELECT n, REPEAT('0123456789', 100) FROM ${of(LARGE_ROWS / 3)}`,
    `ANALYZE TABLE ${tables}`,
  ];
}

function postgresStatements(schema: string): readonly string[] {
  const of = (count: number): string => `(${numbers('postgres', count)}) AS s`;
  return [
    `CREATE SCHEMA ${schema}`,
    `CREATE TABLE ${schema}.orders (id bigint PRIMARY KEY, customer_id int NOT NULL, amount numeric(12,2), note text,
       created timestamp NOT NULL, token bytea NOT NULL)`,
    `INSERT INTO ${schema}.orders SELECT ${SKEWED_KEY}, n % 500, n / 7.0,
       CASE n % 5 WHEN 0 THEN NULL WHEN 1 THEN E'tab\\there, line\\nthere, \\\\ ' || n ELSE 'note ' || repeat('x', n % 40) END,
       timestamp '2020-01-01' + n * interval '1 second 37 microseconds', decode(left(md5(n::text), 16), 'hex') FROM ${of(LARGE_ROWS)}`,
    `CREATE TABLE ${schema}.codes (code varchar(60) PRIMARY KEY, label varchar(80))`,
    `INSERT INTO ${schema}.codes SELECT md5(n::text) || CASE n % 3 WHEN 0 THEN 'é' ELSE '' END, 'label ' || n FROM ${of(LARGE_ROWS / 4)}`,
    `CREATE TABLE ${schema}.stock (warehouse int, sku varchar(20), quantity int, PRIMARY KEY (warehouse, sku))`,
    `INSERT INTO ${schema}.stock SELECT n % 3, 'S' || n, n FROM ${of(LARGE_ROWS / 4)}`,
    `CREATE TABLE ${schema}.events (kind varchar(20), payload varchar(100))`,
    `INSERT INTO ${schema}.events SELECT 'kind ' || n % 7, CASE WHEN n % 11 = 0 THEN NULL ELSE 'same' END FROM ${of(LARGE_ROWS / 6)}`,
    `CREATE TABLE ${schema}.contacts (email varchar(60) NOT NULL UNIQUE, name varchar(60))`,
    `INSERT INTO ${schema}.contacts SELECT n || '@example.org', 'name ' || n FROM ${of(LARGE_ROWS / 6)}`,
    `CREATE TABLE ${schema}.nothing (id int PRIMARY KEY, note text)`,
    `CREATE TABLE ${schema}.order_lines (id bigint PRIMARY KEY, order_id bigint NOT NULL, position int NOT NULL)`,
    `INSERT INTO ${schema}.order_lines SELECT n, ${SKEWED_KEY}, n % 4 FROM ${of(LARGE_ROWS / 4)}`,
    `CREATE TABLE ${schema}.notes (id bigint PRIMARY KEY, body text)`,
    `INSERT INTO ${schema}.notes SELECT n, repeat('0123456789', 100) FROM ${of(LARGE_ROWS / 3)}`,
    `ANALYZE`,
  ];
}
