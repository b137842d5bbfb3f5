import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TargetTable } from '../../../src/engines/ports.js';
import type { PostgresConnection } from '../../../src/engines/postgres/connection.js';
import { PostgresConnections } from '../../../src/engines/postgres/connection-pool.js';
import { WHOLE_TABLE } from '../../../src/model/load-part.js';
import type { Fence } from '../../../src/model/task-progress.js';
import { describeWithServer } from '../../servers/describe-with-server.js';
import { CLAIM, column, partLoad, TASK, tableMapping, targetTable, textRows } from './load-fixtures.js';
import { createTargetDatabase, openPorts, type TargetDatabase, type TargetPorts } from './target-database.js';

const { signal } = new AbortController();
const ignore = (): undefined => undefined;
const SOURCE = targetTable().mapping.source;

const OBJECTS_SQL = `
  SELECT conrelid::regclass::text AS relation, conname AS name, pg_get_constraintdef(oid) AS definition,
    convalidated::text AS mode, obj_description(oid, 'pg_constraint') AS comment
  FROM pg_constraint WHERE contype IN ('f', 'p', 'u')
    AND connamespace IN ('public'::regnamespace, 'dmsctl_other'::regnamespace)
  UNION ALL
  SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), tgenabled::text, NULL FROM pg_trigger WHERE NOT tgisinternal
  ORDER BY 1, 2`;

/** A table with everything on it that could act on a load. */
const AWKWARD_TABLE_SQL = `
  CREATE TABLE public.customer (id integer PRIMARY KEY);
  CREATE TABLE public.orders (id integer PRIMARY KEY, note text, customer integer DEFAULT 5 CONSTRAINT "to customer"
    REFERENCES public.customer ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, parent integer);
  ALTER TABLE public.orders ADD CONSTRAINT to_self FOREIGN KEY (parent) REFERENCES public.orders NOT VALID;
  COMMENT ON CONSTRAINT "to customer" ON public.orders IS 'it''s \\ odd';
  CREATE TABLE public.item (id integer PRIMARY KEY, orders integer REFERENCES public.orders);
  CREATE FUNCTION public.spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.note := 'spoiled'; RETURN NEW; END $$;
  CREATE TRIGGER "Ordinary" BEFORE INSERT ON public.orders FOR EACH ROW EXECUTE FUNCTION public.spoil();
  CREATE TRIGGER always BEFORE INSERT ON public.orders FOR EACH ROW EXECUTE FUNCTION public.spoil();
  CREATE TRIGGER replica BEFORE INSERT ON public.orders FOR EACH ROW EXECUTE FUNCTION public.spoil();
  CREATE TRIGGER never BEFORE INSERT ON public.orders FOR EACH ROW EXECUTE FUNCTION public.spoil();
  ALTER TABLE public.orders ENABLE ALWAYS TRIGGER always;
  ALTER TABLE public.orders ENABLE REPLICA TRIGGER replica;
  ALTER TABLE public.orders DISABLE TRIGGER never;`;

