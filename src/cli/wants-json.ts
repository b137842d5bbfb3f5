const TRUE_WORDS: readonly string[] = ['1', 'true', 'y', 'yes'];

/** The words of an environment twin that switch its flag on, as oclif reads them. */
export function isSwitchedOn(name: string): boolean {
  return TRUE_WORDS.includes((process.env[name] ?? '').toLowerCase());
}

/** Also for what answers before, or without, the flags being parsed: that too must be JSON. */
export function wantsJson(): boolean {
  return process.argv.includes('--json') || isSwitchedOn('DMSCTL_JSON');
}
