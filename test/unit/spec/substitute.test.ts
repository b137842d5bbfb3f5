import { describe, expect, it } from 'vitest';
import { changed, ENV, load, problemsOf } from './spec-fixture.js';

const NOT_ONE =
  'not a substitution; there are ${env:NAME}, ${env:NAME:-default} and ${file:PATH}, and $${ for the characters themselves';

async function hostOf(
  text: string,
  files: Readonly<Record<string, string | Buffer>> = {},
): Promise<string | undefined> {
  const env = { ...ENV, HOST: 'env.internal', EMPTY: '', TRICKY: '${env:PW}' };
  return (await load(changed('old.internal', text), { env, files })).endpoints[0]?.host;
}

describe('substitution', () => {
  it('puts in variables, defaults and files', async () => {
    expect(await hostOf('${env:HOST}')).toBe('env.internal');
    expect(await hostOf('"db-${env:HOST}"')).toBe('db-env.internal');
    expect(await hostOf('${env:UNSET:-fallback}')).toBe('fallback');
    expect(await hostOf('${env:EMPTY:-fallback}')).toBe('fallback');
    expect(await hostOf('${env:HOST:-fallback}')).toBe('env.internal');
    expect(await hostOf('${file:./h.txt}', { '/project/h.txt': 'file.internal\n' })).toBe('file.internal');
    expect(await hostOf('${file:/abs}', { '/abs': 'file.internal\r\n' })).toBe('file.internal');
  });

  it('leaves text that was put in, an escaped ${ and other dollars as they are', async () => {
    expect(await hostOf('${env:TRICKY}')).toBe('${env:PW}');
    expect(await hostOf('a$${env:HOST}')).toBe('a${env:HOST}');
    expect(await hostOf('a$b$')).toBe('a$b$');
  });

  it('trims one newline of a password file, and nothing else', async () => {
    const spec = await load(changed('${env:PW}', '${file:pw}'), { files: { '/project/pw': ' p w \n\n' } });
    expect(spec.endpoints[0]?.password?.reveal()).toBe(' p w \n');
  });

  it.each([
    ['${env:UNSET}', 'the environment variable UNSET is not set'],
    ['${env:constructor}', 'the environment variable constructor is not set'],
    ['${file:gone}', 'the file gone does not exist'],
    ['${file:nul}', 'what is substituted holds a NUL character'],
    ['${file:latin1}', 'the file latin1 is not UTF-8 text'],
    ['${env:A', '"${" without its "}"; write $${ for the characters themselves'],
    ['${HOME}', NOT_ONE],
    ['${env:1A}', NOT_ONE],
    ['${env:U1}${env:U2}', 'the environment variable U1 is not set; the environment variable U2 is not set'],
  ])('reports %s with its place', async (text, message) => {
    const files = { '/project/nul': 'a\0b', '/project/latin1': Buffer.from([0xe9]) };
    expect(await problemsOf(changed('${env:PW}', `'${text}'`), { files })).toEqual([
      `8:15 endpoints.legacy.password: ${message}`,
    ]);
  });

  it('does not touch keys', async () => {
    expect(await problemsOf(changed('  legacy:', '  ${env:HOST}:'))).toContainEqual(
      expect.stringMatching(/^4:3 endpoints\["…"\]: this key is not a name/),
    );
  });
});

it('a variable that is not set is reported once, whatever key it stands in', async () => {
  expect(await problemsOf(changed('engine: mysql', "engine: '${env:UNSET}'"))).toEqual([
    '5:13 endpoints.legacy.engine: the environment variable UNSET is not set',
  ]);
});
