/**
 * A text from a database or a server as it may stand in one line of a terminal: control characters (escape sequences
 * and line breaks among them) and the ones that turn the direction of writing are shown by their number.
 */
export function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
