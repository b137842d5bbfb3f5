import { hostname } from 'node:os';
import { hostId, isProcessAlive } from '../lib/host-id.js';
import type { LeaseHolder } from '../model/task-progress.js';

export function thisProcess(): LeaseHolder {
  return { hostId: hostId(), hostName: hostname(), pid: process.pid };
}

/** A holder on another machine may always be alive; its lease decides. */
export function isDeadHere(holder: LeaseHolder): boolean {
  return holder.hostId === hostId() && !isProcessAlive(holder.pid);
}
