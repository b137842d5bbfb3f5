import type { CodeEntry } from './code-entry.js';

export const CLI_CODES = {
  CLI_USAGE: {
    summary: 'The command line is not right',
    meaning: 'A flag or argument is unknown, missing or has a value that does not fit. Nothing was done.',
    exit: 'usage',
  },
  CLI_NOT_CONFIRMED: {
    summary: 'Nobody could be asked to confirm',
    meaning:
      'apply and destroy ask before they change anything. Without a terminal they need a flag that says yes beforehand. Nothing was done.',
    exit: 'usage',
  },
  CLI_DESTROY_NOT_ALLOWED: {
    summary: 'The plan destroys rows on the target, which this run may not',
    meaning:
      'A task with prepare: truncate or recreate empties or drops tables that hold rows. On a terminal the confirmation covers it; ' +
      'a run that asks nobody needs a flag of its own for it.',
    exit: 'usage',
  },
  CLI_FILE_UNWRITABLE: {
    summary: 'A file cannot be written',
    meaning:
      'The operating system refused to write the file that the command line names: its folder is missing, rights are, or the disk is full. Nothing else was changed.',
    exit: 'failed',
  },
  CLI_FILE_EXISTS: {
    summary: 'The file exists already',
    meaning: 'init writes a new file and never overwrites one.',
    exit: 'usage',
  },
} as const satisfies Record<string, CodeEntry>;
