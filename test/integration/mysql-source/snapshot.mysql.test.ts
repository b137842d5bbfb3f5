import { afterAll, beforeAll, expect, it } from 'vitest';
import { DmsctlError, toDmsctlError } from '../../../src/errors/dmsctl-error.js';
import { retryPolicy } from '../../../src/errors/retry-policy.js';
import { WHOLE_TABLE } from '../../../src/model/load-part.js';
import { describeWithServer } from '../../servers/describe-with-server.js';
import { MYSQL_FAMILY, parseCopyText, snapshotTable, SourceDatabase } from './source-database.js';

for (const engine of MYSQL_FAMILY) {
  describeWithServer(engine, `snapshot on ${engine}`, (server) => {
    let database: SourceDatabase;
    beforeAll(async () => {
      database = await SourceDatabase.create(server);
      await database.run('CREATE TABLE t (id int PRIMARY KEY, v int)', 'INSERT INTO t VALUES (1, 1)');
    });
    afterAll(() => database.dispose());

    it('holds nothing that was committed after its boundary was taken', async () => {
      const table = snapshotTable(await database.table('t'));
      await database.withSnapshot(async (snapshot) => {
        const part = await snapshot.openPart(table, WHOLE_TABLE, 'copy-text', database.signal);
        await database.run('INSERT INTO t VALUES (2, 2)', 'UPDATE t SET v = 9 WHERE id = 1');
        const rows = [];
        for await (const batch of part.batches) rows.push(...parseCopyText(batch.bytes));
        await part.close();
        expect(rows).toEqual([['1', '1']]);
      });
    });

    it('knows its position in the binary log', async () => {
      const { boundaries } = await database.read('t');
      const [boundary] = boundaries;
      if (engine === 'mariadb') {
        if (boundary?.kind !== 'exact') throw new Error('the boundary is not exact');
        expect(boundary.position).toMatch(/^binlog\.\d+:\d+$/);
      } else {
        if (boundary?.kind !== 'window') throw new Error('the boundary is no window');
        expect(boundary.position).toMatch(/^binlog\.\d+:\d+;[-0-9a-f]{36}:/);
        expect(boundary.until).toMatch(/^binlog\.\d+:\d+;[-0-9a-f]{36}:/);
      }
    });

    it('refuses a table whose column changed its type since the plan', async () => {
      await database.run('CREATE TABLE changed (id int PRIMARY KEY, v int)');
      const table = snapshotTable(await database.table('changed'));
      await database.run('ALTER TABLE changed MODIFY v varchar(10)');
      await database.withSnapshot(async (snapshot) => {
        const opened = snapshot.openPart(table, WHOLE_TABLE, 'copy-text', database.signal);
        await expect(opened).rejects.toMatchObject({ code: 'MYSQL_TABLE_CHANGED' });
      });
    });

    it('refuses a table whose key is ordered otherwise since the part before', async () => {
      await database.run('CREATE TABLE reordered (k varchar(20) COLLATE utf8mb4_general_ci PRIMARY KEY)');
      await database.run("INSERT INTO reordered VALUES ('a1'), ('a2'), ('B1')");
      const table = snapshotTable(await database.table('reordered'));
      await database.withSnapshot(async (snapshot) => {
        const first = await snapshot.openPart(
          table,
          { number: 1, range: { after: null, upTo: ['a2'] } },
          'copy-text',
          database.signal,
        );
        await first.close();
        // 'B1', which stood behind 'a2', stands before it now: no part would hold it.
        await database.run('ALTER TABLE reordered MODIFY k varchar(20) COLLATE utf8mb4_bin');
        const second = snapshot.openPart(
          table,
          { number: 2, range: { after: ['a2'], upTo: null } },
          'copy-text',
          database.signal,
        );
        await expect(second).rejects.toMatchObject({
          code: 'MYSQL_TABLE_CHANGED',
          detail: expect.stringContaining('utf8mb4_bin and were utf8mb4_general_ci') as string,
        });
      });
    });

    it('hands over rows larger than a packet and a batch', async () => {
      await database.run('CREATE TABLE large (id int PRIMARY KEY, v longtext, b longblob)');
      await database.run("INSERT INTO large VALUES (1, REPEAT('x\\n', 7000000), NULL), (2, 'y', REPEAT('z', 9000000))");
      await database.run("UPDATE large SET b = REPEAT('z', 9000000)");
      const { rows } = await database.read('large');
      expect(rows.map(([id, v, b]) => [id, v?.length, b?.length])).toEqual([
        ['1', 14_000_000, 18_000_002],
        ['2', 1, 18_000_002],
      ]);
    });

    it('delivers every row to a slow reader', async () => {
      await database.run('CREATE TABLE slow (id int PRIMARY KEY, v char(250))');
      const values = Array.from({ length: 20_000 }, (_, id) => `(${id}, REPEAT('v', 250))`);
      await database.run(`INSERT INTO slow VALUES ${values.join(', ')}`);
      const table = snapshotTable(await database.table('slow'));
      await database.withSnapshot(async (snapshot) => {
        const part = await snapshot.openPart(table, WHOLE_TABLE, 'copy-text', database.signal);
        let rows = 0;
        for await (const batch of part.batches) {
          // The event loop goes round while this batch is held, so that the server fills what it may fill.
          await new Promise((resolve) => setImmediate(resolve));
          rows += batch.rows;
        }
        await part.close();
        expect(rows).toBe(20_000);
      });
    });

    it('ends a read that is aborted', async () => {
      const table = snapshotTable(await database.table('slow'));
      const abort = new AbortController();
      await database.withSnapshot(async (snapshot) => {
        const part = await snapshot.openPart(table, WHOLE_TABLE, 'copy-text', abort.signal);
        const read = async (): Promise<void> => {
          for await (const batch of part.batches) abort.abort(new Error(`stop after ${batch.rows > 0}`));
        };
        await expect(read()).rejects.toThrow('stop after true');
        await part.close();
      });
    });

    it('says that the connection was lost when the server ends it in the middle', async () => {
      await database.run('CREATE TABLE killed (id int AUTO_INCREMENT PRIMARY KEY, v text)');
      await database.run("INSERT INTO killed (v) VALUES (REPEAT('v', 60000))");
      for (let rows = 1; rows < 1000; rows *= 2) await database.run('INSERT INTO killed (v) SELECT v FROM killed');
      const table = snapshotTable(await database.table('killed'));
      await database.withSnapshot(async (snapshot) => {
        const part = await snapshot.openPart(table, WHOLE_TABLE, 'copy-text', database.signal);
        const read = async (): Promise<void> => {
          let batches = 0;
          // Once: a second KILL may come too late and fail itself.
          for await (const batch of part.batches)
            if (batch.rows > 0 && batches++ === 0) await database.killReaderOf('killed');
        };
        const error = await read().catch(toDmsctlError);
        await part.close();
        expect(error).toBeInstanceOf(DmsctlError);
        expect(error && retryPolicy(error.code)).toBe('backoff');
      });
    });

    it('gives the connection of an unfinished part up and goes on with others', async () => {
      const table = snapshotTable(await database.table('slow'));
      await database.withSnapshot(async (snapshot) => {
        const unfinished = await snapshot.openPart(table, WHOLE_TABLE, 'copy-text', database.signal);
        for await (const batch of unfinished.batches) {
          expect(batch.rows).toBeGreaterThan(0);
          break;
        }
        await unfinished.close();
        const part = await snapshot.openPart(table, WHOLE_TABLE, 'copy-text', database.signal);
        let rows = 0;
        for await (const batch of part.batches) rows += batch.rows;
        await part.close();
        expect(rows).toBe(20_000);
      });
    });
  });
}
