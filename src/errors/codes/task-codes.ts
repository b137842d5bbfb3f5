import type { CodeEntry } from './code-entry.js';

export const TASK_CODES = {
  TASK_LEASE_HELD: {
    summary: 'Another process runs this task',
    meaning: 'The lease of the task in the target database is held by another process that renewed it lately.',
    exit: 'locked',
  },
  TASK_FENCED: {
    summary: 'Another process took this task over',
    meaning:
      'The epoch of the task in the target database moved on. This process stopped before writing anything more.',
    exit: 'locked',
  },
  TASK_GAVE_UP_WAITING: {
    summary: 'An endpoint stayed away longer than dmsctl waits',
    meaning: 'What is durable on the target stays; running apply again continues from there.',
    exit: 'unreachable',
  },
  TASK_TABLES_FAILED: {
    summary: 'Some tables are not loaded',
    meaning:
      'The other tables are complete. Running apply again continues with what is missing once the cause is mended.',
    exit: 'incomplete',
  },
  TASK_DEMO_NO_POSTGRES: {
    summary: 'No PostgreSQL for the demo on this machine',
    meaning:
      'The demo runs a private PostgreSQL from an npm package that exists for Linux and macOS on x64 and arm64. The package of this platform is not installed.',
    exit: 'failed',
  },
  TASK_DEMO_FAILED: {
    summary: 'The demo did not end as it should',
    meaning: 'A command of the demo failed, or the rows of both sides differ. That is a fault of dmsctl.',
    exit: 'failed',
  },
  TASK_DEMO_CANNOT_START: {
    summary: 'The private PostgreSQL of the demo does not start',
    meaning: 'The programs are there, but making or starting the server failed. No other database was touched.',
    exit: 'failed',
  },
} as const satisfies Record<string, CodeEntry>;
