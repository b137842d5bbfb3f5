import type { LockInfo, StateLock, StateStore } from '../state/state-store.js';

/** Locks the state for a command, and says when that took the place of a process that died. */
export async function lockState(
  stateStore: StateStore,
  operation: string,
  note: (text: string) => void,
): Promise<StateLock> {
  const lock = await stateStore.lock(operation);
  if (lock.takenOverFrom !== null) note(takeOverNotice(lock.takenOverFrom));
  return lock;
}

function takeOverNotice({ holder, host, pid }: LockInfo): string {
  return `Took over the state's lock, which ${holder} left on ${host}: process ${pid} is gone.`;
}
