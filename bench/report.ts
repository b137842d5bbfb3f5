import type { Measurement } from './measure.js';
import type { Mover } from './movers.js';

interface Results {
  readonly title: string;
  readonly rows: number;
  /** The first one is what the others are compared with. */
  readonly movers: readonly Mover[];
  readonly measurements: ReadonlyMap<string, readonly Measurement[]>;
}

/** Medians of wall time; ratios are the others' time over the first one's: above 1 means that the first is faster. */
export function printResults({ title, rows, movers, measurements }: Results): void {
  console.log(`\n${title}`);
  const first = medianSeconds(measurements.get(movers[0]?.name ?? '') ?? []);
  for (const { name, missing } of movers) {
    const runs = measurements.get(name) ?? [];
    if (missing !== null || runs.length === 0) {
      console.log(`  ${name.padEnd(44)} not run: ${missing ?? 'no runs'}`);
      continue;
    }
    const seconds = medianSeconds(runs);
    const pieces = [
      `${seconds.toFixed(2)} s (${runs.map((run) => run.seconds.toFixed(2)).join(', ')})`,
      `${Math.round(rows / seconds / 1000)} k rows/s`,
      `ratio ${(seconds / first).toFixed(2)}`,
      peak('peak RSS', runs, ({ peakRssMiB }) => peakRssMiB, 'MiB'),
      peak('CPU', runs, ({ cpuSeconds }) => cpuSeconds, 's'),
    ];
    console.log(`  ${name.padEnd(44)} ${pieces.filter((piece) => piece !== '').join(', ')}`);
  }
}

function medianSeconds(runs: readonly Measurement[]): number {
  const sorted = runs.map(({ seconds }) => seconds).sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function peak(
  label: string,
  runs: readonly Measurement[],
  read: (run: Measurement) => number | null,
  unit: string,
): string {
  const known = runs.map(read).filter((value) => value !== null);
  return known.length === 0 ? '' : `${label} ${Math.max(...known).toFixed(1)} ${unit}`;
}
