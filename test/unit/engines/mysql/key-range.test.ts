import { describe, expect, it } from 'vitest';
import { keyLiteral, keyText, rangeColumns, rangeCondition } from '../../../../src/engines/mysql/key-range.js';
import type { KeyDefinition } from '../../../../src/model/table.js';
import { column, INTEGER, mappingOf, TEXT } from './row-packets.js';

const BYTES = column('binary(2)', { kind: 'binary', bytesMax: 2 }, 'b');
const RATIO = column('double', { kind: 'float', bits: 64 }, 'ratio');
const DAY = column('datetime', { kind: 'timestamp', fraction: 0, isZoned: false }, 'day');

const keyOf = (...columns: readonly string[]): KeyDefinition => ({
  kind: 'primary',
  name: 'PRIMARY',
  columns,
  identifiesRow: true,
});

describe('rangeCondition', () => {
  const mapping = mappingOf([INTEGER, TEXT], keyOf('id', 'note'));

  it('is nothing for the whole table', () => {
    expect(rangeCondition(mapping, { after: null, upTo: null })).toBeNull();
  });

  it('writes comparisons of several columns out', () => {
    expect(rangeCondition(mapping, { after: ['5', 'a'], upTo: ['9', ''] })).toBe(
      "((`id` > 5) OR (`id` = 5 AND `note` > _utf8mb4 x'61')) AND " +
        "((`id` < 9) OR (`id` = 9 AND `note` <= _utf8mb4''))",
    );
  });

  it('refuses a bound of another length', () => {
    expect(() => rangeCondition(mapping, { after: ['5'], upTo: null })).toThrow('a bound of 1 values');
  });
});

describe('rangeColumns', () => {
  const names = (mapping: ReturnType<typeof mappingOf>): readonly string[] =>
    rangeColumns(mapping).map(({ name }) => name);

  it('stops at a column whose order literals do not follow', () => {
    expect(names(mappingOf([INTEGER, RATIO, TEXT], keyOf('id', 'ratio', 'note')))).toEqual(['id']);
    expect(names(mappingOf([RATIO], keyOf('ratio')))).toEqual([]);
  });

  it('stops at a CHAR that MariaDB pads in the index only', () => {
    const code = column('char(9)', { kind: 'text', charsMax: 9 }, 'code');
    const mapping = mappingOf([INTEGER, code], keyOf('id', 'code'));
    expect(names({ ...mapping, rangeBasis: '- utf8mb4_uca1400_nopad_as_ci' })).toEqual(['id']);
    expect(names({ ...mapping, rangeBasis: '- utf8mb4_general_ci' })).toEqual(['id', 'code']);
  });

  it('is empty where the key does not identify a row', () => {
    expect(names(mappingOf([INTEGER], { ...keyOf('id'), identifiesRow: false }))).toEqual([]);
    expect(names(mappingOf([INTEGER]))).toEqual([]);
  });
});

describe('key values', () => {
  it.each([
    [INTEGER, '18446744073709551615', '18446744073709551615'],
    [BYTES, '\\x00ff', "x'00ff'"],
    [BYTES, '\\x', "x''"],
    [DAY, '0000-00-00 00:00:00', "'0000-00-00 00:00:00'"],
    [TEXT, "it's \\", "_utf8mb4 x'69742773205c'"],
  ])('become literals', ({ source }, text, literal) => {
    expect(keyLiteral(source, text)).toBe(literal);
  });

  it.each([
    [INTEGER, '1 OR 1=1'],
    [BYTES, "\\x00' OR '1"],
    [DAY, "2020' OR '1"],
  ])('never become other SQL', ({ source }, text) => {
    expect(() => keyLiteral(source, text)).toThrow('a bound of column');
  });

  it('are canonical text', () => {
    expect(keyText(INTEGER.source, Buffer.from('0000042'))).toBe('42');
    expect(keyText(INTEGER.source, Buffer.from('-000'))).toBe('-0');
    expect(keyText(BYTES.source, Buffer.of(0, 255))).toBe('\\x00ff');
    expect(keyText(TEXT.source, Buffer.from('00日'))).toBe('00日');
  });
});
