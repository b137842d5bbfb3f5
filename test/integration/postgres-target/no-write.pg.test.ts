import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WHOLE_TABLE } from '../../../src/model/load-part.js';
import { startPostgres } from '../../servers/postgres.js';
import type { TestServer } from '../../servers/test-server.js';
import { CLAIM, partLoad, TASK, tableMapping, targetTable, textRows } from './load-fixtures.js';
import { createTargetDatabase, type TargetDatabase, type TargetPorts } from './target-database.js';

const { signal } = new AbortController();

/** On a server of its own, where nobody else writes; with checksums, which log even hint bits. */
describe('reading the target after a load', () => {
  let server: TestServer;
  let database: TargetDatabase;

  beforeAll(async () => {
    const settings = { autovacuum: 'off', checkpoint_timeout: '1h', wal_level: 'minimal', max_wal_senders: '0' };
    server = await startPostgres({ settings });
    database = await createTargetDatabase(server);
  });
  afterAll(async () => {
    await database.dispose();
    await server.stop();
  });

  it('writes nothing to the log, also right after a checkpoint', async () => {
    expect((await database.admin.query('SHOW data_checksums')).rows).toEqual([{ data_checksums: 'on' }]);
    const loading = database.open();
    const fence = await loading.lease.claim(TASK, CLAIM, signal);
    for (let number = 1; number <= 5; number += 1) await loadTable(loading, { fence, table: `orders_${number}` });
    await loading.lease.release(fence, signal);

    const reading = database.open();
    await database.admin.query('CHECKPOINT');
    const before = await readLogPosition();
    await readAll(reading);
    expect(await readLogPosition()).toBe(before);
  });

  async function loadTable(
    ports: TargetPorts,
    {
      fence,
      table: name,
    }: { readonly fence: Awaited<ReturnType<TargetPorts['lease']['claim']>>; readonly table: string },
  ): Promise<void> {
    const mapping = tableMapping({
      source: { schema: 'shop', table: name },
      target: { schema: 'public', table: name },
    });
    const table = targetTable({ mapping });
    await ports.ddlWriter.prepareTable(fence, table, signal);
    await ports.progress.recordParts(fence, mapping.source, [WHOLE_TABLE], signal);
    const rows = textRows(...Array.from({ length: 1000 }, (_, id) => `${id}\tnote\n`));
    await ports.loader.loadPart(fence, partLoad(rows, { table }), () => undefined, signal);
    await ports.ddlWriter.finishTable(fence, table, signal);
  }

  async function readAll(ports: TargetPorts): Promise<void> {
    const progress = await ports.progress.read(TASK, signal);
    expect(progress?.tables).toHaveLength(5);
    await ports.inspector.describeServer(signal);
    const tables = progress?.tables.map(({ target }) => target) ?? [];
    const catalog = await ports.inspector.inspect({ tables, userTypes: [] }, signal);
    expect(catalog.tables.map(({ hasRows }) => hasRows)).toEqual([true, true, true, true, true]);
  }

  async function readLogPosition(): Promise<string> {
    const { rows } = await database.admin.query<{ position: string }>('SELECT pg_current_wal_insert_lsn() AS position');
    return rows[0]?.position ?? '';
  }
});