describeWithServer('postgres', 'DDL writer', (server) => {
  let database: TargetDatabase;
  let ports: TargetPorts;
  let fence: Fence;

  beforeAll(async () => {
    database = await createTargetDatabase(server);
    ports = database.open();
    await database.admin.query('CREATE SCHEMA dmsctl_other');
  });
  afterAll(async () => database.dispose());
  beforeEach(async () => {
    await database.admin.query(`
      DROP SCHEMA IF EXISTS dmsctl CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public;
      GRANT ALL ON SCHEMA public TO PUBLIC`);
    fence = await ports.lease.claim(TASK, CLAIM, signal);
  });

  async function loadAll(table: TargetTable, loading: TargetPorts, rows: string): Promise<void> {
    await loading.ddlWriter.prepareTable(fence, table, signal);
    const [part] = await loading.progress.recordParts(fence, SOURCE, [WHOLE_TABLE], signal);
    if (part?.isDone !== true)
      await loading.loader.loadPart(fence, partLoad(textRows(rows), { table }), ignore, signal);
    await loading.ddlWriter.finishTable(fence, table, signal);
    await loading.ddlWriter.restoreTable(fence, SOURCE, signal);
  }

  async function select(sql: string): Promise<unknown[]> {
    return (await database.admin.query<object>(sql)).rows;
  }

  it('creates the table without its key, and builds the key when the rows are there', async () => {
    const table = targetTable();
    await ports.ddlWriter.prepareTable(fence, table, signal);
    expect(await select(OBJECTS_SQL)).toEqual([]);
    await ports.progress.recordParts(fence, SOURCE, [WHOLE_TABLE], signal);
    await expect(ports.ddlWriter.finishTable(fence, table, signal)).rejects.toMatchObject({ code: 'BUG_INVARIANT' });
    await ports.loader.loadPart(fence, partLoad(textRows('1\tone\n2\ttwo\n'), { table }), ignore, signal);
    await ports.ddlWriter.finishTable(fence, table, signal);
    expect(await select(OBJECTS_SQL)).toMatchObject([{ name: 'orders_pkey', definition: 'PRIMARY KEY (id)' }]);
    expect(await select(`SELECT reltuples FROM pg_class WHERE oid = 'public.orders'::regclass`)).toEqual([
      { reltuples: 2 },
    ]);
    expect((await ports.progress.read(TASK, signal))?.tables).toMatchObject([
      { phase: 'loaded', rows: 2, isCreatedByTask: true, hasObjectsToRestore: false, target: table.mapping.target },
    ]);
    expect(await select('SELECT rows_loaded, bytes_loaded FROM dmsctl.table_state')).toEqual([
      { rows_loaded: '2', bytes_loaded: '12' },
    ]);
  });

  it('creates generated columns, a unique index and names that need quotes', async () => {
    const mapping = tableMapping({
      target: { schema: 'My "schema"', table: 'Order.Items' },
      columns: [
        column('a', 'integer', { isNullable: false }),
        column('B"', 'numeric(10,2)'),
        column('twice', 'integer', { generated: { expression: '(a * 2)', storage: 'stored', isPortable: true } }),
      ],
      key: { kind: 'unique', name: 'u', columns: ['a', 'B"'], identifiesRow: false },
    });
    const table = targetTable({ mapping });
    await ports.ddlWriter.createContainers(fence, { schemas: ['My "schema"'], userTypes: [] }, signal);
    await loadAll(table, ports, '4\t1.50\n');
    expect(await select('SELECT * FROM "My ""schema"""."Order.Items"')).toEqual([{ a: 4, 'B"': '1.50', twice: 8 }]);
    expect(await select(`SELECT indexdef FROM pg_indexes WHERE schemaname LIKE 'My%'`)).toMatchObject([
      { indexdef: expect.stringContaining('UNIQUE INDEX') as string },
    ]);
    await database.admin.query('DROP SCHEMA "My ""schema""" CASCADE');
  });

  it('creates the user types that are missing, and leaves those that are there', async () => {
    const userTypes = [
      { schema: 'kinds', name: 'mood', kind: 'enum', definition: `AS ENUM ('sad', 'glad')` },
      { schema: 'kinds', name: 'Percent', kind: 'domain', definition: 'AS integer CHECK (VALUE BETWEEN 0 AND 100)' },
      { schema: 'kinds', name: 'pair', kind: 'composite', definition: 'AS (a kinds.mood, b integer)' },
      { schema: 'kinds', name: 'span', kind: 'range', definition: 'AS RANGE (SUBTYPE = integer)' },
      { schema: 'kinds', name: 'geometry', kind: 'extension', definition: 'postgis' },
    ] as const;
    await ports.ddlWriter.createContainers(fence, { schemas: ['kinds'], userTypes }, signal);
    await ports.ddlWriter.createContainers(fence, { schemas: ['kinds'], userTypes }, signal);
    const sql = `SELECT typname FROM pg_type WHERE typnamespace = 'kinds'::regnamespace AND typcategory <> 'A' AND typtype <> 'm' ORDER BY 1`;
    expect(await select(sql)).toEqual(['Percent', 'mood', 'pair', 'span'].map((typname) => ({ typname })));
    await database.admin.query('DROP SCHEMA kinds CASCADE');
  });

  it('refuses a table that appeared or vanished after planning', async () => {
    const changed = { code: 'PG_TARGET_CHANGED' };
    await expect(ports.ddlWriter.prepareTable(fence, targetTable({ exists: true }), signal)).rejects.toMatchObject(
      changed,
    );
    await database.admin.query('CREATE TABLE public.orders (id integer)');
    await expect(ports.ddlWriter.prepareTable(fence, targetTable(), signal)).rejects.toMatchObject(changed);
  });

  it('empties a table without those that inherit from it, and a partitioned one with its partitions', async () => {
    await database.admin.query(`
      CREATE TABLE public.orders (id integer, note text);
      CREATE TABLE public.child () INHERITS (public.orders);
      INSERT INTO public.orders VALUES (1);
      INSERT INTO public.child VALUES (2)`);
    await ports.ddlWriter.prepareTable(fence, targetTable({ prepare: 'truncate', exists: true }), signal);
    expect(await select('SELECT id FROM public.orders')).toEqual([{ id: 2 }]);
    await database.admin.query(`
      DROP TABLE public.orders CASCADE; DELETE FROM dmsctl.table_state;
      CREATE TABLE public.orders (id integer, note text) PARTITION BY LIST (id);
      CREATE TABLE public.part PARTITION OF public.orders DEFAULT;
      INSERT INTO public.orders VALUES (1)`);
    await ports.ddlWriter.prepareTable(fence, targetTable({ prepare: 'truncate', exists: true }), signal);
    expect(await select('SELECT id FROM public.orders')).toEqual([]);
  });

  it('does not take rows of a table that inherits for those of its parent', async () => {
    await database.admin.query(`
      CREATE TABLE public.orders (id integer, note text);
      CREATE TABLE public.child () INHERITS (public.orders);
      INSERT INTO public.child VALUES (2)`);
    const table = targetTable({ prepare: 'none', exists: true, keepsRows: false });
    await expect(ports.ddlWriter.prepareTable(fence, table, signal)).resolves.toBeUndefined();
  });

  it('begins anew when the table of an earlier load is gone', async () => {
    await loadAll(targetTable(), ports, '1\tone\n');
    await database.admin.query('DROP TABLE public.orders');
    await loadAll(targetTable(), ports, '2\ttwo\n');
    expect(await select('SELECT id FROM public.orders')).toEqual([{ id: 2 }]);
  });

  it.each(['truncate', 'recreate'] as const)('replaces the rows of a table in mode %s, once', async (prepare) => {
    await database.admin.query(
      `CREATE TABLE public.orders (id integer, note text); INSERT INTO public.orders VALUES (9)`,
    );
    const table = targetTable({ prepare, exists: true });
    await ports.ddlWriter.prepareTable(fence, table, signal);
    await ports.progress.recordParts(fence, SOURCE, [WHOLE_TABLE], signal);
    await ports.loader.loadPart(fence, partLoad(textRows('1\tone\n'), { table }), ignore, signal);
    await ports.ddlWriter.prepareTable(fence, table, signal);
    await ports.ddlWriter.finishTable(fence, table, signal);
    await ports.ddlWriter.prepareTable(fence, table, signal);
    expect(await select('SELECT id FROM public.orders')).toEqual([{ id: 1 }]);
    const created = (await ports.progress.read(TASK, signal))?.tables[0]?.isCreatedByTask;
    expect(created).toBe(prepare === 'recreate');
    expect(await select(OBJECTS_SQL)).toHaveLength(prepare === 'recreate' ? 1 : 0);
  });

  describe('with foreign keys and triggers on the table', () => {
    const mapping = tableMapping({
      columns: [column('id', 'integer'), column('note', 'text'), column('customer', 'integer')],
    });
    let before: unknown[];

    beforeEach(async () => {
      await database.admin.query(AWKWARD_TABLE_SQL);
      before = await select(OBJECTS_SQL);
    });

    it.each(['create', 'truncate'] as const)(
      'a superuser loads past them in mode %s and puts them back',
      async (prepare) => {
        const table = targetTable({ mapping, prepare, exists: true });
        await ports.ddlWriter.prepareTable(fence, table, signal);
        await ports.progress.recordParts(fence, SOURCE, [WHOLE_TABLE], signal);
        // No such customer yet: that table may load later.
        await ports.loader.loadPart(fence, partLoad(textRows('1\tone\t7\n'), { table }), ignore, signal);
        await database.admin.query('INSERT INTO public.customer VALUES (7)');
        await ports.ddlWriter.finishTable(fence, table, signal);
        expect((await ports.progress.read(TASK, signal))?.tables[0]?.hasObjectsToRestore).toBe(true);
        await ports.ddlWriter.restoreTable(fence, SOURCE, signal);
        await ports.ddlWriter.restoreTable(fence, SOURCE, signal);
        expect(await select('SELECT note FROM public.orders')).toEqual([{ note: 'one' }]);
        expect(await select(OBJECTS_SQL)).toEqual(before);
        expect((await ports.progress.read(TASK, signal))?.tables[0]?.hasObjectsToRestore).toBe(false);
      },
    );

    it.each(['create', 'truncate'] as const)(
      'an owner without the right to silence them does so too, in mode %s',
      async (prepare) => {
        const user = `${database.endpoint.database ?? ''}_owner`;
        await database.admin
          .query(`CREATE ROLE ${user} LOGIN; GRANT CREATE ON DATABASE ${database.endpoint.database ?? ''} TO ${user};
        ALTER TABLE public.orders OWNER TO ${user}; ALTER TABLE public.customer OWNER TO ${user}; ALTER TABLE public.item OWNER TO ${user};
        GRANT ALL ON SCHEMA dmsctl TO ${user}; GRANT ALL ON ALL TABLES IN SCHEMA dmsctl TO ${user}`);
        const owner = database.open(user);
        const table = targetTable({ mapping, prepare, exists: true });
        await owner.ddlWriter.prepareTable(fence, table, signal);
        await owner.ddlWriter.prepareTable(fence, table, signal);
        await owner.progress.recordParts(fence, SOURCE, [WHOLE_TABLE], signal);
        await owner.loader.loadPart(fence, partLoad(textRows('1\tone\t7\n'), { table }), ignore, signal);
        await owner.ddlWriter.finishTable(fence, table, signal);
        const failing = owner.ddlWriter.restoreTable(fence, SOURCE, signal);
        await expect(failing).rejects.toMatchObject({ code: 'PG_RESTORE_FAILED' });
        await database.admin.query('INSERT INTO public.customer VALUES (7)');
        await owner.ddlWriter.restoreTable(fence, SOURCE, signal);
        expect(await select('SELECT note FROM public.orders')).toEqual([{ note: 'one' }]);
        expect(await select(OBJECTS_SQL)).toEqual(before);
        await owner.connections.close();
        await database.admin.query(`REASSIGN OWNED BY ${user} TO postgres; DROP OWNED BY ${user}; DROP ROLE ${user}`);
      },
    );

    it('does not end well over rows that break a key which was silenced', async () => {
      await database.admin.query(`
        CREATE TABLE public.pair (a integer, b integer, UNIQUE (a, b));
        ALTER TABLE public.orders ADD CONSTRAINT full_match FOREIGN KEY (customer, id)
          REFERENCES public.pair (a, b) MATCH FULL`);
      const table = targetTable({ mapping, prepare: 'create', exists: true });
      await ports.ddlWriter.prepareTable(fence, table, signal);
      await ports.ddlWriter.prepareTable(fence, table, signal);
      await ports.progress.recordParts(fence, SOURCE, [WHOLE_TABLE], signal);
      const rows = textRows('1\tone\t7\n2\ttwo\t8\n3\tthree\t\\N\n');
      await ports.loader.loadPart(fence, partLoad(rows, { table }), ignore, signal);
      await ports.ddlWriter.finishTable(fence, table, signal);
      const restore = async () => ports.ddlWriter.restoreTable(fence, SOURCE, signal);
      await expect(restore()).rejects.toMatchObject({
        code: 'PG_RESTORE_FAILED',
        detail: expect.stringContaining(
          '3 rows break the foreign key full_match, 2 rows break the foreign key to customer',
        ) as string,
      });
      expect((await ports.progress.read(TASK, signal))?.tables[0]?.hasObjectsToRestore).toBe(true);
      await database.admin.query('INSERT INTO public.customer VALUES (7), (8)');
      await database.admin.query('ALTER TABLE public.orders DROP CONSTRAINT full_match');
      await restore();
      await database.admin.query('DROP TABLE public.pair');
      expect(await select(OBJECTS_SQL)).toEqual(before);
    });

    it('asks a partition for the keys of its root, and a root for those of its partitions', async () => {
      await database.admin.query(`
        DROP TABLE public.item; DROP TABLE public.orders;
        CREATE TABLE public.customers (id integer PRIMARY KEY) PARTITION BY LIST (id);
        CREATE TABLE public.customers_7 PARTITION OF public.customers FOR VALUES IN (7);
        CREATE TABLE public.customers_8 PARTITION OF public.customers FOR VALUES IN (8);
        INSERT INTO public.customers VALUES (7), (8);
        CREATE TABLE public.root (id integer, note text, customer integer CONSTRAINT of_root REFERENCES public.customers)
          PARTITION BY LIST (id);
        CREATE TABLE public.orders PARTITION OF public.root DEFAULT PARTITION BY LIST (id);
        CREATE TABLE public.leaf PARTITION OF public.orders DEFAULT;
        ALTER TABLE public.leaf ADD CONSTRAINT of_leaf FOREIGN KEY (customer) REFERENCES public.customer`);
      const table = targetTable({ mapping, prepare: 'create', exists: true });
      await ports.ddlWriter.prepareTable(fence, table, signal);
      await ports.progress.recordParts(fence, SOURCE, [WHOLE_TABLE], signal);
      const rows = textRows('1\tone\t7\n2\ttwo\t8\n3\tthree\t9\n');
      await ports.loader.loadPart(fence, partLoad(rows, { table }), ignore, signal);
      await ports.ddlWriter.finishTable(fence, table, signal);
      await expect(ports.ddlWriter.restoreTable(fence, SOURCE, signal)).rejects.toMatchObject({
        detail: expect.stringMatching(
          /: 3 rows break the foreign key of_leaf, 1 rows break the foreign key \w+:/,
        ) as string,
      });
    });

    it('puts them back when the task is removed', async () => {
      const table = targetTable({ mapping, prepare: 'truncate', exists: true });
      await ports.ddlWriter.prepareTable(fence, table, signal);
      expect(await select(OBJECTS_SQL)).not.toEqual(before);
      const removed = await ports.progress.remove(TASK, { withTables: true }, signal);
      expect(removed).toEqual({ tables: [], controlTables: true });
      expect(await select(OBJECTS_SQL)).toEqual(before);
    });
  });

  it('removes control rows, created tables on demand, and the control tables with the last task', async () => {
    const second = await ports.lease.claim({ ...TASK, task: 'second' }, CLAIM, signal);
    await loadAll(targetTable(), ports, '1\tone\n');
    expect(await ports.progress.remove(TASK, { withTables: true }, signal)).toEqual({
      tables: [targetTable().mapping.target],
      controlTables: false,
    });
    expect(await ports.progress.read(TASK, signal)).toBeNull();
    await database.admin.query('CREATE VIEW dmsctl.mine AS SELECT 1');
    expect((await ports.progress.remove(second.task, { withTables: false }, signal)).controlTables).toBe(true);
    expect(await select(`SELECT relname FROM pg_class WHERE relnamespace = 'dmsctl'::regnamespace`)).toEqual([
      { relname: 'mine' },
    ]);
    expect(await select(`SELECT to_regclass('public.orders') AS orders`)).toEqual([{ orders: null }]);
  });

  it('comes to the same end after a kill before and after every statement', async () => {
    await database.admin.query(AWKWARD_TABLE_SQL);
    await database.admin.query('INSERT INTO public.customer VALUES (7)');
    const before = await select(OBJECTS_SQL);
    const mapping = tableMapping({
      columns: [column('id', 'integer'), column('note', 'text'), column('customer', 'integer')],
    });
    const table = targetTable({ mapping, prepare: 'truncate', exists: true });
    let kills = 0;
    for (let statement = 1; ; statement += 1) {
      await database.admin.query('DELETE FROM dmsctl.table_state; DELETE FROM dmsctl.chunk; DELETE FROM public.orders');
      await database.admin.query(`INSERT INTO public.orders VALUES (900, 'old', NULL)`);
      const killing = new KillingConnections(database, statement);
      const isKilled = await loadAll(table, openPorts(killing), '1\tone\t7\n2\ttwo\t7\n').then(
        () => false,
        () => true,
      );
      await killing.close();
      await untilGone(database);
      if (!isKilled) break;
      kills += 1;
      await loadAll(table, ports, '1\tone\t7\n2\ttwo\t7\n');
      expect(await select('SELECT id, note FROM public.orders ORDER BY 1')).toEqual([
        { id: 1, note: 'one' },
        { id: 2, note: 'two' },
      ]);
      expect(await select(OBJECTS_SQL)).toEqual(before);
    }
    expect(kills).toBeGreaterThan(40);
  }, 300_000);
});

/** A killed session may still carry out its COMMIT; what comes after it must find the end of that. */
async function untilGone({ admin }: TargetDatabase): Promise<void> {
  const sessions = `SELECT count(*)::int AS open FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND application_name = 'dmsctl'
      AND state <> 'idle'`;
  for (;;) {
    const { rows } = await admin.query<{ readonly open: number }>(sessions);
    if (rows[0]?.open === 0) return;
    await new Promise(setImmediate);
  }
}

/** Kills the connection right after it has sent its nth statement: the server may or may not carry it out. */
class KillingConnections extends PostgresConnections {
  #left: number;

  constructor(database: TargetDatabase, statement: number) {
    super(database.endpoint, 'target');
    this.#left = statement;
  }

  override async acquire(signalOfUse: AbortSignal): Promise<PostgresConnection> {
    const connection = await super.acquire(signalOfUse);
    const query = connection.query.bind(connection);
    connection.query = async (...args: Parameters<typeof query>) => {
      this.#left -= 1;
      if (this.#left > 0) return query(...args) as never;
      const sent = query(...args);
      sent.catch(ignore);
      await new Promise((resolve) => setImmediate(resolve));
      connection.destroy();
      return sent as never;
    };
    return connection;
  }
}
