/** A piece of a document that may lose items from its end. */
export interface Section {
  readonly head: string;
  readonly items: readonly string[];
  readonly tail: string;
  /** What one item is, for "and 12 more tables". */
  readonly noun: string;
}

export interface FitOptions {
  readonly charactersMax: number;
  /** Stands at the end when anything was left out. */
  readonly cutNotice: string;
}

/** Puts sections together, the important ones first, and leaves out what does not fit, from the end, saying so. */
export function fitSections(sections: readonly Section[], { charactersMax, cutNotice }: FitOptions): string {
  let left = charactersMax - cutNotice.length;
  let isCut = false;
  const kept: string[] = [];
  for (const section of sections) {
    const fitted = fitSection(section, left);
    isCut ||= fitted === null || fitted.isCut;
    if (fitted === null) continue;
    kept.push(fitted.text);
    left -= fitted.text.length;
  }
  return `${kept.join('')}${isCut ? cutNotice : ''}`;
}

function fitSection(
  { head, items, tail, noun }: Section,
  charactersMax: number,
): { readonly text: string; readonly isCut: boolean } | null {
  const whole = `${head}${items.join('')}${tail}`;
  if (whole.length <= charactersMax) return { text: whole, isCut: false };
  let left = charactersMax - head.length - tail.length - moreWords(items.length, noun).length;
  let count = 0;
  for (const item of items) {
    if (item.length > left) break;
    left -= item.length;
    count += 1;
  }
  if (count === 0) return null;
  const text = `${head}${items.slice(0, count).join('')}${tail}${moreWords(items.length - count, noun)}`;
  return { text, isCut: true };
}

function moreWords(count: number, noun: string): string {
  return `\n… and ${count} more ${noun}.\n`;
}
