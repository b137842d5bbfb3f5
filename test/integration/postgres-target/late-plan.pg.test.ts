import { afterAll, beforeAll, expect, it } from 'vitest';
import { WHOLE_TABLE } from '../../../src/model/load-part.js';
import { describeWithServer } from '../../servers/describe-with-server.js';
import { CLAIM, partLoad, TASK, targetTable, textRows } from './load-fixtures.js';
import { createTargetDatabase, type TargetDatabase } from './target-database.js';

const { signal } = new AbortController();

describeWithServer('postgres', 'a run that was planned before another one ended', (server) => {
  let database: TargetDatabase;

  beforeAll(async () => {
    database = await createTargetDatabase(server);
  });
  afterAll(async () => database.dispose());

  // Its plan says "load"; recording parts anew once set the table back to `loading`, whose key could then never be built.
  it('leaves a table loaded that the other one has finished', async () => {
    const { lease, ddlWriter, progress, loader } = database.open();
    const table = targetTable();
    const name = table.mapping.source;
    const rows = textRows('1\tone\n');
    for (let run = 1; run <= 2; run += 1) {
      const fence = await lease.claim(TASK, CLAIM, signal);
      await ddlWriter.prepareTable(fence, table, signal);
      const parts = await progress.recordParts(fence, name, [WHOLE_TABLE], signal);
      expect(parts).toMatchObject([{ isDone: run === 2 }]);
      if (run === 1) await loader.loadPart(fence, partLoad(rows, { table }), () => undefined, signal);
      await ddlWriter.finishTable(fence, table, signal);
    }
    expect(await progress.read(TASK, signal)).toMatchObject({ tables: [{ phase: 'loaded', rows: 1 }] });
  });
});
