import { join } from 'node:path';
import { Parser } from '@oclif/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DmsctlCommand } from '../../src/cli/dmsctl-command.js';
import { expectJson, expectJsonLines } from './json-schemas.js';
import { COMMANDS, type ManifestCommand, type ManifestFlag } from './manifest.js';
import { makeWorkFolder } from './work-folder.js';

const VALID_SPEC = join(import.meta.dirname, '..', '..', 'examples', 'postgres-to-postgres', 'dmsctl.yaml');
const URLS = { SOURCE_URL: 'postgres://a@localhost/a', TARGET_URL: 'postgres://a@localhost/b' };

describe('every command', () => {
  it('is as it was: a rename breaks scripts', async () => {
    const commands = Object.fromEntries([...COMMANDS].map(([name, command]) => [name, sketch(command)]));
    await expect(`${JSON.stringify(commands, null, 2)}\n`).toMatchFileSnapshot('commands.golden.json');
  });

  it.each([...COMMANDS])('%s has examples, and each flag its environment twin', (_name, { examples, flags }) => {
    expect(examples.length).toBeGreaterThan(0);
    for (const [flag, { env }] of Object.entries(flags)) expect(env).toBe(twinOf(flag));
  });

  it.each(['plan', 'state unlock'])('%s --help shows them, on stdout alone', async (name) => {
    await using folder = await makeWorkFolder();
    const run = await folder.run([...name.split(' '), '--help']);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout).toMatch(new RegExp(`\nEXAMPLES\n {2}\\$ dmsctl ${name}`));
  });
});

