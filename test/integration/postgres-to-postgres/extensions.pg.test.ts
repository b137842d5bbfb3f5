import { expect, it } from 'vitest';
import { createDatabase } from '../../servers/create-database.js';
import { describeWithServer } from '../../servers/describe-with-server.js';
import { createFamilies } from '../../support/type-cases/type-case.js';
import { EXTENSION_TYPES, EXTENSIONS } from '../../support/type-cases/postgres/user-types.js';
import { moveTables, planOf } from '../../support/type-run.js';

describeWithServer('postgres', 'types of extensions', (server) => {
  it('refuses them in the plan while the target lacks the extension, and says how to get it', async () => {
    await using source = await createDatabase(server);
    await using target = await createDatabase(server);
    for (const extension of EXTENSIONS) await source.query(`CREATE EXTENSION ${extension}`);
    await createFamilies(source, [EXTENSION_TYPES], '"');

    const move = await moveTables(source, target, { types: { include: ['public.*'] } });
    const fixes = planOf(move)
      .findings.filter(({ check }) => check === 'plan.extension-missing')
      .map(({ fix }) => fix);
    expect(fixes.map((fix) => /CREATE EXTENSION "(\w+)"/.exec(fix)?.[1]).sort()).toEqual(EXTENSIONS);
    expect(move.apply.exitCode).toBe(77);
    expect(await target.query(`SELECT relname FROM pg_class WHERE relname = $1`, [EXTENSION_TYPES.table])).toEqual([]);
  });
});
