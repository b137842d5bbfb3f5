import { setMaxListeners } from 'node:events';

/** Aborted when any of `signals` is. Many waiters may listen: Node's warning at eleven is meant for leaks. */
export function anySignal(...signals: readonly AbortSignal[]): AbortSignal {
  const signal = AbortSignal.any([...signals]);
  setMaxListeners(0, signal);
  return signal;
}
