import type { Endpoint } from '../model/endpoint.js';
import { nearestWord } from '../lib/nearest-word.js';
import { canCheck, type NormalizeContext } from './normalize-context.js';
import { showWord } from './show-word.js';
import type { RawTask } from './raw-spec.js';
import type { TaskSpec } from './spec.js';
import type { SpecPath } from './spec-path.js';
import { toTablePattern } from './table-pattern.js';

const NUL_WORDS = ['error', 'strip'];

interface KnownEndpoints {
  /** All that the spec names, usable or not. */
  readonly names: readonly string[];
  readonly endpoints: readonly Endpoint[];
}

/** The task, `null` without the shape for one; not to be used when this adds a problem. */
export function normalizeTask(
  name: string,
  raw: RawTask,
  known: KnownEndpoints,
  context: NormalizeContext,
): TaskSpec | null {
  const path: SpecPath = ['tasks', name];
  checkReference([...path, 'source'], raw.source, known.names, context);
  checkReference([...path, 'target'], raw.target, known.names, context);
  checkNotOnItself([...path, 'target'], raw, known.endpoints, context);
  checkZeroDate([...path, 'policies', 'zeroDate'], raw, context);
  checkNulCharacter([...path, 'policies', 'nulCharacter'], raw, context);
  if (!context.invalid.isSound(path)) return null;
  return {
    name,
    type: raw.type,
    source: raw.source,
    target: raw.target,
    start: raw.start,
    tables: { include: raw.tables.include.map(toTablePattern), exclude: raw.tables.exclude.map(toTablePattern) },
    prepare: raw.prepare,
    fullLoad: { tables: raw.fullLoad.tables, connectionsPerTable: raw.fullLoad.connectionsPerTable },
    policies: { ...raw.policies, zeroDate: raw.policies.zeroDate ?? 'null' },
  };
}

function checkReference(path: SpecPath, given: string, names: readonly string[], context: NormalizeContext): void {
  if (!canCheck(path, context) || names.includes(given)) return;
  const { words, suggestion } = showWord(path, { given, valid: names }, context.substitutions);
  context.problems.add(path, `${words} is no endpoint, expected one of ${names.join(', ')}`, { suggestion });
}

/** A task that writes where it reads would, with prepare recreate, drop the tables before reading them. */
function checkNotOnItself(
  path: SpecPath,
  raw: RawTask,
  endpoints: readonly Endpoint[],
  context: NormalizeContext,
): void {
  if (!canCheck(path, context)) return;
  const source = endpoints.find(({ name }) => name === raw.source);
  const target = endpoints.find(({ name }) => name === raw.target);
  if (raw.source === raw.target || (source !== undefined && target !== undefined && isSamePlace(source, target))) {
    context.problems.add(path, 'the target is the same database as the source');
  }
}

function isSamePlace(a: Endpoint, b: Endpoint): boolean {
  return a.host.toLowerCase() === b.host.toLowerCase() && a.port === b.port && a.database === b.database;
}

function checkZeroDate(path: SpecPath, { policies }: RawTask, context: NormalizeContext): void {
  if (!canCheck(path, context)) return;
  const { zeroDate } = policies;
  if (zeroDate === null || ['error', 'null'].includes(zeroDate) || isDate(zeroDate)) return;
  context.problems.add(path, 'there is no such day in the calendar');
}

/** Anything is a replacement, so a slip of the pen would silently end up in the data. */
function checkNulCharacter(path: SpecPath, { policies }: RawTask, context: NormalizeContext): void {
  if (!canCheck(path, context) || NUL_WORDS.includes(policies.nulCharacter)) return;
  const suggestion = nearestWord(policies.nulCharacter, NUL_WORDS);
  if (suggestion === null) return;
  context.problems.add(path, 'expected error, strip, or a replacement that is unlike both', { suggestion });
}

/** PostgreSQL has no year 0. */
function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) && !text.startsWith('0000');
}
