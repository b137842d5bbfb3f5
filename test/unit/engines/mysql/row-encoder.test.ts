import { describe, expect, it } from 'vitest';
import { DmsctlError } from '../../../../src/errors/dmsctl-error.js';
import { column, encode, INTEGER, TEXT } from './row-packets.js';

describe('RowEncoder', () => {
  it('separates values by tab and rows by newline', () => {
    expect(
      encode(
        [INTEGER, TEXT],
        [
          ['1', 'a'],
          ['2', null],
          ['3', ''],
        ],
      ).text,
    ).toBe('1\ta\n2\t\\N\n3\t\n');
  });

  it('escapes what COPY would take for a mark, and nothing else', () => {
    expect(encode([TEXT], [['\\N'], ['\\.'], ['a\tb\nc\rd'], ['\b\v\f\x1a']]).text).toBe(
      '\\\\N\n\\\\.\na\\tb\\nc\\rd\n\b\v\f\x1a\n',
    );
  });

  it.each([0, 1, 250, 251, 65_535, 65_536, 2 ** 24 - 1, 2 ** 24])('takes a value of %i bytes', (length) => {
    const { text, batches } = encode(
      [INTEGER, TEXT],
      [
        ['1', 'a'.repeat(length)],
        ['2', 'b'],
      ],
    );
    expect(text.length).toBe(2 + length + 1 + 4);
    expect(text.endsWith('a\n2\tb\n') || length === 0).toBe(true);
    expect(batches.reduce((rows, batch) => rows + batch.rows, 0)).toBe(2);
  });

  it('hands a row that fills a batch on before the next one comes', () => {
    const { batches } = encode([TEXT], [['x'.repeat(300_000)], ['y']]);
    expect(batches.map(({ rows }) => rows)).toEqual([1, 1]);
  });

  it('fills batches of about 256 KiB, each with bytes of its own', () => {
    const rows = Array.from({ length: 3000 }, (_, index) => [String(index), 'x'.repeat(200)]);
    const { batches, text } = encode([INTEGER, TEXT], rows);
    expect(batches.length).toBe(3);
    expect(new Set(batches.map(({ bytes }) => bytes.buffer)).size).toBe(3);
    expect(text).toBe(rows.map(([id, note]) => `${id ?? ''}\t${note ?? ''}\n`).join(''));
  });

  it('makes room for the worst row', () => {
    const backslashes = '\\'.repeat(300_000);
    expect(encode([TEXT], [[backslashes]]).text).toBe(`${backslashes}${backslashes}\n`);
  });

  it('makes room for long replacements', () => {
    const { text, counts } = encode([TEXT], [['\0'.repeat(200_000)]], { nulCharacter: '<zero\t>' });
    expect(text).toBe(`${'<zero\\t>'.repeat(200_000)}\n`);
    expect(counts.nulCharacter).toBe(200_000);
  });

  it('writes bytes as hex', () => {
    const bytes = column('varbinary(9)', { kind: 'binary', bytesMax: 9 });
    expect(encode([bytes], [[Buffer.of(0, 255, 92, 10)], [''], [null]]).text).toBe('\\\\x00ff5c0a\n\\\\x\n\\N\n');
  });

  it('takes leading zeros off numbers', () => {
    expect(encode([INTEGER], [['000042'], ['0'], ['000'], ['-7'], ['00.50'], ['0.5']]).text).toBe(
      '42\n0\n0\n-7\n0.50\n0.5\n',
    );
  });

  it('turns numbers into booleans where the target wants them', () => {
    const flag = {
      ...column('tinyint(1)', { kind: 'integer', bits: 8, isUnsigned: false }),
      deliverAs: { kind: 'boolean' } as const,
    };
    expect(encode([flag], [['0'], ['1'], ['2'], [null]]).text).toBe('f\nt\nt\n\\N\n');
  });

  describe('geometry', () => {
    const type = { kind: 'geometry', srid: null } as const;
    const wkb = '0101000000000000000000f03f0000000000000040';
    const stored = (srid: string): Buffer => Buffer.from(`${srid}${wkb}`, 'hex');
    it('becomes EWKB with the SRID', () => {
      expect(encode([column('point', type)], [[stored('00000000')], [stored('e6100000')]]).text).toBe(
        `${wkb}\n0101000020e6100000${wkb.slice(10)}\n`,
      );
    });
    it('becomes plain WKB as bytes', () => {
      const asBytes = { ...column('point', type), deliverAs: { kind: 'binary', bytesMax: null } as const };
      expect(encode([asBytes], [[stored('e6100000')]]).text).toBe(`\\\\x${wkb}\n`);
    });
    it('cannot become anything else', () => {
      const asText = { ...column('point', type), deliverAs: { kind: 'text', charsMax: null } as const };
      expect(() => encode([asText], [])).toThrow('cannot be delivered as text');
    });
  });

  it('stops at a packet that does not end with its last value', () => {
    expect(() => encode([INTEGER], [['1', '2']])).toThrow(DmsctlError);
  });

  describe('invalid text', () => {
    const broken = Buffer.concat([Buffer.from('a'), Buffer.of(0xe4, 0x5c, 0xff), Buffer.from('é')]);
    it('is an error that names the column', () => {
      expect(() =>
        encode(
          [INTEGER, TEXT],
          [
            ['1', 'fine\n'],
            ['2', broken],
          ],
        ),
      ).toThrow(/shop\.orders, column note/);
    });
    it('is replaced and counted by policy', () => {
      const { text, counts } = encode([INTEGER, TEXT], [['1', broken]], { invalidText: 'replace' });
      expect(text).toBe('1\ta\u{fffd}\\\\\u{fffd}é\n');
      expect(counts).toEqual({ zeroDate: 0, nulCharacter: 0, invalidText: 2 });
    });
  });
});
