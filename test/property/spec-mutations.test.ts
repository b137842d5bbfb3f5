import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DmsctlError } from '../../src/errors/dmsctl-error.js';
import { loadSpec } from '../../src/spec/load-spec.js';

const MUTATIONS = 200;
const SEED = Number(process.env.DMSCTL_TEST_SEED ?? Math.floor(Math.random() * 2 ** 31));
const CANARY = 'canary-51d0';

const FOLDER = new URL('../../examples/', import.meta.url);
const EXAMPLES = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => readFileSync(new URL(`${name}/dmsctl.yaml`, FOLDER), 'utf8'));

const ENV = {
  SOURCE_URL: `mysql://u:${CANARY}@old.internal/shop`,
  SOURCE_HOST: 'old.internal',
  SOURCE_USER: 'u',
  SOURCE_PASSWORD: CANARY,
  TARGET_HOST: 'new.internal',
  TARGET_USER: 'u',
  TARGET_PASSWORD: CANARY,
  TARGET_URL: `postgres://u:${CANARY}@new.internal/shop`,
};

/** Values that a hand, a template or a generator may leave behind. */
const ODD_VALUES = [
  '',
  '~',
  '[]',
  '{}',
  '[[[]]]',
  '{ a: { b: [1, { c: d }] } }',
  'true',
  'NO',
  '0123',
  '1_000',
  '-1',
  '.nan',
  '.inf',
  '1e400',
  '9'.repeat(400),
  '12:30:45',
  '2001-02-30',
  '"\\0"',
  'a\0b',
  '"\\ud800"',
  'x'.repeat(100_000),
  '[ '.repeat(2000),
  '- '.repeat(500),
  '&a [*a]',
  '*missing',
  '!!binary aGk=',
  '!!int x',
  '!custom x',
  '|\n  block',
  '"unclosed',
  "'unclosed",
  '@at',
  '%percent',
  '${env:SOURCE_PASSWORD}',
  '${env:NOT_SET}',
  '${file:/does/not/exist}',
  '${file:.}',
  '${env:',
  '${__proto__}',
  '${env:__proto__}',
  'postgres://%zz:%@[::1]:0/?sslmode=x#y@z',
];

const ODD_LINES = [
  'apiVersion: dmsctl/v1',
  '<<: { a: b }',
  '<<: *missing',
  '__proto__: { polluted: true }',
  'constructor: 1',
  '? [complex, key]\n: value',
  '? - a',
  '1: 2',
  'null: null',
  '\ttab: 1',
  '---',
  '...',
  '%YAML 1.1',
  '\0',
  '\uFEFF',
  '# comment',
  ': no key',
  '- item',
];

type Mutation = (lines: string[]) => void;

const line = fc.nat();
const mutations: fc.Arbitrary<Mutation> = fc.oneof(
  line.map(
    (at): Mutation =>
      (lines) =>
        void lines.splice(at % lines.length, 1),
  ),
  line.map(
    (at): Mutation =>
      (lines) =>
        void lines.splice(at % lines.length, 0, lines[at % lines.length] ?? ''),
  ),
  fc.record({ at: line, to: line }).map(({ at, to }): Mutation => (lines) => {
    const [moved = ''] = lines.splice(at % lines.length, 1);
    lines.splice(to % (lines.length + 1), 0, moved);
  }),
  fc
    .record({ at: line, value: fc.constantFrom(...ODD_VALUES) })
    .map(({ at, value }): Mutation => edit(at, (text) => text.replace(/:( .*)?$/, () => `: ${value}`))),
  fc.record({ at: line, odd: fc.constantFrom(...ODD_LINES), indent: fc.nat(8) }).map(
    ({ at, odd, indent }): Mutation =>
      (lines) =>
        void lines.splice(at % (lines.length + 1), 0, ' '.repeat(indent) + odd),
  ),
  fc
    .record({ at: line, key: fc.string({ unit: 'binary', maxLength: 20 }) })
    .map(({ at, key }): Mutation => edit(at, (text) => text.replace(/[A-Za-z-]+:/, () => `${key}:`))),
  fc
    .record({ at: line, indent: fc.nat(8) })
    .map(({ at, indent }): Mutation => edit(at, (text) => ' '.repeat(indent) + text.trimStart())),
  fc
    .record({ at: line, column: fc.nat(), text: fc.string({ unit: 'binary', minLength: 1, maxLength: 4 }) })
    .map(({ at, column, text: inserted }): Mutation =>
      edit(at, (text) => {
        const offset = column % (text.length + 1);
        return text.slice(0, offset) + inserted + text.slice(offset);
      }),
    ),
);

function edit(at: number, change: (text: string) => string): Mutation {
  return (lines) => {
    const index = at % lines.length;
    lines[index] = change(lines[index] ?? '');
  };
}

const mutatedSpecs = fc
  .record({ example: fc.constantFrom(...EXAMPLES), steps: fc.array(mutations, { minLength: 1, maxLength: 3 }) })
  .map(({ example, steps }) => {
    const lines = example.split('\n');
    for (const step of steps) if (lines.length > 0) step(lines);
    return lines.join('\n');
  });

async function outcomeOf(text: string): Promise<unknown> {
  const read = (path: string) =>
    path === '/project/dmsctl.yaml'
      ? Promise.resolve(Buffer.from(text))
      : Promise.reject(Object.assign(new Error('no such file'), { code: 'ENOENT' }));
  return await loadSpec({ cwd: '/project', env: ENV }, read).catch((error: unknown) => error);
}

it(`${MUTATIONS} mutated specs load or end in a SPEC error without secrets (DMSCTL_TEST_SEED=${SEED})`, async () => {
  const seen = { loaded: 0, refused: 0 };
  const check = fc.asyncProperty(mutatedSpecs, async (text) => {
    const outcome = await outcomeOf(text);
    if (outcome instanceof Error) {
      seen.refused += 1;
      if (!(outcome instanceof DmsctlError)) throw outcome;
      expect(outcome.code).toMatch(/^SPEC_/);
      expect(JSON.stringify([outcome.message, outcome.fix, outcome.cause])).not.toContain(CANARY);
    } else {
      seen.loaded += 1;
      expect(outcome).toMatchObject({ file: '/project/dmsctl.yaml', tasks: [{ type: 'full-load' }] });
    }
  });
  await fc.assert(check, { seed: SEED, numRuns: MUTATIONS });
  // Mutations that break nothing, or everything, would test little.
  expect(seen.loaded).toBeGreaterThan(0);
  expect(seen.refused).toBeGreaterThan(MUTATIONS / 4);
}, 60_000);
