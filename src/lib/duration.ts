const UNITS = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

/** Milliseconds of a time such as `90s` or `1h30m`; `null` when it is none or is beyond exact counting. */
export function parseDurationMs(text: string): number | null {
  if (!/^([0-9]+(ms|s|m|h|d))+$/.test(text)) return null;
  let total = 0;
  for (const [, count, unit] of text.matchAll(/([0-9]+)(ms|s|m|h|d)/g)) {
    total += Number(count) * (UNITS.get(unit ?? '') ?? 0);
  }
  return Number.isSafeInteger(total) ? total : null;
}
