const UNITS = new Map([
  ['B', 1],
  ['KB', 1e3],
  ['MB', 1e6],
  ['GB', 1e9],
  ['TB', 1e12],
  ['KiB', 2 ** 10],
  ['MiB', 2 ** 20],
  ['GiB', 2 ** 30],
  ['TiB', 2 ** 40],
]);

/** Bytes of a size such as `512MiB`, rounded down; `null` when it is none, is zero, or is beyond exact counting. */
export function parseByteSize(text: string): number | null {
  const match = /^([0-9]+(?:\.[0-9]+)?) ?([A-Za-z]+)$/.exec(text);
  const factor = UNITS.get(match?.[2] ?? '');
  if (factor === undefined) return null;
  const bytes = Math.floor(Number(match?.[1]) * factor);
  return bytes > 0 && Number.isSafeInteger(bytes) ? bytes : null;
}
