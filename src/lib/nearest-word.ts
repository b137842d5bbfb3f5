import { distance } from 'fastest-levenshtein';

const GIVEN_CHARS_MAX = 64;

/** The word that `given` was probably meant to be, or `null` when none is near. */
export function nearestWord(given: string, words: readonly string[]): string | null {
  if (given.length > GIVEN_CHARS_MAX) return null;
  const candidates = words
    .map((word) => ({ word, edits: distance(given.toLowerCase(), word.toLowerCase()) }))
    .filter(({ word, edits }) => edits <= Math.max(1, Math.floor(word.length / 3)))
    .sort((a, b) => a.edits - b.edits);
  return candidates[0]?.word ?? null;
}
