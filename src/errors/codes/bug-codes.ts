import type { CodeEntry } from './code-entry.js';

export const BUG_CODES = {
  BUG_INVARIANT: {
    summary: 'dmsctl broke a rule of its own',
    meaning: 'A state that must not occur did. dmsctl stops, because stopping beats wrong data. Please report it.',
    exit: 'failed',
  },
  BUG_UNEXPECTED: {
    summary: 'An error that dmsctl does not know',
    meaning: 'Something failed in a way that no code describes. The cause is printed; please report it.',
    exit: 'failed',
  },
} as const satisfies Record<string, CodeEntry>;
