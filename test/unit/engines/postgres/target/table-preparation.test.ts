import { describe, expect, it } from 'vitest';
import type { PrepareMode, TargetTable } from '../../../../../src/engines/ports.js';
import { decidePreparation } from '../../../../../src/engines/postgres/table-preparation.js';
import type { RecordedTable } from '../../../../../src/engines/postgres/table-state-rows.js';

const NAME = { schema: 'public', table: 'orders' };

function table(prepare: PrepareMode, exists: boolean): TargetTable {
  const mapping = {
    source: NAME,
    target: NAME,
    columns: [],
    key: null,
    sourceKey: null,
    userTypes: [],
    rangeBasis: '',
  };
  const size = { estimatedRows: null, estimatedBytes: null };
  return {
    mapping: { ...mapping, size },
    mappingFingerprint: 'now',
    loadBasis: 'same',
    prepare,
    exists,
    keepsRows: false,
  };
}

const PREPARED: RecordedTable = {
  source: NAME,
  target: NAME,
  phase: 'prepared',
  mappingFingerprint: 'now',
  loadBasis: 'same',
  isCreatedByTask: true,
  restoreSql: [],
  error: null,
};
const FILLED = { existsNow: true, hasRows: true };
const EMPTY = { existsNow: true, hasRows: false };
const GONE = { existsNow: false, hasRows: false };

describe('decidePreparation', () => {
  it.each([
    ['create', false, 'create'],
    ['create', true, 'use'],
    ['truncate', false, 'create'],
    ['truncate', true, 'truncate'],
    ['recreate', false, 'create'],
    ['recreate', true, 'replace'],
    ['none', true, 'use'],
  ] as const)('first time, %s, exists %s: %s', (prepare, exists, expected) => {
    const situation = { recorded: null, existsNow: exists, hasRows: false };
    expect(decidePreparation(table(prepare, exists), situation)).toBe(expected);
  });

  it.each(['create', 'truncate', 'recreate', 'none'] as const)(
    '%s: what a load wrote is never touched again',
    (prepare) => {
      const loading = { ...PREPARED, phase: 'loading' } as const;
      expect(decidePreparation(table(prepare, true), { recorded: loading, ...FILLED })).toBe('resume');
      expect(decidePreparation(table(prepare, false), { recorded: PREPARED, ...EMPTY })).toBe('resume');
    },
  );

  it('empties a prepared table that somebody filled, where the mode says so', () => {
    expect(decidePreparation(table('truncate', true), { recorded: PREPARED, ...FILLED })).toBe('truncate');
    expect(decidePreparation(table('recreate', true), { recorded: PREPARED, ...FILLED })).toBe('replace');
  });

  it('refuses rows that came after the plan, unless rows may stay', () => {
    const notOurs = 'holds rows that are not of this load';
    expect(() => decidePreparation(table('create', true), { recorded: null, ...FILLED })).toThrow(notOurs);
    expect(() => decidePreparation(table('none', true), { recorded: PREPARED, ...FILLED })).toThrow(notOurs);
    const keeping = { ...table('create', true), keepsRows: true };
    expect(decidePreparation(keeping, { recorded: null, ...FILLED })).toBe('use');
    expect(decidePreparation(keeping, { recorded: PREPARED, ...FILLED })).toBe('resume');
  });

  it('goes on with a load only while its parts fit together', () => {
    const loading = { ...PREPARED, phase: 'loading', loadBasis: 'other' } as const;
    expect(() => decidePreparation(table('create', true), { recorded: loading, ...FILLED })).toThrow('another mapping');
    const prepared = { ...PREPARED, loadBasis: 'other' };
    expect(decidePreparation(table('create', true), { recorded: prepared, ...EMPTY })).toBe('resume');
    const loaded = { ...PREPARED, phase: 'loaded', loadBasis: 'other' } as const;
    expect(decidePreparation(table('create', true), { recorded: loaded, ...FILLED })).toBe('resume');
  });

  it('creates a table again that is gone, with or without the plan knowing', () => {
    expect(decidePreparation(table('create', false), { recorded: PREPARED, ...GONE })).toBe('create');
    expect(() => decidePreparation(table('create', true), { recorded: PREPARED, ...GONE })).toThrow('saw a table');
  });

  it('refuses a table that appeared, one that is missing, another mapping, and a drop that would lose objects', () => {
    expect(() => decidePreparation(table('create', false), { recorded: null, ...EMPTY })).toThrow('now there is one');
    expect(() => decidePreparation(table('none', false), { recorded: null, ...GONE })).toThrow('now there is none');
    const other = { ...PREPARED, mappingFingerprint: 'before' };
    expect(() => decidePreparation(table('truncate', true), { recorded: other, ...EMPTY })).toThrow('another mapping');
    const owing = { ...PREPARED, restoreSql: ['ALTER TABLE …'] };
    expect(() => decidePreparation(table('recreate', true), { recorded: owing, ...FILLED })).toThrow('would lose them');
  });
});
