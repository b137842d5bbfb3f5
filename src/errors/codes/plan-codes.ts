import type { CodeEntry } from './code-entry.js';

export const PLAN_CODES = {
  PLAN_BLOCKED: {
    summary: 'The plan has errors',
    meaning: 'At least one finding of the plan is an error. Nothing is carried out while there is one.',
    exit: 'precheckFailed',
  },
  PLAN_STALE: {
    summary: 'The saved plan is stale',
    meaning:
      'The spec, the state, the source or the target moved since the plan was saved, so it might do something that nobody reviewed. Nothing was done.',
    exit: 'stale',
  },
  PLAN_FILE_INVALID: {
    summary: 'The plan file cannot be used',
    meaning: 'The file is not a plan saved by this version of dmsctl, or it was cut or edited.',
    exit: 'usage',
  },
} as const satisfies Record<string, CodeEntry>;
