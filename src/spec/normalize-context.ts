import type { ProblemList } from './problem-list.js';
import type { InvalidPlaces } from './schema-problems.js';
import type { FileReader } from './spec-files.js';
import type { SpecPath } from './spec-path.js';
import type { Substitutions } from './substitute.js';

/** What every check of a spec's meaning needs. */
export interface NormalizeContext {
  readonly problems: ProblemList;
  readonly substitutions: Substitutions;
  readonly invalid: InvalidPlaces;
  readonly read: FileReader;
  /** The spec's; paths in it are relative to it. */
  readonly folder: string;
  readonly allowInlineSecrets: boolean;
}

/** True when the value at `path` has the shape that the schema promises and could be put together. */
export function canCheck(path: SpecPath, { invalid, substitutions }: NormalizeContext): boolean {
  return invalid.isSound(path) && !substitutions.isFailed(path);
}
