import { describe, expect, it } from 'vitest';
import { judgePrivileges, type TableRights } from '../../../../../src/engines/postgres/prechecks/source-privileges.js';
import { judgeRowSecurity } from '../../../../../src/engines/postgres/prechecks/source-row-security.js';
import { judgeServer, type ServerFacts } from '../../../../../src/engines/postgres/prechecks/source-server.js';

const READABLE: TableRights = { schema: 's', table: 't', user: 'migrator', hasUsage: 't', hasSelect: 't' };

describe('judgePrivileges', () => {
  it('finds nothing where all is granted, and nothing in a table that is gone', () => {
    expect(judgePrivileges([READABLE, { ...READABLE, hasSelect: null }])).toEqual([]);
  });

  it('prints the GRANTs, a schema only once', () => {
    const closed = { ...READABLE, hasUsage: 'f', hasSelect: 'f' } as const;
    const findings = judgePrivileges([closed, { ...closed, table: 'u"' }]);
    expect(findings.map(({ fix }) => fix.split('\n')[1])).toEqual([
      '  GRANT USAGE ON SCHEMA "s" TO "migrator";',
      '  GRANT SELECT ON "s"."t" TO "migrator";',
      '  GRANT SELECT ON "s"."u""" TO "migrator";',
    ]);
  });
});

it('judgeRowSecurity blocks tables whose policies would hide rows', () => {
  expect(judgeRowSecurity([{ schema: 's', table: 't', user: 'migrator' }])).toMatchObject([
    { severity: 'error', object: 's.t', fix: expect.stringContaining('ALTER ROLE "migrator" BYPASSRLS;') as string },
  ]);
});

describe('judgeServer', () => {
  const FACTS: ServerFacts = {
    endpoint: 'legacy',
    versionNumber: 180_004,
    encoding: 'UTF8',
    isPooled: false,
    isStandby: false,
    keepsQueries: false,
  };
  it.each([
    [{}, []],
    [{ versionNumber: 130_000 }, []],
    [{ versionNumber: 120_022 }, ['postgres.source-version']],
    [{ encoding: 'SQL_ASCII' }, ['postgres.source-encoding']],
    [{ isPooled: true }, ['postgres.source-pooler']],
    [{ isStandby: true }, ['postgres.source-standby']],
    [{ isStandby: true, keepsQueries: true }, []],
  ])('%o', (differences, checks) => {
    expect(judgeServer({ ...FACTS, ...differences }).map(({ check }) => check)).toEqual(checks);
  });
});
