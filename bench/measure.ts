import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Measurement {
  readonly seconds: number;
  /** Of the command's own process; `null` for shell pipelines. */
  readonly peakRssMiB: number | null;
  readonly cpuSeconds: number | null;
}

export interface BenchCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const POLL_INTERVAL_MS = 20;
const CLOCK_TICKS_PER_SECOND = 100;

/** Runs a command to its end; rejects with its output when it fails. Linux only: memory and CPU come from /proc. */
export async function measure({ program, args, env = {} }: BenchCommand): Promise<Measurement> {
  const startedMs = performance.now();
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-4000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  let usage = { peakRssMiB: 0, cpuSeconds: 0 };
  const timer = setInterval(() => {
    usage = readUsage(child.pid ?? 0) ?? usage;
  }, POLL_INTERVAL_MS);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  }).finally(() => {
    clearInterval(timer);
  });
  if (exitCode !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${exitCode ?? 'a signal'}:\n${output}`);
  const isPipeline = program === 'bash';
  return {
    seconds: (performance.now() - startedMs) / 1000,
    peakRssMiB: isPipeline ? null : usage.peakRssMiB,
    cpuSeconds: isPipeline ? null : usage.cpuSeconds,
  };
}

/** `null` once the process is gone. */
function readUsage(pid: number): { peakRssMiB: number; cpuSeconds: number } | null {
  try {
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    if (peak === null) return null;
    return {
      peakRssMiB: Number(peak[1]) / 1024,
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_SECOND,
    };
  } catch {
    return null;
  }
}
