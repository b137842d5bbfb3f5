const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['n', '\n'],
  ['r', '\r'],
  ['Z', '\x1a'],
]);

/**
 * The members of `enum('a','it''s')` or `set(…)` as the server writes the type: quotes doubled, and NUL, newline, carriage
 * return and backslash behind a backslash, whatever sql_mode says (append_unescaped() in both servers).
 */
export function enumMembers(columnType: string): readonly string[] {
  const quoted = columnType.match(/'(?:[^'\\]|''|\\.)*'/gs) ?? [];
  return quoted.map((literal) =>
    literal
      .slice(1, -1)
      .replace(/''|\\(.)/gs, (_, escaped: string | undefined) =>
        escaped === undefined ? "'" : (ESCAPES.get(escaped) ?? escaped),
      ),
  );
}
