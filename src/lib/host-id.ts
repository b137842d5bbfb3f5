import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * Equal for two processes exactly when a pid of one means something to the other: the same machine, boot and pid
 * namespace (containers share a host name or a machine id more often than one thinks). The host name stands in for what
 * the system does not tell.
 */
export function hostId(): string {
  const parts = [
    read(() => readFileSync('/etc/machine-id', 'utf8')),
    read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
    read(() => readlinkSync('/proc/self/ns/pid')),
  ];
  const isLinux = parts.some((part) => part !== null);
  const identity = isLinux ? [hostname(), ...parts].join('\n') : hostname();
  return createHash('sha256').update(identity).digest('hex').slice(0, 32);
}

/** For a pid of this host only: see `hostId`. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function read(readText: () => string): string | null {
  try {
    return readText().trim();
  } catch {
    return null;
  }
}
