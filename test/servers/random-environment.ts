import { randomInt } from 'node:crypto';

const SEED_MAX = 2 ** 31;

/** Offsets that are not whole hours, that changed their sign or day, with and without daylight saving time. */
const TIME_ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kolkata',
  'Pacific/Apia',
  'Pacific/Chatham',
];
/** Other digits, other decimal signs, and the i without a dot. */
const LOCALES = ['C', 'en_US.UTF-8', 'de_DE.UTF-8', 'tr_TR.UTF-8', 'ar_EG.UTF-8'];

/**
 * Puts this process, and with it the workers and servers that it starts, into a time zone and locale by
 * DMSCTL_TEST_SEED, which is made up when unset. Returns what to print.
 */
export function enterRandomEnvironment(): string {
  const seed = Number(process.env.DMSCTL_TEST_SEED ?? randomInt(SEED_MAX));
  const timeZone = TIME_ZONES[seed % TIME_ZONES.length];
  const locale = LOCALES[Math.floor(seed / TIME_ZONES.length) % LOCALES.length];
  // LC_ALL and LC_MESSAGES would stand before LANG.
  delete process.env.LC_ALL;
  delete process.env.LC_MESSAGES;
  Object.assign(process.env, { DMSCTL_TEST_SEED: String(seed), TZ: timeZone, LANG: locale });
  return `DMSCTL_TEST_SEED=${seed}: time zone ${timeZone ?? ''}, locale ${locale ?? ''}`;
}
