import { describe, expect, it } from 'vitest';
import { compareTable } from '../../../src/plan/compare-table.js';
import type { ExistingTable } from '../../../src/engines/ports.js';
import type { ColumnDefinition, GeneratedColumn, TableDefinition } from '../../../src/model/table.js';
import { mapTable } from '../../../src/plan/map-table.js';
import { column, existing, primaryKey, table, typeMapper } from './build.js';

const generated: GeneratedColumn = { expression: 'id + 1', storage: 'stored', isPortable: true };

function compare(source: TableDefinition, found: ExistingTable, isKeyPending = false): ReturnType<typeof compareTable> {
  const mapped = mapTable(source, { typeMapper, sourceEngine: 'postgres', targetEngine: 'postgres', features: [] });
  if (mapped.kind === 'refused') throw new TypeError('not mappable');
  return compareTable(mapped.mapping, found, {
    relateTypes: (wanted, there) => typeMapper.relateTypes(wanted, there),
    isKeyPending,
  });
}

function findings(result: ReturnType<typeof compareTable>): readonly string[] {
  return result.findings.map(({ severity, check, object }) => `${severity} ${check} ${object}`);
}

function withColumns(...columns: ColumnDefinition[]): ExistingTable {
  const made = existing(table('t'));
  return { ...made, definition: { ...made.definition, columns } };
}

const id = column('id', 'pg int');
const note = column('note', 'pg text', { isNullable: true });

describe('a table on the target', () => {
  it('as wanted needs no word', () => {
    const result = compare(table('t'), existing(table('t')));
    expect([result.findings, result.notes]).toEqual([[], []]);
  });

  it('without a column that would be loaded is an error', () => {
    expect(findings(compare(table('t'), withColumns(id)))).toEqual(['error plan.column-missing shop.t.note']);
  });

  it('without a column that it would compute is a warning', () => {
    const source = table('t', { columns: [column('id'), column('next', 'int', { generated })] });
    expect(findings(compare(source, withColumns(id)))).toEqual(['warning plan.column-missing shop.t.next']);
  });

  it('that needs a column which the source lacks is an error', () => {
    const found = { ...withColumns(id, note, column('tenant', 'pg int')), requiredColumns: ['id', 'tenant'] };
    const result = compare(table('t'), found);
    expect(findings(result)).toEqual(['error plan.column-required shop.t.tenant']);
    expect(result.notes).toEqual(['the target also has tenant: filled by default or NULL']);
  });

  it('with a narrower type is an error, with a wider one a note, and rows then travel as text', () => {
    expect(findings(compare(table('t'), withColumns(column('id', 'pg tiny'), note)))).toEqual([
      'error plan.column-narrower shop.t.id',
    ]);
    const wider = compare(table('t'), withColumns(column('id', 'pg int+'), note));
    expect(wider.findings).toEqual([]);
    expect(wider.notes).toEqual(['id is pg int+ on the target, wider than pg int']);
    expect(wider.mapping.columns[0]).toMatchObject({ targetType: 'pg int+', isSameType: false });
  });

  it('that refuses NULL where the source has it is a warning', () => {
    expect(findings(compare(table('t'), withColumns(id, column('note', 'pg text'))))).toEqual([
      'warning plan.column-not-null shop.t.note',
    ]);
  });

  it('that computes a column by another expression is an error, by one that may mean something else a warning', () => {
    const onTarget = withColumns(id, column('next', 'pg int', { generated }));
    const compareWith = (changes: Partial<GeneratedColumn>) => {
      const next = column('next', 'int', { generated: { ...generated, ...changes } });
      return findings(compare(table('t', { columns: [column('id'), next] }), onTarget));
    };
    expect(compareWith({})).toEqual([]);
    expect(compareWith({ expression: 'id + 2' })).toEqual(['error plan.column-computed-otherwise shop.t.next']);
    expect(compareWith({ isPortable: false })).toEqual(['warning plan.column-computed-elsewhere shop.t.next']);
  });

  it('decides whether a column is computed or loaded', () => {
    const computed = compare(table('t'), withColumns(id, { ...note, generated }));
    expect(computed.mapping.columns[1]?.generated).toEqual(generated);
    expect(findings(computed)).toEqual(['error plan.column-computed-otherwise shop.t.note']);
    const source = table('t', { columns: [column('id'), column('next', 'int', { generated })] });
    const plain = compare(source, withColumns(id, column('next', 'pg int')));
    expect(plain.mapping.columns[1]?.generated).toBeNull();
    const both = compare(source, withColumns(id, column('next', 'pg int', { generated })));
    expect(both.mapping.columns[1]?.generated).toEqual(generated);
    expect([both.findings, both.notes]).toEqual([[], []]);
  });

  it('with another key, or none, is a warning, unless the key is still to come', () => {
    const none = existing(table('t', { key: null }));
    const other = existing(table('t', { key: primaryKey('note') }));
    expect(findings(compare(table('t'), none))).toEqual(['warning plan.key-differs shop.t']);
    expect(findings(compare(table('t'), other))).toEqual(['warning plan.key-differs shop.t']);
    expect(findings(compare(table('t'), none, true))).toEqual([]);
    expect(findings(compare(table('t', { key: null }), other))).toEqual([]);
  });

  it('may have its key columns in another order', () => {
    const source = table('t', { key: primaryKey('id', 'note') });
    expect(findings(compare(source, existing(table('t', { key: primaryKey('note', 'id') }))))).toEqual([]);
  });
});
