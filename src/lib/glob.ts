/** True when the pattern can match more than its own text. */
export function hasWildcard(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

/**
 * Tells whether a name matches: `*` is any characters or none, `?` one character, everything else stands for itself, case
 * included. Written out because libraries give meaning to more characters ([, {, !, /), all legal in names of tables.
 */
export function compileGlob(pattern: string): (name: string) => boolean {
  if (!hasWildcard(pattern)) return (name) => name === pattern;
  const wanted = Array.from(pattern);
  return (name) => matches(wanted, Array.from(name));
}

function matches(wanted: readonly string[], given: readonly string[]): boolean {
  let [w, g] = [0, 0];
  let lastStar: { readonly next: number; taken: number } | null = null;
  while (g < given.length) {
    if (wanted[w] === '*') {
      w += 1;
      lastStar = { next: w, taken: g };
    } else if (wanted[w] === '?' || wanted[w] === given[g]) {
      w += 1;
      g += 1;
    } else if (lastStar !== null) {
      // Only the last star need take more: what earlier stars took already led as far as here.
      lastStar.taken += 1;
      w = lastStar.next;
      g = lastStar.taken;
    } else {
      return false;
    }
  }
  return wanted.slice(w).every((character) => character === '*');
}
