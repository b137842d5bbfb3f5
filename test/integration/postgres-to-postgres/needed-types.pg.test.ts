import { expect, it } from 'vitest';
import { createDatabase } from '../../servers/create-database.js';
import { describeWithServer } from '../../servers/describe-with-server.js';
import { createFamilies } from '../../support/type-cases/type-case.js';
import { EXTENSION_TYPES, EXTENSIONS } from '../../support/type-cases/postgres/user-types.js';
import { moveTables, outcomeOf, planOf } from '../../support/type-run.js';

describeWithServer('postgres', 'types that dmsctl does not make', (server) => {
  it('of extensions are refused in the plan while the target lacks the extension', async () => {
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

  it('of tables are refused in the plan while the target lacks the table, and kept once it is there', async () => {
    await using source = await createDatabase(server);
    await using target = await createDatabase(server);
    await source.query('CREATE TABLE part (a int, b text)');
    await source.query('CREATE TABLE whole (id int PRIMARY KEY, one part, more part[])');
    await source.query(`INSERT INTO whole VALUES (1, ROW(1, 'x "y"'), ARRAY[ROW(2, NULL)::part])`);

    const tasks = { types: { include: ['public.whole'] } };
    const refused = await moveTables(source, target, tasks);
    expect(planOf(refused).findings).toMatchObject([{ check: 'plan.type-missing', object: 'type public.part' }]);
    expect(refused.apply.exitCode).toBe(77);

    await target.query('CREATE TABLE part (a int, b text)');
    expect(outcomeOf(await moveTables(source, target, tasks))).toEqual({ exitCodes: [0, 0], failures: [] });
    expect(await target.query('SELECT one::text, more::text FROM whole')).toEqual([
      { one: '(1,"x ""y""")', more: '{"(2,)"}' },
    ]);
  });
});
