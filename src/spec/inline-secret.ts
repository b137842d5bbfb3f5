import type { TextSegment } from './substitute.js';

/** True when any character stands in the spec itself; the default of an `${env:}` does. */
export function isInlineSecret(segments: readonly TextSegment[]): boolean {
  return segments.some(({ text, origin }) => text !== '' && (origin === 'inline' || origin === 'default'));
}
