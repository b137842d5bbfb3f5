import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SourceCatalog } from '../../../src/engines/ports.js';
import type { TableDefinition } from '../../../src/model/table.js';
import { describeWithServer } from '../../servers/describe-with-server.js';
import { MYSQL_FAMILY, SourceDatabase } from './source-database.js';

const COMMON_TABLES = [
  'CREATE TABLE composite (b int, a varchar(20), v text, PRIMARY KEY (a, b))',
  'CREATE TABLE unique_only (x int NOT NULL, y int, UNIQUE KEY a_nullable (y), UNIQUE KEY z_strict (x))',
  'CREATE TABLE nullable_unique (y int, UNIQUE KEY only_one (y))',
  'CREATE TABLE prefix_key (t text NOT NULL, PRIMARY KEY (t(10)))',
  'CREATE TABLE no_key (v int)',
  'CREATE TABLE collated (a varchar(9) COLLATE utf8mb4_bin, n int, b char(9) COLLATE utf8mb4_general_ci, PRIMARY KEY (b, n, a))',
  'CREATE TABLE computed (id int PRIMARY KEY, v int AS (id + 1) VIRTUAL, s int AS (id * 2) STORED)',
  'CREATE TABLE `odd ``name.tbl` (`a ``b?` int PRIMARY KEY, `日本` varchar(5))',
  'CREATE VIEW a_view AS SELECT * FROM no_key',
];

for (const engine of MYSQL_FAMILY) {
  describeWithServer(engine, `schema reader on ${engine}`, (server) => {
    let database: SourceDatabase;
    let catalog: SourceCatalog;
    beforeAll(async () => {
      database = await SourceDatabase.create(server);
      await database.run(...COMMON_TABLES, ...(engine === 'mariadb' ? MARIADB_TABLES : MYSQL_TABLES));
      catalog = await database.source.schemaReader.readCatalog([database.name], database.signal);
    });
    afterAll(() => database.dispose());

    const table = (name: string): TableDefinition => {
      const found = catalog.tables.find((candidate) => candidate.name.table === name);
      if (found === undefined) throw new Error(`no table ${name}`);
      return found;
    };

    it('names the server', async () => {
      const { product, identity } = await database.source.schemaReader.describeServer(database.signal);
      expect(product).toMatch(engine === 'mariadb' ? /^MariaDB \d+\.\d+\.\d+$/ : /^MySQL \d+\.\d+\.\d+$/);
      expect(identity).not.toBe('');
    });

    it('reads key columns in the order of the key', () => {
      expect(table('composite').key).toEqual({
        kind: 'primary',
        name: 'PRIMARY',
        columns: ['a', 'b'],
        identifiesRow: true,
      });
    });

    it('prefers a unique key that identifies a row', () => {
      expect(table('unique_only').key).toMatchObject({ kind: 'unique', name: 'z_strict', identifiesRow: true });
      expect(table('nullable_unique').key).toMatchObject({ name: 'only_one', identifiesRow: false });
    });

    it('takes no key over prefixes', () => {
      expect(table('prefix_key').key).toBeNull();
      expect(table('no_key').key).toBeNull();
    });

    it('knows the collations that order a key', () => {
      expect(table('collated').rangeBasis).toBe('utf8mb4_general_ci - utf8mb4_bin');
      expect(table('unique_only').rangeBasis).toBe('');
      expect(table('no_key').rangeBasis).toBe('');
    });

    it('takes no key that statements cannot use', () => {
      expect(table('unused_index').key).toMatchObject({ name: 'zz' });
    });

    it('tells generated columns', () => {
      const generated = table('computed').columns.map((column) => column.generated?.storage ?? null);
      expect(generated).toEqual([null, 'virtual', 'stored']);
    });

    it('keeps names as they are', () => {
      expect(table('odd `name.tbl').columns.map(({ name }) => name)).toEqual(['a `b?', '日本']);
    });

    it('sorts tables and leaves views out', () => {
      const names = catalog.tables.map(({ name }) => name.table);
      expect(names).toEqual(names.toSorted((left, right) => (left < right ? -1 : 1)));
      expect(catalog.leftOut).toContainEqual({
        name: { schema: database.name, table: 'a_view' },
        reason: 'a view: its rows belong to other tables',
      });
    });

    it('reads all but the system schemas when none is named', async () => {
      const all = await database.source.schemaReader.readCatalog(null, database.signal);
      const schemas = new Set(all.tables.map(({ name }) => name.schema));
      expect(schemas).toContain(database.name);
      expect(schemas).not.toContain('mysql');
      expect(schemas).not.toContain('sys');
    });

    if (engine === 'mariadb') {
      it('sees JSON, history and sequences of MariaDB', () => {
        expect(table('documents').columns.map(({ type }) => type.kind)).toEqual(['integer', 'json', 'text']);
        expect(catalog.leftOut.map(({ name }) => name.table)).toEqual(['a_view', 'counter', 'versioned']);
        expect(table('versioned').columns.map(({ name }) => name)).toEqual(['id', 'v']);
      });
      it('reads current rows of a system-versioned table only', async () => {
        await database.run(
          'INSERT INTO versioned VALUES (1, 1)',
          'UPDATE versioned SET v = 2',
          'DELETE FROM versioned',
        );
        await database.run('INSERT INTO versioned VALUES (2, 5)');
        expect((await database.read('versioned')).rows).toEqual([['2', '5']]);
      });
      it('reads invisible columns', async () => {
        await database.run('INSERT INTO hidden (id, v) VALUES (1, 7)');
        expect((await database.read('hidden')).rows).toEqual([['1', '7']]);
      });
    } else {
      it('reads a generated invisible primary key and invisible columns', async () => {
        await database.run('INSERT INTO hidden (v, w) VALUES (7, 8)');
        expect(table('hidden').key).toMatchObject({ columns: ['my_row_id'], identifiesRow: true });
        expect((await database.read('hidden')).rows).toEqual([['1', '7', '8']]);
      });
      it('takes no key over expressions', () => {
        expect(table('functional').key).toBeNull();
      });
      it('knows the SRID of a geometry', () => {
        expect(table('places').columns[1]?.type).toEqual({ kind: 'geometry', srid: 4326 });
      });
    }
  });
}

const MARIADB_TABLES = [
  'CREATE TABLE documents (id int PRIMARY KEY, j json, l longtext)',
  'CREATE TABLE versioned (id int PRIMARY KEY, v int) WITH SYSTEM VERSIONING',
  'CREATE SEQUENCE counter',
  'CREATE TABLE unused_index (a int NOT NULL, b int NOT NULL, UNIQUE KEY zz (b), UNIQUE KEY aa (a) IGNORED)',
  'CREATE TABLE hidden (id int PRIMARY KEY, v int INVISIBLE)',
];

const MYSQL_TABLES = [
  'SET sql_generate_invisible_primary_key = ON',
  'CREATE TABLE hidden (v int INVISIBLE, w int)',
  'SET sql_generate_invisible_primary_key = OFF',
  'CREATE TABLE functional (v int NOT NULL, UNIQUE KEY f ((v + 1)))',
  'CREATE TABLE unused_index (a int NOT NULL, b int NOT NULL, UNIQUE KEY zz (b), UNIQUE KEY aa (a) INVISIBLE)',
  'CREATE TABLE places (id int PRIMARY KEY, p point SRID 4326)',
];
