import type { ErrorObject } from 'ajv/dist/2020.js';
import { nearestWord } from '../lib/nearest-word.js';
import type { ProblemList } from './problem-list.js';
import { showWord } from './show-word.js';
import { fromPointer, toPointer, type SpecPath } from './spec-path.js';
import { validateBySchema } from './spec-schema.js';
import type { Substitutions } from './substitute.js';

/** The places where the value does not have the shape that the schema promises. */
export class InvalidPlaces {
  readonly #pointers: readonly string[];

  constructor(paths: readonly SpecPath[]) {
    this.#pointers = paths.map(toPointer);
  }

  /** True when nothing is wrong with the value at `path`, with what it holds, and with what holds it. */
  isSound(path: SpecPath): boolean {
    const pointer = toPointer(path);
    return !this.#pointers.some((bad) => isWithin(bad, pointer) || isWithin(pointer, bad));
  }
}

function isWithin(pointer: string, outer: string): boolean {
  return pointer === outer || pointer.startsWith(`${outer}/`);
}

/** Fills in defaults, in place, and adds what the JSON Schema finds wrong to the problems. */
export function checkBySchema(root: unknown, substitutions: Substitutions, problems: ProblemList): InvalidPlaces {
  const errors = validateBySchema(root).filter(({ keyword }) => keyword !== 'if' && keyword !== 'propertyNames');
  const invalid: SpecPath[] = [];
  for (const error of errors) {
    const path = fromPointer(error.instancePath, root);
    invalid.push(report(error, path, { substitutions, problems }));
  }
  return new InvalidPlaces(invalid);
}

interface Context {
  readonly substitutions: Substitutions;
  readonly problems: ProblemList;
}

/** Returns the path whose value is not as the schema says: for a missing or unknown key, that key's. */
function report(error: ErrorObject, path: SpecPath, { substitutions, problems }: Context): SpecPath {
  const schema = error.parentSchema as ParentSchema;
  if (error.propertyName !== undefined) {
    const keyPath = [...path, error.propertyName];
    problems.add(keyPath, `this key is not ${schema.patternErrorMessage ?? 'valid'}`, { at: 'key' });
    return keyPath;
  }
  const params = error.params as Params;
  switch (error.keyword) {
    case 'additionalProperties':
      return reportUnknownKey([...path, params.additionalProperty ?? ''], schema, problems);
    case 'required':
      return reportMissingKey([...path, params.missingProperty ?? ''], problems);
    case 'enum':
    case 'const':
      reportUnknownWord(path, { given: error.data, words: wordsOf(schema) }, { substitutions, problems });
      return path;
    default:
      problems.add(path, describe(error, schema));
      return path;
  }
}

interface ParentSchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly patternErrorMessage?: string;
}

interface Params {
  readonly additionalProperty?: string;
  readonly missingProperty?: string;
  readonly limit?: number;
}

function reportUnknownKey(path: SpecPath, { properties = {} }: ParentSchema, problems: ProblemList): SpecPath {
  const known = Object.keys(properties);
  const suggestion = nearestWord(String(path.at(-1)), known);
  const others = known.length === 0 ? 'no keys are known here' : `known here: ${known.join(', ')}`;
  problems.add(path, suggestion === null ? `unknown key; ${others}` : 'unknown key', { at: 'key', suggestion });
  return path;
}

function reportMissingKey(path: SpecPath, problems: ProblemList): SpecPath {
  problems.add(path, 'this key is missing', { at: 'key' });
  return path;
}

function wordsOf(schema: ParentSchema): readonly string[] {
  return (schema.enum ?? [schema.const]).map(String);
}

function reportUnknownWord(
  path: SpecPath,
  { given, words }: { readonly given: unknown; readonly words: readonly string[] },
  { substitutions, problems }: Context,
): void {
  const expected = words.length === 1 ? `expected ${words.join('')}` : `expected one of ${words.join(', ')}`;
  if (typeof given !== 'string') {
    problems.add(path, `found ${describeType(given)}, ${expected}`);
    return;
  }
  const shown = showWord(path, { given, valid: words }, substitutions);
  problems.add(path, `${shown.words} is not valid here, ${expected}`, { suggestion: shown.suggestion });
}

/** Never says the value: it may be a secret in the wrong place. */
function describe(error: ErrorObject, schema: ParentSchema): string {
  const { limit = 0 } = error.params as Params;
  switch (error.keyword) {
    case 'type':
      return describeWrongType(error.data, schema);
    case 'pattern':
      return `expected ${schema.patternErrorMessage ?? 'another form'}`;
    case 'minimum':
      return `is too small, expected ${limit} or more`;
    case 'maximum':
      return `is too large, expected ${limit} or less`;
    case 'minLength':
      return 'is empty, expected text';
    case 'maxLength':
      return `is too long, expected at most ${limit} characters`;
    case 'minItems':
      return 'is empty, expected at least one entry';
    case 'minProperties':
      return `expected at least ${limit} ${limit === 1 ? 'key' : 'keys'}`;
    default:
      return `is not valid: ${error.message ?? error.keyword}`;
  }
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  object: 'a map',
  array: 'a list',
  string: 'text',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'null',
};

function describeWrongType(given: unknown, schema: ParentSchema): string {
  const types = [schema.type ?? []].flat();
  const expected = schema.patternErrorMessage ?? types.map((type) => TYPE_WORDS[type] ?? type).join(' or ');
  const isUnquoted = types.includes('string') && ['number', 'boolean'].includes(typeof given);
  const hint = isUnquoted ? '; text that looks like a number or true/false needs quotes' : '';
  return `found ${describeType(given)}, expected ${expected}${hint}`;
}

function describeType(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  return typeof value === 'string' ? 'text' : `a ${typeof value}`;
}
