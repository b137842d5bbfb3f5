/** Runs the built program as a user would: a process of its own, killed for real. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

export const PROJECT_ROOT = join(import.meta.dirname, '..', '..');
const PROGRAM = join(PROJECT_ROOT, 'bin', 'run.js');

export interface DmsctlOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface DmsctlResult {
  /** `null` when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningDmsctl {
  readonly child: Child;
  readonly result: Promise<DmsctlResult>;
  kill(signal: NodeJS.Signals): void;
  /** Resolves once stdout and stderr together match; rejects when the process ends without. */
  said(pattern: RegExp): Promise<void>;
}

export async function runDmsctl(args: readonly string[], options: DmsctlOptions): Promise<DmsctlResult> {
  return startDmsctl(args, options).result;
}

export function startDmsctl(args: readonly string[], { cwd, env = {} }: DmsctlOptions): RunningDmsctl {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd,
    env: { ...inheritedEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collect(child);
  const result = once(child, 'close').then(([exitCode, signal]) => ({
    exitCode: exitCode as number | null,
    signal: signal as NodeJS.Signals | null,
    ...output,
  }));
  return {
    child,
    result,
    kill: (signal) => child.kill(signal),
    said: async (pattern) => waitUntilSaid(child, output, pattern),
  };
}

/** Without what dmsctl would read of this process's environment. */
export function inheritedEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('DMSCTL_') && !name.endsWith('_COLOR') && !name.startsWith('VITEST'),
  );
  return Object.fromEntries(entries);
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

interface Output {
  stdout: string;
  stderr: string;
}

function collect(child: Child): Output {
  const output: Output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  return output;
}

async function waitUntilSaid(child: Child, output: Output, pattern: RegExp): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const look = (): void => {
      if (pattern.test(output.stdout + output.stderr)) resolve();
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.once('close', () => {
      reject(new Error(`dmsctl ended without saying ${pattern}:\n${output.stdout}${output.stderr}`));
    });
    look();
  });
}
