import { isDeepStrictEqual } from 'node:util';
import type { ProblemList } from './problem-list.js';
import { showWord } from './show-word.js';
import type { RawSpec } from './raw-spec.js';
import type { SpecPath } from './spec-path.js';
import type { Substitutions } from './substitute.js';

/** Values that are carried out today; none: the key itself is refused. `*` is any key or index. */
export interface Limit {
  readonly path: readonly string[];
  readonly supported: readonly unknown[];
}

/** What the spec format has and this version does not. A finished feature deletes its line; docs/reference/spec.md says them. */
export const LIMITS: readonly Limit[] = [
  limit('endpoints.*.engine', 'postgres', 'mysql', 'mariadb'),
  limit('tasks.*.type', 'full-load'),
  limit('tasks.*.tables.include.*.filter'),
  limit('tasks.*.tables.include.*.loadOrder'),
  limit('tasks.*.transforms', []),
  limit('tasks.*.fullLoad.stopAfter', 'never'),
  limit('tasks.*.cdc.startFrom', null),
  limit('tasks.*.cdc.stopAt', null),
  limit('tasks.*.cdc.apply', 'transactional'),
  limit('tasks.*.objects', 'minimal'),
  limit('tasks.*.policies.ddl', 'stop'),
  limit('tasks.*.policies.truncate', 'apply'),
  limit('tasks.*.policies.rowError', 'stop'),
  limit('tasks.*.validation.enabled', false),
];

const TARGET_ENGINES: readonly string[] = ['postgres'];

function limit(path: string, ...supported: readonly unknown[]): Limit {
  return { path: path.split('.'), supported };
}

/** Adds every key and value of a valid spec that this version does not carry out to the problems. */
export function refuseUnsupported(spec: RawSpec, substitutions: Substitutions, problems: ProblemList): void {
  for (const { path: pattern, supported } of LIMITS) {
    for (const { path, value } of find(spec, pattern, [])) {
      if (supported.some((one) => isDeepStrictEqual(one, value))) continue;
      if (supported.length === 0) problems.add(path, 'this key is not supported yet', { at: 'key' });
      else problems.add(path, describe(path, { value, supported }, substitutions));
    }
  }
  for (const [name, { target }] of Object.entries(spec.tasks)) {
    const engine = spec.endpoints[target]?.engine ?? '';
    if (TARGET_ENGINES.includes(engine)) continue;
    problems.add(['tasks', name, 'target'], `a target of engine ${engine} is not supported yet, only postgres`);
  }
}

function describe(
  path: SpecPath,
  { value, supported }: { readonly value: unknown; readonly supported: readonly unknown[] },
  substitutions: Substitutions,
): string {
  const given =
    typeof value === 'string' ? showWord(path, { given: value, valid: [] }, substitutions).words : 'this value';
  const only = supported.map((one) => (Array.isArray(one) ? 'an empty list' : String(one))).join(', ');
  return `${given} is not supported yet, only ${only}`;
}

interface Found {
  readonly path: SpecPath;
  readonly value: unknown;
}

/** The values at `pattern` that exist, with their paths. */
function find(value: unknown, pattern: readonly string[], path: SpecPath): readonly Found[] {
  const [step, ...rest] = pattern;
  if (step === undefined) return [{ path, value }];
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value as Record<string, unknown>).filter(([key]) => step === '*' || step === key);
  return entries.flatMap(([key, item]) => find(item, rest, [...path, Array.isArray(value) ? Number(key) : key]));
}
