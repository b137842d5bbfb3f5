import { DmsctlError } from '../../../src/errors/dmsctl-error.js';
import { formatSpecProblem, specProblemsOf } from '../../../src/model/spec-problem.js';
import { loadSpec } from '../../../src/spec/load-spec.js';
import type { Spec } from '../../../src/spec/spec.js';
import type { FileReader } from '../../../src/spec/spec-files.js';

/** Lines 1 to 18; tests replace lines or add some, and name the resulting positions. */
export const VALID = `apiVersion: dmsctl/v1
name: shop
endpoints:
  legacy:
    engine: mysql
    host: old.internal
    user: reader
    password: \${env:PW}
  warehouse:
    engine: postgres
    url: \${env:TARGET_URL}
tasks:
  load:
    type: full-load
    source: legacy
    target: warehouse
    tables:
      include: ['shop.*']
`;

export const ENV = { PW: 'pw-canary', TARGET_URL: 'postgres://writer:url-canary@new.internal/shop' };

type Files = Readonly<Record<string, string | Buffer>>;

/** Only what is given exists; every other path is missing, as node:fs says it. */
export function filesOf(files: Files): FileReader {
  return (path) => {
    const content = files[path];
    if (content !== undefined) return Promise.resolve(Buffer.from(content));
    return Promise.reject(Object.assign(new Error('no such file'), { code: 'ENOENT' }));
  };
}

interface Surroundings {
  readonly env?: NodeJS.ProcessEnv;
  readonly files?: Files;
}

export function load(text: string | Buffer, { env = ENV, files = {} }: Surroundings = {}): Promise<Spec> {
  return loadSpec({ cwd: '/project', env }, filesOf({ '/project/dmsctl.yaml': text, ...files }));
}

export async function failureOf(text: string | Buffer, surroundings: Surroundings = {}): Promise<DmsctlError> {
  const outcome = await load(text, surroundings).catch((error: unknown) => error);
  if (outcome instanceof DmsctlError) return outcome;
  throw outcome instanceof Error ? outcome : new Error('the spec was accepted');
}

/** The problems of an invalid spec, as lines without the file's name. */
export async function problemsOf(text: string | Buffer, surroundings: Surroundings = {}): Promise<readonly string[]> {
  const error = await failureOf(text, surroundings);
  return specProblemsOf(error).map((problem) => formatSpecProblem(problem).replace('dmsctl.yaml:', ''));
}

/** The valid spec with one text replaced by another. */
export function changed(from: string, to: string): string {
  if (!VALID.includes(from)) throw new Error(`the valid spec does not hold ${from}`);
  return VALID.replace(from, () => to);
}
