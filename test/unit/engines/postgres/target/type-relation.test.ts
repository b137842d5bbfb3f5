import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { relateTypes } from '../../../../../src/engines/postgres/type-relation.js';

describe('relateTypes', () => {
  it.each([
    ['int', 'integer'],
    ['numeric(20)', 'numeric(20,0)'],
    ['decimal(10, 2)', 'numeric(10,2)'],
    ['varchar(30)', 'character varying(30)'],
    ['timestamp(3)', 'timestamp(3) without time zone'],
    ['timestamptz', 'timestamp(6) with time zone'],
    ['timestamp', 'timestamp(6) without time zone'],
    ['bit', 'bit(1)'],
    ['char', 'character(1)'],
    ['int[]', 'integer[]'],
    ['"public"."Mood"', '"public"."Mood"'],
    ['geometry', 'public.geometry'],
    ['public.mood', 'public.mood'],
    ['"char"', '"char"'],
  ])('%s is the same as %s', (wanted, existing) => {
    expect(relateTypes(wanted, existing)).toBe('same');
  });

  it.each([
    ['smallint', 'integer'],
    ['integer', 'bigint'],
    ['bigint', 'numeric'],
    ['bigint', 'numeric(19,0)'],
    ['integer', 'numeric(12,2)'],
    ['numeric(10,2)', 'numeric(12,2)'],
    ['numeric(10,2)', 'numeric(12,4)'],
    ['numeric(10,2)', 'numeric'],
    ['varchar(10)', 'character varying(20)'],
    ['varchar(10)', 'character varying'],
    ['varchar(10)', 'text'],
    ['text', 'character varying'],
    ['bit(8)', 'bit varying(8)'],
    ['bit varying(8)', 'bit varying'],
    ['timestamp(3)', 'timestamp(6) without time zone'],
    ['time(0) with time zone', 'time with time zone'],
    ['int[]', 'bigint[]'],
  ])('%s is kept by %s', (wanted, existing) => {
    expect(relateTypes(wanted, existing)).toBe('wider');
  });

  it.each([
    ['integer', 'smallint'],
    ['bigint', 'numeric(18,0)'],
    ['integer', 'numeric(11,2)'],
    ['numeric', 'numeric(1000,500)'],
    ['numeric(10,2)', 'numeric(11,4)'],
    ['numeric(10,2)', 'numeric(12,1)'],
    ['numeric(20)', 'bigint'],
    ['real', 'double precision'],
    ['varchar(10)', 'character varying(9)'],
    ['varchar(10)', 'character(10)'],
    ['text', 'character varying(10000)'],
    ['bit(8)', 'bit(9)'],
    ['bit varying', 'bit varying(64)'],
    ['timestamp', 'timestamp with time zone'],
    ['timestamp(6)', 'timestamp(3) without time zone'],
    ['date', 'timestamp without time zone'],
    ['jsonb', 'json'],
    ['int', 'integer[]'],
    ['public.mood', 'other.mood'],
    ['"Mood"', '"mood"'],
    ['text', 'myschema.text'],
    ['something(odd', 'text'],
  ])('%s is not surely kept by %s', (wanted, existing) => {
    expect(relateTypes(wanted, existing)).toBe('narrower');
  });

  const numeric = fc
    .record({ precision: fc.integer({ min: 1, max: 40 }), scale: fc.integer({ min: 0, max: 40 }) })
    .filter(({ precision, scale }) => scale <= precision);

  it('keeps a numeric exactly when its largest value and its smallest step fit', () => {
    fc.assert(
      fc.property(numeric, numeric, (from, to) => {
        const fits = to.precision - to.scale >= from.precision - from.scale && to.scale >= from.scale;
        const relation = relateTypes(
          `numeric(${from.precision},${from.scale})`,
          `numeric(${to.precision},${to.scale})`,
        );
        expect(relation !== 'narrower').toBe(fits);
      }),
    );
  });

  const anyType = fc.constantFrom(
    'smallint',
    'integer',
    'bigint',
    'numeric',
    'numeric(5,2)',
    'numeric(19)',
    'text',
    'varchar',
    'varchar(5)',
    'varchar(9)',
    'bit(3)',
    'bit varying(3)',
    'bit varying',
    'timestamp(3)',
    'timestamp',
    'timestamptz',
    'interval(2)',
    'interval',
    'date',
    'real',
    'double precision',
    'uuid',
    'char(3)',
    'bytea',
  );

  it('is the same with itself, and what is kept twice over is kept', () => {
    fc.assert(
      fc.property(anyType, anyType, anyType, (one, two, three) => {
        expect(relateTypes(one, one)).toBe('same');
        const isChain = relateTypes(one, two) !== 'narrower' && relateTypes(two, three) !== 'narrower';
        if (isChain) expect(relateTypes(one, three)).not.toBe('narrower');
      }),
    );
  });
});
