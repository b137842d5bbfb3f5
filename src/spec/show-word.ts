import { nearestWord } from '../lib/nearest-word.js';
import type { SpecPath } from './spec-path.js';
import type { Substitutions } from './substitute.js';

const WORD = /^[A-Za-z0-9_./-]{1,63}$/;

export interface ShownWord {
  /** To start a message with. */
  readonly words: string;
  readonly suggestion: string | null;
}

/**
 * How a message may speak of a wrong value. What came from outside may be a secret, and so may be anything that is no
 * plain word, such as a url in the wrong place: those are neither shown nor compared with the valid words.
 */
export function showWord(
  path: SpecPath,
  { given, valid }: { readonly given: string; readonly valid: readonly string[] },
  substitutions: Substitutions,
): ShownWord {
  if (!WORD.test(given) || substitutions.has(path)) return { words: 'this value', suggestion: null };
  return { words: `"${given}"`, suggestion: nearestWord(given, valid) };
}
