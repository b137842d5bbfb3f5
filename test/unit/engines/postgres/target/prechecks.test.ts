import { describe, expect, it } from 'vitest';
import { judgeExtensions } from '../../../../../src/engines/postgres/prechecks/target-extensions.js';
import {
  judgePrivileges,
  type PrivilegeFacts,
} from '../../../../../src/engines/postgres/prechecks/target-privileges.js';
import { judgeTargetServer } from '../../../../../src/engines/postgres/prechecks/target-server.js';
import type { TargetTableFacts } from '../../../../../src/engines/postgres/prechecks/target-table-facts.js';
import { judgeTargetTables } from '../../../../../src/engines/postgres/prechecks/target-tables.js';

const SERVER = { endpoint: 'warehouse', database: 'My db', isStandby: false, isReadOnly: false, encoding: 'UTF8' };
const TABLE: TargetTableFacts = {
  name: { schema: 'public', table: 'Orders' },
  prepare: 'create',
  user: '"loader"',
  maySelect: true,
  mayInsert: true,
  mayTruncate: false,
  isOwner: false,
  hasTriggers: false,
  hasAlwaysTriggers: false,
  hasForeignKeys: false,
  isReferenced: false,
  isUnlogged: false,
  isRowSecurityActive: false,
  loadedPartitions: [],
};
const FACTS: PrivilegeFacts = {
  database: 'shop',
  user: '"loader"',
  mayCreateSchemas: false,
  schemas: [
    { schema: 'dmsctl', mayUse: true, mayCreate: true },
    { schema: 'public', mayUse: true, mayCreate: true },
  ],
  tables: [TABLE],
  isReplicaRoleAllowed: true,
};
const NEEDED = new Map([
  ['dmsctl', true],
  ['public', true],
]);

describe('target prechecks', () => {
  it('finds nothing where nothing is missing', () => {
    expect(judgeTargetServer(SERVER)).toEqual([]);
    expect(judgePrivileges(NEEDED, FACTS)).toEqual([]);
    expect(judgeTargetTables([TABLE])).toEqual([]);
    expect(judgeExtensions([], { endpoint: 'warehouse', installed: [], available: [] })).toEqual([]);
  });

  it('names a server that takes no writes or not every character', () => {
    expect(judgeTargetServer({ ...SERVER, isStandby: true, isReadOnly: true }).map(({ found }) => found)).toEqual([
      'The server is a standby.',
    ]);
    const [readOnly, encoding] = judgeTargetServer({ ...SERVER, isReadOnly: true, encoding: 'LATIN1' });
    expect(readOnly?.fix).toContain('\n  ALTER DATABASE "My db" SET default_transaction_read_only = off;');
    expect(encoding?.found).toBe('Database My db has the encoding LATIN1.');
  });

  it('prints the GRANT for schemas that are missing or closed', () => {
    const [database] = judgePrivileges(NEEDED, { ...FACTS, schemas: FACTS.schemas.slice(1) });
    expect(database?.fix).toContain('GRANT CREATE ON DATABASE "shop" TO "loader";');
    const closed = { schema: 'public', mayUse: false, mayCreate: false };
    expect(judgePrivileges(new Map([['public', true]]), { ...FACTS, schemas: [closed] })[0]?.fix).toContain(
      'GRANT USAGE, CREATE ON SCHEMA "public" TO "loader";',
    );
    expect(judgePrivileges(new Map([['public', false]]), { ...FACTS, schemas: [closed] })[0]?.fix).toContain(
      'GRANT USAGE ON SCHEMA "public" TO "loader";',
    );
  });

  it.each([
    [{ maySelect: false, mayInsert: false }, true, 'GRANT SELECT, INSERT ON "public"."Orders" TO "loader";'],
    [{ prepare: 'truncate' }, true, 'GRANT TRUNCATE ON "public"."Orders" TO "loader";'],
    [{ prepare: 'truncate', isReferenced: true }, true, 'ALTER TABLE "public"."Orders" OWNER TO "loader";'],
    [{ prepare: 'recreate' }, true, 'ALTER TABLE "public"."Orders" OWNER TO "loader";'],
    [{ hasAlwaysTriggers: true }, true, 'ALTER TABLE "public"."Orders" OWNER TO "loader";'],
    [{ hasTriggers: true }, false, 'ALTER TABLE "public"."Orders" OWNER TO "loader";'],
    [{ hasForeignKeys: true }, false, 'ALTER TABLE "public"."Orders" OWNER TO "loader";'],
    [{ hasForeignKeys: true, hasTriggers: true }, true, null],
    [{ isOwner: true, prepare: 'recreate', hasAlwaysTriggers: true }, false, null],
  ] as const)('table %o, replica role %s: %s', (facts, isReplicaRoleAllowed, fix) => {
    const findings = judgePrivileges(NEEDED, { ...FACTS, isReplicaRoleAllowed, tables: [{ ...TABLE, ...facts }] });
    expect(findings.map((finding) => finding.fix)).toEqual(
      fix === null ? [] : [`As the owner or a superuser:\n  ${fix}`],
    );
  });

  it('names tables that would lose or refuse rows, unless they are made anew', () => {
    const odd = { ...TABLE, isUnlogged: true, isRowSecurityActive: true };
    expect(judgeTargetTables([odd])).toHaveLength(2);
    expect(judgeTargetTables([odd])[0]?.fix).toContain('ALTER TABLE "public"."Orders" SET LOGGED;');
    expect(judgeTargetTables([{ ...odd, prepare: 'recreate' }])).toEqual([]);
  });

  it.each(['truncate', 'recreate', 'none'] as const)(
    'refuses a partitioned table and its partition in one task, prepare: %s',
    (prepare) => {
      const root = { ...TABLE, prepare, loadedPartitions: [{ schema: 'public', table: 'part' }] };
      const [finding, ...others] = judgeTargetTables([root]);
      expect(others).toEqual([]);
      expect(finding).toMatchObject({ severity: 'error', object: 'table public.Orders' });
      expect(finding?.found).toContain('public.part');
    },
  );

  it('asks once for each extension that is missing', () => {
    const types = ['geometry', 'geography'].map(
      (name) => ({ schema: 'gis', name, kind: 'extension', definition: 'postgis' }) as const,
    );
    const facts = { endpoint: 'warehouse', installed: [], available: ['postgis'] };
    const findings = judgeExtensions(types, facts);
    expect(findings.map(({ fix }) => fix)).toEqual(['Install it:\n  CREATE EXTENSION "postgis" SCHEMA "gis";']);
    expect(judgeExtensions(types, { ...facts, available: [] })[0]?.fix).toContain('package');
    expect(judgeExtensions(types, { ...facts, installed: ['postgis'] })).toEqual([]);
  });
});
