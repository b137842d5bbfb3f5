import { afterAll, beforeAll, expect, it } from 'vitest';
import { postgresTargetPrechecks } from '../../../src/engines/postgres/prechecks/target-prechecks.js';
import type { Finding } from '../../../src/model/finding.js';
import { describeWithServer } from '../../servers/describe-with-server.js';
import { tableMapping, targetTable } from './load-fixtures.js';
import { createTargetDatabase, type TargetDatabase, type TargetPorts } from './target-database.js';

const { signal } = new AbortController();

describeWithServer('postgres', 'target inspector and prechecks', (server) => {
  let database: TargetDatabase;
  let ports: TargetPorts;
  let user: string;

  beforeAll(async () => {
    database = await createTargetDatabase(server);
    ports = database.open();
    user = `${database.endpoint.database ?? ''}_user`;
    await database.admin.query(`
      CREATE SCHEMA shop;
      CREATE TYPE shop.mood AS ENUM ('sad', 'it''s');
      CREATE TABLE shop.empty (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, needed integer NOT NULL,
        filled integer NOT NULL DEFAULT 1, mood shop.mood, twice integer NOT NULL GENERATED ALWAYS AS (needed * 2) STORED);
      CREATE TABLE shop."Full" (id integer); INSERT INTO shop."Full" VALUES (1);
      CREATE VIEW shop.seen AS SELECT 1 AS one;
      CREATE TABLE shop.parted (id integer) PARTITION BY RANGE (id);
      CREATE TABLE shop.other (id integer);
      CREATE UNLOGGED TABLE shop.volatile (id integer);
      ALTER TABLE shop."Full" ENABLE ROW LEVEL SECURITY;
      CREATE ROLE ${user} LOGIN`);
  });
  afterAll(async () => {
    await ports.connections.close();
    await database.admin.query(`DROP OWNED BY ${user}; DROP ROLE ${user}`);
    await database.dispose();
  });

  it('describes what of the asked tables and types exists', async () => {
    const tables = ['empty', 'Full', 'seen', 'parted', 'missing'].map((table) => ({ schema: 'shop', table }));
    const userTypes = ['mood', 'absent'].map(
      (name) => ({ schema: 'shop', name, kind: 'enum', definition: '' }) as const,
    );
    const catalog = await ports.inspector.inspect({ tables, userTypes }, signal);
    expect(catalog.schemas).toEqual(['public', 'shop']);
    expect(catalog.userTypes).toEqual([
      { schema: 'shop', name: 'mood', kind: 'enum', definition: `AS ENUM ('sad', 'it''s')` },
    ]);
    const seen = catalog.tables.map(({ definition, hasRows, requiredColumns, relationKind }) => ({
      table: definition.name.table,
      hasRows,
      requiredColumns,
      relationKind,
    }));
    expect(seen).toEqual([
      { table: 'Full', hasRows: true, requiredColumns: [], relationKind: 'table' },
      { table: 'empty', hasRows: false, requiredColumns: ['needed'], relationKind: 'table' },
      { table: 'parted', hasRows: false, requiredColumns: [], relationKind: 'table' },
      { table: 'seen', hasRows: false, requiredColumns: [], relationKind: 'other' },
    ]);
    expect(catalog.tables[1]?.definition.key).toMatchObject({ kind: 'primary', columns: ['id'] });
  });

  it('takes a table that it may not read for one with rows', async () => {
    const wanted = { tables: [{ schema: 'shop', table: 'empty' }], userTypes: [] };
    const catalog = await database.open(user).inspector.inspect(wanted, signal);
    expect(catalog.tables[0]?.hasRows).toBe(true);
  });

  it('looks at thousands of tables without filling the lock table of the server', async () => {
    await database.admin.query('CREATE SCHEMA many');
    await database.admin.query(`DO $$ BEGIN
      FOR number IN 1..2500 LOOP EXECUTE format('CREATE TABLE many.t%s (id integer PRIMARY KEY, a integer UNIQUE)', number);
        IF number % 500 = 0 THEN COMMIT; END IF; END LOOP; END $$`);
    const tables = Array.from({ length: 2500 }, (_, index) => ({ schema: 'many', table: `t${index + 1}` }));
    const catalog = await ports.inspector.inspect({ tables, userTypes: [] }, signal);
    expect(catalog.tables.filter(({ hasRows }) => !hasRows)).toHaveLength(2500);
  });

  it('finds a partition, however deep, that is a target beside its root', async () => {
    await database.admin.query(`
      CREATE TABLE shop.root (id integer) PARTITION BY LIST (id);
      CREATE TABLE shop.branch PARTITION OF shop.root DEFAULT PARTITION BY LIST (id);
      CREATE TABLE shop.leaf PARTITION OF shop.branch DEFAULT`);
    const tables = ['root', 'leaf', 'other'].map((table) =>
      targetTable({ mapping: tableMapping({ target: { schema: 'shop', table } }), exists: true }),
    );
    const checks = postgresTargetPrechecks(ports.connections, tables);
    const findings = (await Promise.all(checks.map(async (check) => check.run(signal)))).flat();
    expect(findings).toMatchObject([{ severity: 'error', object: 'table shop.root' }]);
    expect(findings[0]?.found).toContain('shop.leaf');
  });

  it('does not count rows of a table that inherits', async () => {
    await database.admin.query(`
      CREATE TABLE shop.parent (id integer); CREATE TABLE shop.heir () INHERITS (shop.parent);
      INSERT INTO shop.heir VALUES (1)`);
    const tables = ['parent', 'heir'].map((table) => ({ schema: 'shop', table }));
    const catalog = await ports.inspector.inspect({ tables, userTypes: [] }, signal);
    expect(catalog.tables.map(({ definition, hasRows }) => [definition.name.table, hasRows])).toEqual([
      ['heir', true],
      ['parent', false],
    ]);
  });

  it('finds nothing to mend for a superuser, and each right for a user without any', async () => {
    const onTable = (table: string, exists: boolean) =>
      targetTable({ mapping: tableMapping({ target: { schema: 'shop', table } }), exists });
    const tables = [onTable('new', false), onTable('other', true), onTable('volatile', true), onTable('Full', true)];
    const forUser = postgresTargetPrechecks(database.open(user).connections, tables);
    const forAdmin = postgresTargetPrechecks(ports.connections, tables);
    const run = async (checks: typeof forUser): Promise<readonly Finding[]> =>
      (await Promise.all(checks.map(async (check) => check.run(signal)))).flat();
    expect((await run(forAdmin)).map(({ object }) => object)).toEqual(['table shop.volatile']);
    const fixes = (await run(forUser)).map(({ fix }) => fix.split('\n')[1]?.trim());
    for (const sql of fixes) await database.admin.query(sql ?? '');
    expect(fixes).toHaveLength(7);
    expect(await run(forUser)).toEqual([]);
  });
});
