import type { CodeEntry } from './code-entry.js';

export const POSTGRES_TARGET_CODES = {
  PG_CONTROL_SCHEMA_TAKEN: {
    summary: 'The schema dmsctl of the target belongs to something else',
    meaning: 'dmsctl keeps its progress in a schema of this name and does not touch tables that it did not make.',
    exit: 'failed',
  },
  PG_CONTROL_TABLES_OTHER_VERSION: {
    summary: 'The control tables were written by another version of dmsctl',
    meaning: 'Their layout is not the one that this version knows, so it neither reads nor changes them.',
    exit: 'failed',
  },
  PG_TARGET_CHANGED: {
    summary: 'The target is not as the plan saw it',
    meaning: 'A table appeared or vanished after planning. Nothing was changed.',
    exit: 'stale',
  },
  PG_TABLE_PARTLY_LOADED: {
    summary: 'The table holds rows of a load that was begun differently',
    meaning: 'The mapping of the table changed after some parts were loaded. Going on would mix or double rows.',
    exit: 'failed',
  },
  PG_PART_COMMITTED_BEFORE: {
    summary: 'The part had been committed by an earlier try',
    meaning: 'The answer to the earlier commit was lost on the way. The rows of the second try were rolled back.',
    exit: 'failed',
  },
  PG_ROWS_MISSING: {
    summary: 'PostgreSQL stored fewer rows than it was sent',
    meaning:
      'Something on the table drops rows, for example a trigger that returns NULL. The transaction was rolled back.',
    exit: 'failed',
  },
  PG_RESTORE_FAILED: {
    summary: 'A foreign key or trigger could not be put back',
    meaning:
      'It stood on the table before the load and was taken aside or silenced for it. The loaded rows are complete, but ' +
      'they may break the key; it stays recorded.',
    exit: 'failed',
  },
  PG_TARGET_NOT_EMPTY: {
    summary: 'The target table holds rows that are not of this load',
    meaning: 'They came after the plan was made. Nothing was written into the table; the other tables go on.',
    exit: 'incomplete',
  },
  PG_TARGET_IN_USE: {
    summary: 'Another task is loading the target table',
    meaning:
      'Two loads into one table would mix their rows. Nothing was written into the table; the other tables go on.',
    exit: 'incomplete',
  },
} as const satisfies Record<string, CodeEntry>;
