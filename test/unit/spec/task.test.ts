import { describe, expect, it } from 'vitest';
import { changed, failureOf, problemsOf, VALID } from './spec-fixture.js';

describe('a task', () => {
  it.each([
    [
      'source: legacy',
      'source: nowhere',
      '15:13 tasks.load.source: "nowhere" is no endpoint, expected one of legacy, warehouse',
    ],
    ['source: legacy', 'source: warehouse', '16:13 tasks.load.target: the target is the same database as the source'],
    [
      '  load:',
      '  Load_1:',
      '13:3 tasks.Load_1: this key is not a name of lower-case letters, digits and - that starts with a letter, at most 63 characters',
    ],
    [
      "['shop.*']",
      '[shop]',
      '18:17 tasks.load.tables.include[0]: expected "schema.table", each part a name or a glob with * and ?',
    ],
    [
      "['shop.*']",
      '[.t]',
      '18:17 tasks.load.tables.include[0]: expected "schema.table", each part a name or a glob with * and ?',
    ],
    ["['shop.*']", '[]', '18:16 tasks.load.tables.include: is empty, expected at least one entry'],
    ["['shop.*']", '[{ schema: a }]', '18:17 tasks.load.tables.include[0].table: this key is missing'],
    ["['shop.*']", 'shop.*', '18:16 tasks.load.tables.include: found text, expected a list'],
    [
      'type: full-load',
      'type: fullload',
      '14:11 tasks.load.type: "fullload" is not valid here, expected one of full-load, full-load-and-cdc, cdc; did you mean "full-load"?',
    ],
  ])('%s → %s', async (from, to, problem) => {
    expect(await problemsOf(changed(from, to))).toEqual([problem]);
  });

  it('may not write to the database that it reads, under another name either', async () => {
    const twin = changed(
      'engine: mysql\n    host: old.internal',
      'engine: postgres\n    database: shop\n    host: NEW.internal',
    );
    expect(await problemsOf(twin)).toEqual(['17:13 tasks.load.target: the target is the same database as the source']);
  });

  it.each([
    ['zeroDate: 2001-02-29', '27 tasks.load.policies.zeroDate: there is no such day in the calendar'],
    ['zeroDate: 0000-01-01', '27 tasks.load.policies.zeroDate: there is no such day in the calendar'],
    ['zeroDate: nil', '27 tasks.load.policies.zeroDate: expected error, null or a date such as 1970-01-01'],
    [
      'nulCharacter: stripp',
      '31 tasks.load.policies.nulCharacter: expected error, strip, or a replacement that is unlike both; did you mean "strip"?',
    ],
  ])('refuses the policy %s', async (policy, problem) => {
    expect(await problemsOf(`${VALID}    policies: { ${policy} }\n`)).toEqual([`19:${problem}`]);
  });
});

describe('what is not built yet', () => {
  it('is refused by name, all of it at once', async () => {
    const text = changed('type: full-load', 'type: full-load-and-cdc').replace(
      "['shop.*']",
      "['shop.*', { schema: a, table: b, filter: id > 1, loadOrder: 3 }]",
    );
    const error = await failureOf(`${text}    transforms:
      - { match: 'shop.*', renameSchema: public }
    fullLoad: { stopAfter: full-load }
    cdc: { startFrom: now, stopAt: x, apply: batch }
    objects: full
    policies: { ddl: apply, truncate: stop, rowError: record }
    validation: { enabled: true }
`);
    expect(error).toMatchObject({ code: 'SPEC_NOT_SUPPORTED_YET', exitCode: 65 });
    expect(error.detail.split('\n')).toEqual([
      'dmsctl.yaml:14:11 tasks.load.type: "full-load-and-cdc" is not supported yet, only full-load',
      'dmsctl.yaml:18:50 tasks.load.tables.include[1].filter: this key is not supported yet',
      'dmsctl.yaml:18:66 tasks.load.tables.include[1].loadOrder: this key is not supported yet',
      'dmsctl.yaml:20:7 tasks.load.transforms: this value is not supported yet, only an empty list',
      'dmsctl.yaml:21:28 tasks.load.fullLoad.stopAfter: "full-load" is not supported yet, only never',
      'dmsctl.yaml:22:23 tasks.load.cdc.startFrom: "now" is not supported yet, only null',
      'dmsctl.yaml:22:36 tasks.load.cdc.stopAt: "x" is not supported yet, only null',
      'dmsctl.yaml:22:46 tasks.load.cdc.apply: "batch" is not supported yet, only transactional',
      'dmsctl.yaml:23:14 tasks.load.objects: "full" is not supported yet, only minimal',
      'dmsctl.yaml:24:22 tasks.load.policies.ddl: "apply" is not supported yet, only stop',
      'dmsctl.yaml:24:39 tasks.load.policies.truncate: "stop" is not supported yet, only apply',
      'dmsctl.yaml:24:55 tasks.load.policies.rowError: "record" is not supported yet, only stop',
      'dmsctl.yaml:25:28 tasks.load.validation.enabled: this value is not supported yet, only false',
    ]);
  });

  it('includes Oracle, and targets other than PostgreSQL', async () => {
    const oracle = await failureOf(changed('engine: mysql', 'engine: oracle'));
    expect(oracle.detail).toBe(
      'dmsctl.yaml:5:13 endpoints.legacy.engine: "oracle" is not supported yet, only postgres, mysql, mariadb',
    );
    const swapped = VALID.replace('source: legacy', 'source: warehouse').replace('target: warehouse', 'target: legacy');
    expect((await failureOf(swapped)).detail).toBe(
      'dmsctl.yaml:16:13 tasks.load.target: a target of engine mysql is not supported yet, only postgres',
    );
  });
});