describe('environment twins', () => {
  afterEach(() => vi.unstubAllEnvs());

  it.each([...COMMANDS.keys()])('%s: each does what its flag does', async (name) => {
    const { flags, baseFlags } = await commandClass(name);
    const expected: Record<string, unknown> = {};
    for (const [flag, { type, options }] of Object.entries(COMMANDS.get(name)?.flags ?? {})) {
      const value = type === 'boolean' ? '1' : (options?.[0] ?? 'x');
      vi.stubEnv(twinOf(flag), value);
      expected[flag] = type === 'boolean' ? true : value;
    }
    const parsed = await Parser.parse([], { flags: { ...baseFlags, ...flags } } as never);
    expect(parsed.flags).toEqual(expected);
  });

  it('DMSCTL_FILE and DMSCTL_JSON', async () => {
    await using folder = await makeWorkFolder();
    const run = await folder.run(['validate'], { DMSCTL_FILE: VALID_SPEC, DMSCTL_JSON: '1', ...URLS });
    expectJson(run, 'validate');
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('a flag beats its twin', async () => {
    await using folder = await makeWorkFolder();
    const run = await folder.run(['validate', '-f', VALID_SPEC], { DMSCTL_FILE: 'nowhere.yaml', ...URLS });
    expect(run.exitCode).toBe(0);
  });
});

describe.concurrent('--json of a command line that is not right', () => {
  it.each([
    ['an unknown flag', ['plan', '--nope', '--json']],
    ['a value that is none of the choices', ['plan', '--format', 'xml', '--json']],
    ['a flag without its value', ['plan', '--json', '--out']],
    ['an argument too many', ['plan', 'extra', '--json']],
    ['an argument too few', ['state', 'unlock', '--json']],
    ['a flag without the one it needs', ['init', '--source', 'postgres://a/b', '--json']],
    ['an unknown command', ['nosuch', '--json']],
    ['an unknown command of a topic', ['state', 'nosuch', '--json']],
    ['no command', ['--json']],
    ['flags before the command', ['--json', 'plan']],
    ['help of an unknown command', ['nosuch', '--help', '--json']],
    ['a name that cannot be one', ['init', '--name', 'Not A Name', '--json']],
    ['no spec', ['validate', '--json']],
    ['a spec that is not there', ['plan', '-f', 'nosuch.yaml', '--json']],
  ])('%s: one JSON error, exit code 64', async (_title, args) => {
    await using folder = await makeWorkFolder();
    const run = await folder.run(args);
    expectJsonLines(run, 'error');
    expect(run).toMatchObject({ exitCode: 64, stderr: '' });
  });

  it('its twin does the same', async () => {
    await using folder = await makeWorkFolder();
    const run = await folder.run(['nosuch'], { DMSCTL_JSON: 'true' });
    expectJson(run, 'error');
  });
});

describe('--json of what needs no database', () => {
  it.each([
    ['help', ['--help', '--json'], 'help'],
    ['help of a topic', ['state', '--json'], 'help'],
    ['help of a command', ['help', 'state', 'list', '--json'], 'help'],
    ['version', ['--version', '--json'], 'version'],
    ['init', ['init', '--json'], 'init'],
  ])('%s', async (_title, args, schema) => {
    await using folder = await makeWorkFolder();
    const run = await folder.run(args);
    expectJson(run, schema);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('an invalid spec: exit code 65, every problem with its place', async () => {
    await using folder = await makeWorkFolder();
    await folder.write('dmsctl.yaml', 'apiVersion: dmsctl/v1\nname: Shop\nendpoint: {}\n');
    for (const command of [['validate'], ['plan'], ['apply'], ['status'], ['destroy'], ['state', 'list']]) {
      const run = await folder.run([...command, '--json']);
      const error = expectJsonLines(run, command[0] === 'apply' ? 'apply-event' : 'error').at(-1);
      expect(error).toMatchObject({ exitCode: 65, error: { code: 'SPEC_INVALID' } });
      expect(run.exitCode).toBe(65);
      expect(run.stdout).toContain('dmsctl.yaml:3:1');
      expect(run.stdout).toContain('did you mean \\"endpoints\\"');
    }
  });

  it('a state that is not there: an empty list', async () => {
    await using folder = await makeWorkFolder();
    const run = await folder.run(['state', 'list', '--json', '-f', VALID_SPEC], URLS);
    expect(expectJson(run, 'state-list')).toEqual({ status: 'ok', resources: [] });
  });
});

describe('for people', () => {
  it('--version', async () => {
    await using folder = await makeWorkFolder();
    const run = await folder.run(['--version']);
    expect(run.stdout).toMatch(/^dmsctl\/\d+\.\d+\.\d+ /);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it.each([
    ['a typo', ['aply'], 'there is no command aply. Did you mean apply?'],
    ['an argument too many', ['status', 'now'], 'status takes no argument, but was given now.'],
    ['flags first', ['--json=no', 'plan'], 'flags come after the command'],
  ])('%s is explained on stderr', async (_title, args, words) => {
    await using folder = await makeWorkFolder();
    const run = await folder.run(args);
    expect(run).toMatchObject({ exitCode: 64, stdout: '' });
    expect(run.stderr).toContain(words);
  });

  it('init writes a spec that validate accepts, and never overwrites one', async () => {
    await using folder = await makeWorkFolder();
    expect(await folder.run(['init'])).toMatchObject({ exitCode: 0, stderr: '' });
    const urls = { SOURCE_URL: 'mysql://a@localhost', TARGET_URL: 'postgres://a@localhost/a' };
    expect(await folder.run(['validate'], urls)).toMatchObject({ exitCode: 0 });
    const before = await folder.read('dmsctl.yaml');
    const again = await folder.run(['init', '--json']);
    expect(expectJson(again, 'error')).toMatchObject({ exitCode: 64, error: { code: 'CLI_FILE_EXISTS' } });
    expect(await folder.read('dmsctl.yaml')).toBe(before);
  });

  it('init names a folder that is not there', async () => {
    await using folder = await makeWorkFolder();
    const run = await folder.run(['init', '--file', 'no/such/folder.yaml', '--json']);
    expect(expectJson(run, 'error')).toMatchObject({ exitCode: 1, error: { code: 'CLI_FILE_UNWRITABLE' } });
  });
});

function twinOf(flag: string): string {
  return `DMSCTL_${flag.toUpperCase().replaceAll('-', '_')}`;
}

async function commandClass(name: string): Promise<typeof DmsctlCommand> {
  const path = `../../src/commands/${name.replaceAll(' ', '/')}.ts`;
  return ((await import(path)) as { default: typeof DmsctlCommand }).default;
}

function sketch({ args, flags }: ManifestCommand): object {
  return {
    args: Object.fromEntries(
      Object.entries(args).map(([name, { required }]) => [name, required === true ? 'required' : 'optional']),
    ),
    flags: Object.fromEntries(
      Object.entries(flags)
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([name, flag]) => [name, sketchFlag(flag)]),
    ),
  };
}

function sketchFlag({ type, char, env, options, default: value }: ManifestFlag): string {
  const words = [type, char && `-${char}`, env, options?.join('|'), value !== undefined && `default ${String(value)}`];
  return words.filter((word) => typeof word === 'string').join(', ');
}
