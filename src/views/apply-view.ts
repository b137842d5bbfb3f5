import type { ApplyObserver } from '../apply/apply-event.js';

/** Shows a running apply. `stop()` returns when nothing more will be written. */
export interface ApplyView {
  readonly observe: ApplyObserver;
  stop(): Promise<void>;
}
