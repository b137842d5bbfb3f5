import type { CodeEntry } from './code-entry.js';

export const CLI_CODES = {
  CLI_USAGE: {
    summary: 'The command line is not right',
    meaning: 'A flag or argument is unknown, missing or has a value that does not fit. Nothing was done.',
    exit: 'usage',
  },
  CLI_NOT_CONFIRMED: {
    summary: 'The plan was not confirmed',
    meaning: 'Without a terminal nobody can be asked, so apply needs a flag that says yes beforehand.',
    exit: 'usage',
  },
  CLI_DESTROY_NOT_ALLOWED: {
    summary: 'The plan destroys rows on the target, which this run may not',
    meaning:
      'A task with prepare: truncate or recreate empties or drops tables that hold rows. On a terminal the confirmation covers it; ' +
      'a run that asks nobody needs a flag of its own for it.',
    exit: 'usage',
  },
  CLI_FILE_EXISTS: {
    summary: 'The file exists already',
    meaning: 'init writes a new file and never overwrites one.',
    exit: 'usage',
  },
} as const satisfies Record<string, CodeEntry>;
