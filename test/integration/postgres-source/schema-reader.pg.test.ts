import { expect, it } from 'vitest';
import { describeWithServer } from '../../servers/describe-with-server.js';
import { createSourceDatabase, signal } from './source-database.js';

const USER_TYPES = `
  CREATE SCHEMA "We ird";
  CREATE TYPE "We ird"."Mo""od" AS ENUM ('a''b', 'c\\d', ' e ', 'f,g');
  CREATE DOMAIN "We ird".email AS text COLLATE "C" NOT NULL CONSTRAINT "chk 1" CHECK (value ~ '@') CHECK (length(value) < 100);
  CREATE TYPE "We ird".point AS (x int, "y z" "We ird"."Mo""od", t varchar(10) COLLATE "C");
  CREATE DOMAIN "We ird".checked AS "We ird".point CHECK ((value).x > 0);
  CREATE TYPE "We ird".words AS RANGE (SUBTYPE = text, COLLATION = "C");
  CREATE TYPE "We ird".floats AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float8mi)`;
const TABLE_OF_USER_TYPES = `CREATE TABLE public.t (
  a "We ird".checked[], b "We ird".words, c "We ird".floats, d "We ird"."Mo""od", e "We ird".email[])`;

async function runAll(query: (sql: string) => Promise<unknown>, sql: string): Promise<void> {
  for (const statement of sql.split(';\n')) await query(statement);
}

