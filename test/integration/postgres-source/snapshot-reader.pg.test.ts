import { expect, it } from 'vitest';
import { openPostgresSource } from '../../../src/engines/postgres/engine.js';
import { DmsctlError } from '../../../src/errors/dmsctl-error.js';
import { WHOLE_TABLE } from '../../../src/model/load-part.js';
import { describeWithServer } from '../../servers/describe-with-server.js';
import { createSourceDatabase, endpointAt, readPart, signal, textRows, writeRows } from './source-database.js';

/** Each type with the values that others got wrong. */
const TYPED_COLUMNS = `
  id int PRIMARY KEY, i8 bigint, n numeric, n2 numeric(20, 4), f4 real, f8 double precision, b boolean, t text,
  v varchar(20), c char(5), by bytea, bi bit(3), vb bit varying, d date, ti time, tz timetz, ts timestamp, tstz timestamptz,
  j json, jb jsonb, u uuid, ip inet, ci cidr, ma macaddr, ia int[], ta text[], po point, mo money`;
const TYPED_ROWS = `
  (1, 9223372036854775807, 'NaN', -0.5, 'NaN', '-Infinity', true, E'a\\tb\\nc\\\\.', '\\N', 'ab', '\\x00ff', '101', '1',
   'infinity', '24:00', '23:59:59.999999-15:59', '4714-11-24 00:00 BC', '294276-12-31 23:59:59.999999+00',
   '{"a": 1.0, "a": 2}', '{"b": 1e40, "a": null}', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '::1/64', '10.0.0.0/8',
   '08:00:2b:01:02:03', '[0:1]={1,NULL}', '{"NULL",NULL,"","a\\"b","{}"}', '(1.5,-0)', '-92233720368547758.08'),
  (2, -9223372036854775808, 1e-100, 9999999999999999.9999, 1e-45, 5e-324, false, '', '', '', '', '000', '', '-infinity',
   '00:00', '00:00+15:59', '-infinity', '0001-01-01 00:00+00', 'null', 'null', NULL, '1.2.3.4', '::/0', NULL, '{}',
   '{{a,b},{c,d}}', NULL, 0),
  (3${', NULL'.repeat(27)}),
  (4, 0, 12345678901234567890.12345678901234567890, 0, '-0', '-0', NULL, '👩‍👧 ümläut', 'x', '  x', NULL, NULL, NULL,
   '0001-01-01 BC', NULL, NULL, '2024-02-29 12:00:00.000001', 'infinity', NULL, '"\\\\"', NULL, NULL, NULL, NULL, NULL,
   NULL, NULL, NULL)`;

