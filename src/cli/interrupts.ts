import { EXIT } from '../errors/codes/code-entry.js';

export interface Interrupts {
  /** Aborted by the first SIGINT or SIGTERM: end what is under way, begin nothing. */
  readonly drain: AbortSignal;
  dispose(): void;
}

/** The first signal drains, the second ends the process at once: both are safe, the first is tidier. */
export function watchInterrupts(note: (text: string) => void): Interrupts {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(EXIT.secondSignal);
    controller.abort();
    note('Stopping: what is under way is brought to an end, nothing new begins. Once more stops at once.');
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    drain: controller.signal,
    dispose: () => {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
