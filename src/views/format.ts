const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;
const COUNT_UNITS = ['', 'k', 'M', 'G'] as const;

/** `3.1 GB`, `512 MB`, `17 B`: decimal units, as disks and networks are sold. */
export function formatBytes(bytes: number): string {
  return formatScaled(bytes, BYTE_UNITS);
}

/** Every digit, for what was counted: `1,234,567`. */
export function formatRows(rows: number): string {
  return String(Math.round(rows)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `41 M`, `3,100`: for estimates, which have no more digits to give. */
export function formatEstimate(count: number): string {
  return count < 9999.5 ? formatRows(count) : formatScaled(count, COUNT_UNITS);
}

/** `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`. */
export function formatDuration(seconds: number): string {
  if (seconds < 9.95) return `${Math.max(0, seconds).toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `1 table`, `2 tables`. */
export function formatCount(count: number, noun: string): string {
  return `${formatRows(count)} ${count === 1 ? noun : `${noun}s`}`;
}

function formatScaled(value: number, units: readonly string[]): string {
  let unit = 0;
  let scaled = value;
  // 999.5 would be printed as 1000 of the smaller unit.
  while (scaled >= 999.5 && unit < units.length - 1) {
    scaled /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || scaled >= 9.95 ? scaled.toFixed(0) : scaled.toFixed(1);
  return `${digits} ${units[unit] ?? ''}`;
}
