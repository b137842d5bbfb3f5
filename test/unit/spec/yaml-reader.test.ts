import { describe, expect, it } from 'vitest';
import { changed, load, problemsOf, VALID } from './spec-fixture.js';

describe('YAML that is not accepted', () => {
  it.each([
    ['a duplicate key', `${VALID}name: again\n`, '19:1 name: the same key stands here twice'],
    ['a duplicate key, quoted once', `${VALID}"name": again\n`, '19:1 name: the same key stands here twice'],
    [
      'a second document',
      `${VALID}---\nname: x\n`,
      '19:1 (top level): a second document starts here (---); a spec is one document',
    ],
    ['an old version', `%YAML 1.1\n---\n${VALID}`, '1:1 (top level): a spec is YAML 1.2; leave %YAML out'],
    [
      'an unknown tag',
      changed('name: shop', 'name: !secret shop'),
      '2:7 (top level): this tag is not known; leave it out',
    ],
    [
      'a merge key',
      `${VALID}<<: { state: {} }\n`,
      '19:1 (top level): "<<" (merge) is not part of YAML 1.2; write the keys out',
    ],
    ['a key that is no text', `${VALID}1: x\n`, '19:1 (top level): a key must be text; put it in quotes'],
    [
      'an alias of nothing',
      changed('old.internal', '*host'),
      '6:11 endpoints.legacy.host: no such anchor before; put text that starts with * in quotes',
    ],
    ['an alias in itself', `${VALID}state: &s { path: *s }\n`, '19:19 state.path: this alias contains itself'],
    ['a NUL character', changed('old.internal', '"a\\0b"'), '6:11 endpoints.legacy.host: holds a NUL character'],
    ['a NUL byte in a key', `${VALID}"a\\0": 1\n`, '19:1 (top level): a key holds a NUL character'],
  ])('%s', async (_, text, problem) => {
    expect(await problemsOf(text)).toEqual([problem]);
  });

  it('a tab', async () => {
    const [first] = await problemsOf(changed('  legacy:', '\tlegacy:'));
    expect(first).toBe('4:1 (top level): indented with a tab; YAML takes only spaces');
  });

  it('is answered without the text around the mistake', async () => {
    for (const password of ['*canary', '@canary', '"canary\\q"', '%canary', '!canary x', 'a: canary', '[canary']) {
      const problems = await problemsOf(changed('${env:PW}', password));
      expect(problems).not.toHaveLength(0);
      expect(problems.join('\n')).not.toContain('canary');
    }
  });

  it('stops alias bombs and runaway nesting', async () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 9; level += 1)
      bomb.push(
        `k${level}: &k${level} [${'*a, '.repeat(9)}*a]`.replaceAll('*a', level === 1 ? '*a' : `*k${level - 1}`),
      );
    expect((await problemsOf(bomb.join('\n'))).join('\n')).toContain('more than 200000 values');
    expect((await problemsOf(`name: ${'['.repeat(60)}${']'.repeat(60)}`)).join('\n')).toContain('nested too deeply');
    expect((await problemsOf('['.repeat(50_000))).join('\n')).toContain('nested too deeply');
  });
});

describe('YAML 1.2 traps', () => {
  it('keeps no, NO, on and dates as text', async () => {
    const spec = await load(changed('old.internal', 'NO').replace('user: reader', 'user: on'));
    expect(spec.endpoints[0]).toMatchObject({ host: 'NO', user: 'on' });
    const dated = await load(`${VALID}    policies: { zeroDate: 1970-01-01 }\n`);
    expect(dated.tasks[0]?.policies.zeroDate).toBe('1970-01-01');
  });

  it('reads 0123 as decimal and 1_000 as text', async () => {
    const spec = await load(changed('host: old.internal', 'host: h\n    port: 0123'));
    expect(spec.endpoints[0]?.port).toBe(123);
    expect(await problemsOf(`${VALID}    fullLoad: { tables: 1_0 }\n`)).toEqual([
      '19:25 tasks.load.fullLoad.tables: found text, expected a whole number',
    ]);
  });

  it('names a number or boolean where text is needed', async () => {
    expect(await problemsOf(changed('user: reader', 'user: 123'))).toEqual([
      '7:11 endpoints.legacy.user: found a number, expected text; text that looks like a number or true/false needs quotes',
    ]);
    expect(await problemsOf(changed('user: reader', 'user: true'))).toEqual([
      '7:11 endpoints.legacy.user: found a boolean, expected text; text that looks like a number or true/false needs quotes',
    ]);
    expect(await problemsOf(changed('user: reader', 'user:'))).toEqual([
      '7:10 endpoints.legacy.user: found nothing, expected text',
    ]);
  });

  it('treats __proto__ and constructor as keys like any other', async () => {
    for (const key of ['__proto__', 'constructor', 'toString']) {
      expect(await problemsOf(`${VALID}${key}: 1\n`)).toEqual([expect.stringMatching(`^19:1 ${key}: unknown key`)]);
    }
  });

  it('counts columns after a byte order mark and with CRLF as an editor does', async () => {
    const crlf = changed('engine: mysql', 'engine: mysq').replaceAll('\n', '\r\n');
    expect((await problemsOf(crlf))[0]).toMatch(/^5:13 endpoints\.legacy\.engine/);
    expect((await problemsOf(`\uFEFF${VALID}extra: 1\n`))[0]).toMatch(/^19:1 extra/);
  });
});
