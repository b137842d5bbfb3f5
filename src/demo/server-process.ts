import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { ProcessIdentity } from './process-identity.js';

const POLL_INTERVAL_MS = 20;
const LOG_LINES_SHOWN = 8;

/**
 * Runs beside a server and ends it when the process that holds the other end of its standard input is gone, however that
 * ended: exit handlers do not run after SIGKILL. $1 pid, $2 signal, $3 folder to remove (or empty).
 */
const GUARD_SCRIPT = `
read -r _
kill -s "$2" "$1"
waited=0
while kill -0 "$1" && [ "$waited" -lt 100 ]; do sleep 0.1; waited=$((waited + 1)); done
[ "$waited" -lt 100 ] || kill -s KILL "$1"
[ -z "$3" ] || rm -rf -- "$3"
`;

export interface ServerProcessOptions {
  readonly program: string;
  readonly args: readonly string[];
  readonly identity: ProcessIdentity;
  /** Working directory; must be readable by `identity`. */
  readonly folder: string;
  /** Standard output and error are appended here. */
  readonly logFile: string;
  /** Asks the server for a quick, clean end. */
  readonly stopSignal: 'SIGINT' | 'SIGTERM';
  /** Ends the server and its children at once, as a crash would. */
  readonly crashSignal: 'SIGQUIT' | 'SIGKILL';
  /** Either signal is followed by SIGKILL after this time. */
  readonly endTimeoutMs: number;
  /** Asked again and again until it says yes. */
  readonly isReady: (pid: number) => Promise<boolean>;
  readonly readyTimeoutMs: number;
  /** Removed when this process dies without stopping the server. */
  readonly removeIfOrphaned: string | null;
  /** True: the server stays when this process ends. */
  readonly outlivesProcess: boolean;
}

/** A running server. It never keeps this process from ending. */
export interface ServerProcess {
  readonly pid: number;
  /** Both return when the process has ended. */
  stop(): Promise<void>;
  crash(): Promise<void>;
}

/** Returns when the server is ready; rejects with the end of its log when it ends before or is not ready in time. */
export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  const child = await spawnServer(options);
  if (!options.outlivesProcess) {
    const guard = spawnGuard(child.pid, options);
    child.once('exit', () => guard.kill('SIGKILL'));
  }
  const server: ServerProcess = {
    pid: child.pid,
    stop: () => end(child, options.stopSignal, options.endTimeoutMs),
    crash: () => end(child, options.crashSignal, options.endTimeoutMs),
  };
  try {
    await waitUntilReady(child, options);
    return server;
  } catch (error) {
    await server.crash();
    throw error;
  }
}

type RunningChild = ChildProcess & { readonly pid: number };

async function spawnServer(options: ServerProcessOptions): Promise<RunningChild> {
  const log = openSync(options.logFile, 'a');
  try {
    const child = spawn(options.program, options.args, {
      ...options.identity,
      cwd: options.folder,
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', log, log],
      // A group of its own: Ctrl-C on the terminal is for us, and we decide when the server ends.
      detached: true,
    });
    await once(child, 'spawn');
    child.unref();
    return child as RunningChild;
  } finally {
    closeSync(log);
  }
}

function spawnGuard(pid: number, options: ServerProcessOptions): ChildProcess {
  const signalName = options.stopSignal.slice('SIG'.length);
  const args = ['-c', GUARD_SCRIPT, 'guard', String(pid), signalName, options.removeIfOrphaned ?? ''];
  const guard = spawn('sh', args, { stdio: ['pipe', 'ignore', 'ignore'], detached: true, cwd: '/' });
  guard.unref();
  if (guard.stdin instanceof Socket) guard.stdin.unref();
  return guard;
}

async function waitUntilReady(child: RunningChild, options: ServerProcessOptions): Promise<void> {
  const deadline = Date.now() + options.readyTimeoutMs;
  while (!(await options.isReady(child.pid))) {
    if (hasEnded(child)) throw new Error(`ended while starting; its log says:\n${lastLines(options.logFile)}`);
    if (Date.now() > deadline) {
      throw new Error(
        `not ready after ${options.readyTimeoutMs / 1000} s; its log says:\n${lastLines(options.logFile)}`,
      );
    }
    await delay(POLL_INTERVAL_MS);
  }
}

async function end(child: RunningChild, signal: NodeJS.Signals, timeoutMs: number): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.ref();
  const killTimer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  child.kill(signal);
  await ended;
  clearTimeout(killTimer);
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function lastLines(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-LOG_LINES_SHOWN).join('\n');
}