describeWithServer('postgres', 'snapshot reader of PostgreSQL', (server) => {
  it.each(['copy-text', 'copy-binary'] as const)('carries every value unchanged as %s', async (format) => {
    await using database = await createSourceDatabase(server);
    await database.query(`CREATE TABLE original (${TYPED_COLUMNS})`);
    await database.query(`INSERT INTO original VALUES ${TYPED_ROWS}`);
    await database.query('CREATE TABLE copied (LIKE original)');
    const table = await database.table('original');
    expect(database.source.snapshotReader.formats(table)).toEqual(['copy-binary', 'copy-text']);

    const snapshot = await database.source.snapshotReader.open(signal);
    const content = await readPart(snapshot, table, { format });
    await snapshot.close();
    expect(content.rows).toBe(4);
    const target = { schema: 'public', table: 'copied' };
    await writeRows(database.endpoint, target, { content, format, mapping: table.mapping });
    const dump = (name: string) => database.query(`SELECT t::text FROM ${name} t ORDER BY id`);
    expect(await dump('copied')).toEqual(await dump('original'));
  });

  it('leaves types that carry oids or changed their binary form to text', async () => {
    await using database = await createSourceDatabase(server);
    await database.query(`CREATE TYPE mood AS ENUM ('ok')`);
    for (const type of ['interval', 'mood', 'mood[]', 'xml', 'regclass', 'int4range']) {
      await database.query(`CREATE TABLE one_column (a ${type})`);
      const table = await database.table('one_column');
      expect([type, database.source.snapshotReader.formats(table)]).toEqual([type, ['copy-text']]);
      await database.query('DROP TABLE one_column');
    }
  });

  it('shows all tables as of one moment', async () => {
    await using database = await createSourceDatabase(server);
    await database.query('CREATE TABLE a AS SELECT 1 AS id');
    await database.query('CREATE TABLE b AS SELECT 1 AS id');
    const [a, b] = [await database.table('a'), await database.table('b')];
    const snapshot = await database.source.snapshotReader.open(signal);
    expect(textRows(await readPart(snapshot, a))).toEqual(['1']);
    await database.query('INSERT INTO b VALUES (2)');
    await database.query('UPDATE a SET id = 3');
    expect(textRows(await readPart(snapshot, b))).toEqual(['1']);
    const opened = await snapshot.openPart(a, WHOLE_TABLE, 'copy-text', signal);
    await opened.close();
    const [visible] = await database.query(
      `SELECT pg_visible_in_snapshot(xmin::text::xid8, $1) AS is_visible FROM b WHERE id = 2`,
      [opened.boundary.kind === 'exact' ? opened.boundary.token : null],
    );
    expect(visible).toEqual({ is_visible: 'f' });
    await snapshot.close();
  });

  it('reads a table without its children, a partitioned one with its partitions, and one without columns', async () => {
    await using database = await createSourceDatabase(server);
    await database.query('CREATE TABLE parent (id int)');
    await database.query('CREATE TABLE child () INHERITS (parent)');
    await database.query('INSERT INTO parent VALUES (1)');
    await database.query('INSERT INTO child VALUES (2)');
    await database.query('CREATE TABLE parted (id int) PARTITION BY RANGE (id)');
    await database.query('CREATE TABLE low PARTITION OF parted FOR VALUES FROM (0) TO (10)');
    await database.query('CREATE TABLE high PARTITION OF parted FOR VALUES FROM (10) TO (20)');
    await database.query('INSERT INTO parted VALUES (1), (11)');
    await database.query('CREATE TABLE bare ()');
    await database.query('INSERT INTO bare DEFAULT VALUES');
    const snapshot = await database.source.snapshotReader.open(signal);
    expect(textRows(await readPart(snapshot, await database.table('parent')))).toEqual(['1']);
    expect(textRows(await readPart(snapshot, await database.table('child')))).toEqual(['2']);
    expect(textRows(await readPart(snapshot, await database.table('parted')))).toEqual(['1', '11']);
    const bare = await database.table('bare');
    for (const format of ['copy-text', 'copy-binary'] as const) {
      expect((await readPart(snapshot, bare, { format })).rows).toBe(1);
    }
    await snapshot.close();
  });

  it('carries rows larger than any batch', async () => {
    await using database = await createSourceDatabase(server);
    await database.query(
      `CREATE TABLE wide AS SELECT repeat(chr(64 + n), 20000000 * (n % 2)) AS t FROM generate_series(1, 4) n`,
    );
    const snapshot = await database.source.snapshotReader.open(signal);
    const rows = textRows(await readPart(snapshot, await database.table('wide')));
    expect(rows.map((row) => row.length)).toEqual([20_000_000, 0, 20_000_000, 0]);
    expect(rows[2]).toBe('C'.repeat(20_000_000));
    await snapshot.close();
  });

  it.each([
    ['truncated', 'TRUNCATE t'],
    ['rewritten', 'ALTER TABLE t ALTER COLUMN id TYPE bigint'],
    ['replaced', 'DROP TABLE t; CREATE TABLE t AS SELECT 1 AS id'],
  ])('fails closed when a table was %s after the view was opened', async (_what, sql) => {
    await using database = await createSourceDatabase(server);
    await database.query('CREATE TABLE t AS SELECT n AS id FROM generate_series(1, 10) n');
    const table = await database.table('t');
    const snapshot = await database.source.snapshotReader.open(signal);
    for (const statement of sql.split('; ')) await database.query(statement);
    await expect(readPart(snapshot, table)).rejects.toMatchObject({ code: 'PG_SNAPSHOT_LOST' });
    expect(snapshot.isUsable()).toBe(false);
    await snapshot.close();
  });

  it('notices a column that changed its type without a rewrite', async () => {
    await using database = await createSourceDatabase(server);
    await database.query('CREATE TABLE t (at timestamp)');
    const table = await database.table('t');
    const snapshot = await database.source.snapshotReader.open(signal);
    await database.query('SET TimeZone TO UTC');
    await database.query('ALTER TABLE t ALTER COLUMN at TYPE timestamptz');
    await expect(readPart(snapshot, table)).rejects.toMatchObject({ code: 'PG_SNAPSHOT_LOST' });
    await snapshot.close();
    const next = await database.source.snapshotReader.open(signal);
    await expect(readPart(next, table)).rejects.toMatchObject({ code: 'PG_TABLE_CHANGED' });
    await database.query('ALTER TABLE t RENAME COLUMN at TO since');
    await expect(readPart(next, table)).rejects.toMatchObject({ code: 'PG_COLUMN_MISSING' });
    await database.query('DROP TABLE t');
    await expect(readPart(next, table)).rejects.toMatchObject({ code: 'PG_TABLE_MISSING' });
    await next.close();
  });

  it.each([
    ['a partition was attached', 'ALTER TABLE t ATTACH PARTITION t_1 FOR VALUES IN (1)'],
    ['a partition was detached', 'ALTER TABLE t DETACH PARTITION t_0'],
    ['a key column got another collation', 'ALTER TABLE t ALTER k TYPE text COLLATE "C"'],
  ])('stops the table, not only the view, when %s between two parts', async (_what, sql) => {
    await using database = await createSourceDatabase(server);
    await database.query('CREATE TABLE t (id int, b int, k text, PRIMARY KEY (id, b, k)) PARTITION BY LIST (b)');
    await database.query('CREATE TABLE t_0 PARTITION OF t FOR VALUES IN (0)');
    await database.query('CREATE TABLE t_1 (id int NOT NULL, b int NOT NULL, k text NOT NULL)');
    await database.query(`INSERT INTO t VALUES (1, 0, 'a')`);
    await database.query(`INSERT INTO t_1 VALUES (2, 1, 'a')`);
    const table = await database.table('t');
    const snapshot = await database.source.snapshotReader.open(signal);
    expect((await readPart(snapshot, table)).rows).toBe(1);
    await database.query(sql);
    await expect(readPart(snapshot, table)).rejects.toMatchObject({ code: 'PG_TABLE_CHANGED' });
    await snapshot.close();
    const next = await database.source.snapshotReader.open(signal);
    await expect(readPart(next, table)).rejects.toMatchObject({ code: 'PG_TABLE_CHANGED' });
    await next.close();
  });

  it('stops a part during which a partition was attached', async () => {
    await using database = await createSourceDatabase(server);
    await database.query('CREATE TABLE t (b int) PARTITION BY LIST (b)');
    await database.query('CREATE TABLE t_0 PARTITION OF t FOR VALUES IN (0)');
    await database.query('INSERT INTO t VALUES (0)');
    await database.query('CREATE TABLE t_1 AS SELECT 1 AS b');
    const table = await database.table('t');
    const snapshot = await database.source.snapshotReader.open(signal);
    const opened = await snapshot.openPart(table, WHOLE_TABLE, 'copy-text', signal);
    await database.query('ALTER TABLE t ATTACH PARTITION t_1 FOR VALUES IN (1)');
    const reading = (async () => {
      let rows = 0;
      for await (const batch of opened.batches) rows += batch.rows;
      return rows;
    })();
    await expect(reading).rejects.toMatchObject({ code: 'PG_TABLE_CHANGED' });
    await opened.close();
    await snapshot.close();
  });

  it('fails closed when the session that holds the view dies, while parts under way go on', async () => {
    await using database = await createSourceDatabase(server);
    await database.query(
      'CREATE TABLE t AS SELECT n AS id, repeat(chr(97), 1000) AS fill FROM generate_series(1, 20000) n',
    );
    const table = await database.table('t');
    const snapshot = await database.source.snapshotReader.open(signal);
    const opened = await snapshot.openPart(table, WHOLE_TABLE, 'copy-text', signal);
    await database.query(
      `SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
       WHERE datname = current_database() AND query LIKE '%pg_export_snapshot%' AND pid <> pg_backend_pid()`,
    );
    await expect.poll(() => snapshot.isUsable()).toBe(false);
    await expect(readPart(snapshot, table)).rejects.toMatchObject({ code: 'PG_SNAPSHOT_LOST' });
    let rows = 0;
    for await (const batch of opened.batches) rows += batch.rows;
    expect(rows).toBe(20_000);
    await opened.close();
    await snapshot.close();
  });

  it('reports a session that is ended in the middle of its rows', async () => {
    await using database = await createSourceDatabase(server);
    await database.query(
      `CREATE TABLE t AS SELECT n AS id, repeat('a', 1000) AS fill FROM generate_series(1, 50000) n`,
    );
    const table = await database.table('t');
    const snapshot = await database.source.snapshotReader.open(signal);
    const opened = await snapshot.openPart(table, WHOLE_TABLE, 'copy-text', signal);
    const reading = (async () => {
      for await (const batch of opened.batches) {
        if (batch.rows === 0) continue;
        await database.query(
          `SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
           WHERE datname = current_database() AND query LIKE 'COPY %'`,
        );
      }
    })();
    await expect(reading).rejects.toMatchObject({
      code: expect.stringMatching(/^PG_(SERVER_SHUTDOWN|CONNECTION_LOST)$/) as string,
    });
    await opened.close();
    expect((await readPart(snapshot, table)).rows).toBe(50_000);
    await snapshot.close();
  });

  it('stops at an abort and leaves no session behind', async () => {
    await using database = await createSourceDatabase(server);
    await database.query(
      'CREATE TABLE t AS SELECT n AS id, repeat(chr(97), 1000) AS fill FROM generate_series(1, 50000) n',
    );
    const table = await database.table('t');
    const snapshot = await database.source.snapshotReader.open(signal);
    const abort = new AbortController();
    const opened = await snapshot.openPart(table, WHOLE_TABLE, 'copy-text', abort.signal);
    const reason = new Error('enough');
    const reading = (async () => {
      for await (const batch of opened.batches) if (batch.rows > 0) abort.abort(reason);
    })();
    await expect(reading).rejects.toBe(reason);
    await opened.close();
    const left = await snapshot.openPart(table, WHOLE_TABLE, 'copy-text', signal);
    await left.close();
    await snapshot.close();
    await database.source.close();
    const sessions = () =>
      database.query(
        `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'dmsctl'`,
      );
    await expect.poll(sessions).toEqual([]);
  });

  it('refuses to read through row security, and finds it before', async () => {
    await using database = await createSourceDatabase(server);
    const user = `reader_${database.endpoint.database ?? ''}`;
    await database.query('CREATE TABLE t (id int)');
    await database.query('ALTER TABLE t ENABLE ROW LEVEL SECURITY');
    await database.query(`CREATE ROLE ${user} LOGIN`);
    const limited = openPostgresSource(endpointAt(server, database.endpoint.database ?? '', user));
    const findings = async () => {
      const checks = limited.prechecks([{ schema: 'public', table: 't' }]);
      return (await Promise.all(checks.map((check) => check.run(signal)))).flat().map(({ check }) => check);
    };
    expect(await findings()).toEqual(['postgres.source-privileges', 'postgres.source-row-security']);
    await database.query(`GRANT SELECT ON t TO ${user}`);
    expect(await findings()).toEqual(['postgres.source-row-security']);
    const snapshot = await limited.snapshotReader.open(signal);
    const error = await readPart(snapshot, await database.table('t')).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(DmsctlError);
    expect(error).toMatchObject({ code: 'PG_INSUFFICIENT_PRIVILEGE' });
    await snapshot.close();
    await database.query(`ALTER ROLE ${user} BYPASSRLS`);
    expect(await findings()).toEqual([]);
    await limited.close();
    await database.query(`DROP OWNED BY ${user}`);
    await database.query(`DROP ROLE ${user}`);
  });
});