describeWithServer('postgres', 'schema reader of PostgreSQL', (server) => {
  it('reads user types in an order and form in which another database can make them', async () => {
    await using original = await createSourceDatabase(server);
    await runAll(original.query, USER_TYPES);
    await original.query(TABLE_OF_USER_TYPES);
    const catalog = await original.source.schemaReader.readCatalog(null, signal);
    const types = catalog.tables[0]?.userTypes ?? [];
    expect(types.map(({ name }) => name)).toEqual(['Mo"od', 'point', 'checked', 'words', 'floats', 'email']);

    await using copy = await createSourceDatabase(server);
    await copy.query('CREATE SCHEMA "We ird"');
    for (const { name, kind, definition } of types) {
      const keyword = kind === 'domain' ? 'DOMAIN' : 'TYPE';
      await copy.query(`CREATE ${keyword} "We ird"."${name.replaceAll('"', '""')}" ${definition}`);
    }
    await copy.query(TABLE_OF_USER_TYPES);
    expect(await copy.source.schemaReader.readCatalog(null, signal)).toEqual(catalog);
  });

  it('chooses keys that identify rows, and sees through NOT VALID', async () => {
    await using database = await createSourceDatabase(server);
    await runAll(
      database.query,
      `CREATE TABLE k1 (a int UNIQUE, b int NOT NULL, c int NOT NULL, UNIQUE (b) DEFERRABLE);
       CREATE UNIQUE INDEX z_plain ON k1 (c) INCLUDE (a);
       CREATE UNIQUE INDEX a_partial ON k1 (c) WHERE c > 1;
       CREATE UNIQUE INDEX b_expression ON k1 ((c + 1));
       CREATE TABLE k2 (id int PRIMARY KEY DEFERRABLE);
       CREATE TABLE k3 (id int UNIQUE);
       CREATE TABLE k4 (id int);
       CREATE TABLE k5 (b text NOT NULL, a int NOT NULL, UNIQUE (b, a))`,
    );
    const { tables } = await database.source.schemaReader.readCatalog(null, signal);
    expect(tables.map(({ key }) => key)).toEqual([
      { kind: 'unique', name: 'z_plain', columns: ['c'], identifiesRow: true },
      { kind: 'primary', name: 'k2_pkey', columns: ['id'], identifiesRow: true },
      { kind: 'unique', name: 'k3_id_key', columns: ['id'], identifiesRow: false },
      null,
      { kind: 'unique', name: 'k5_b_a_key', columns: ['b', 'a'], identifiesRow: true },
    ]);
  });

  it('tells what is left out, and keeps inheritance children apart', async () => {
    await using database = await createSourceDatabase(server);
    await runAll(
      database.query,
      `CREATE TABLE parted (id int NOT NULL, k text) PARTITION BY LIST (k);
       CREATE TABLE parted_a PARTITION OF parted FOR VALUES IN ('a');
       CREATE TABLE parent (id int);
       CREATE TABLE child (extra int) INHERITS (parent);
       CREATE UNLOGGED TABLE quick (id int);
       CREATE VIEW seen AS SELECT 1 AS one;
       CREATE MATERIALIZED VIEW kept AS SELECT 1 AS one;
       CREATE TEMP TABLE mine (id int);
       CREATE SCHEMA dmsctl;
       CREATE TABLE dmsctl.task (id int)`,
    );
    await database.query(`INSERT INTO parted SELECT n, 'a' FROM generate_series(1, 5000) n`);
    const { tables, leftOut } = await database.source.schemaReader.readCatalog(null, signal);
    expect(tables.map(({ name }) => name.table)).toEqual(['child', 'parent', 'parted', 'quick']);
    expect(leftOut.map(({ name, reason }) => `${name.table}: ${reason}`)).toEqual([
      'kept: a materialized view is computed from tables',
      'parted_a: a partition is read through its parent public.parted',
      'seen: a view holds no rows of its own',
    ]);
    const parted = tables.find(({ name }) => name.table === 'parted');
    expect(parted?.size.estimatedBytes).toBeGreaterThan(100_000);
    expect(parted?.size.estimatedRows).toBeGreaterThan(1_000);
    const elsewhere = await database.source.schemaReader.readCatalog(['nowhere'], signal);
    expect(elsewhere).toEqual({ tables: [], leftOut: [] });
  });

  it('knows which generated columns another database can compute', async () => {
    await using database = await createSourceDatabase(server);
    await runAll(
      database.query,
      `CREATE FUNCTION own(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1 + 1';
       ALTER TABLE IF EXISTS nothing RENAME TO nobody;
       CREATE TABLE g (id int, a int GENERATED ALWAYS AS (abs(id) * 2) STORED, b int GENERATED ALWAYS AS (own(id)) STORED,
         dropped int);
       ALTER TABLE g DROP COLUMN dropped`,
    );
    const { tables } = await database.source.schemaReader.readCatalog(null, signal);
    expect(tables[0]?.columns.map(({ generated }) => generated)).toEqual([
      null,
      { expression: '(abs(id) * 2)', storage: 'stored', isPortable: true },
      { expression: 'public.own(id)', storage: 'stored', isPortable: false },
    ]);
  });

  it('leaves no column to be computed elsewhere that a collation has a part in', async () => {
    await using database = await createSourceDatabase(server);
    await runAll(
      database.query,
      `CREATE TABLE g (id int, a text COLLATE "C", sum int GENERATED ALWAYS AS (id + 1) STORED,
         u text GENERATED ALWAYS AS (upper(a)) STORED, is_low boolean GENERATED ALWAYS AS (a < 'B') STORED,
         cast_between boolean GENERATED ALWAYS AS (id::text < '5') STORED,
         in_row boolean GENERATED ALWAYS AS (ROW(id, a) < ROW(id, 'x')) STORED)`,
    );
    const { tables } = await database.source.schemaReader.readCatalog(null, signal);
    const portable = tables[0]?.columns.filter(({ generated }) => generated?.isPortable === true);
    expect(portable?.map(({ name }) => name)).toEqual(['sum']);
  });

  it('tells what decides the rows of a key range', async () => {
    await using database = await createSourceDatabase(server);
    await runAll(
      database.query,
      `CREATE TABLE a (id int PRIMARY KEY, t text);
       CREATE TABLE b (k text COLLATE "C", id int, l text, PRIMARY KEY (l, id, k));
       CREATE TABLE c (id int) PARTITION BY LIST (id);
       CREATE TABLE c_1 PARTITION OF c FOR VALUES IN (1)`,
    );
    const basisOf = async (name: string) => (await database.table(name)).mapping.rangeBasis;
    expect(await basisOf('a')).toBe('');
    expect(await basisOf('b')).toBe('collations "default", "C"');
    const before = await basisOf('c');
    expect(before).toMatch(/^partitions [0-9a-f]{64}$/);
    await database.query('CREATE TABLE c_2 PARTITION OF c FOR VALUES IN (2)');
    expect(await basisOf('c')).not.toBe(before);
    await database.query('DROP TABLE c_2');
    expect(await basisOf('c')).toBe(before);
  });

  it('describes the server', async () => {
    await using database = await createSourceDatabase(server);
    const description = await database.source.schemaReader.describeServer(signal);
    expect(description.product).toMatch(/^PostgreSQL \d+\.\d+$/);
    expect(description.identity).toMatch(/^\d+\/\d+$/);
    expect(description.features).toEqual(['plpgsql']);
  });
});
