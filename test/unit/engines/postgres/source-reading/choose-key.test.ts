import { describe, expect, it } from 'vitest';
import type { KeyRow, RelationRow } from '../../../../../src/engines/postgres/catalog-rows.js';
import { reasonToLeaveOut } from '../../../../../src/engines/postgres/schema-reader.js';
import { chooseKey } from '../../../../../src/engines/postgres/table-definitions.js';
import type { ColumnDefinition } from '../../../../../src/model/table.js';

function column(name: string, isNullable: boolean): ColumnDefinition {
  return { name, isNullable, type: { kind: 'boolean' }, nativeType: 'boolean', generated: null };
}

function key(name: string, columns: readonly string[], isPrimary: 't' | 'f' = 'f'): KeyRow {
  return { relation: '1', name, columns: JSON.stringify(columns), isPrimary };
}

const COLUMNS = [column('a', true), column('b', false), column('c', false)];

describe('chooseKey', () => {
  it('prefers the primary key, then one without NULLs, then any', () => {
    expect(chooseKey([key('k1', ['b']), key('z', ['c'], 't')], COLUMNS)).toMatchObject({ kind: 'primary', name: 'z' });
    expect(chooseKey([key('k1', ['a', 'b']), key('k2', ['c', 'b'])], COLUMNS)).toEqual({
      kind: 'unique',
      name: 'k2',
      columns: ['c', 'b'],
      identifiesRow: true,
    });
    expect(chooseKey([key('k1', ['a'])], COLUMNS)).toMatchObject({ name: 'k1', identifiesRow: false });
    expect(chooseKey([], COLUMNS)).toBeNull();
  });
});

describe('reasonToLeaveOut', () => {
  const table: RelationRow = {
    oid: '1',
    schema: 's',
    table: 't',
    relkind: 'r',
    persistence: 'p',
    partitionOf: null,
    extension: null,
  };
  it.each([
    [{}, false, null],
    [{ relkind: 'p' }, false, null],
    [{ persistence: 'u' }, false, null],
    [{ persistence: 'u' }, true, /standby/],
    [{ partitionOf: 's.parent' }, false, /parent s\.parent/],
    [{ relkind: 'v' }, false, /view/],
    [{ relkind: 'm' }, false, /materialized/],
    [{ relkind: 'f' }, false, /foreign/],
    [{ extension: 'postgis' }, false, /postgis/],
  ])('%o, standby %s', (differences, isStandby, expected) => {
    const reason = reasonToLeaveOut({ ...table, ...differences }, { isStandby });
    if (expected === null) expect(reason).toBeNull();
    else expect(reason).toMatch(expected);
  });
});
