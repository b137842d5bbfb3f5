import type { CodeEntry } from './code-entry.js';

export const STATE_CODES = {
  STATE_LOCKED: {
    summary: 'The state is locked',
    meaning:
      'Another command holds the lock beside the state file and is alive, or cannot be shown to be dead because it runs on another host. Nothing was changed.',
    exit: 'locked',
  },
  STATE_LOCK_LOST: {
    summary: 'The lock of the state is not ours any more',
    meaning:
      'The lock was removed or replaced while this command ran, by hand or by state unlock. The state file was left as it is. Progress is in the target, so no row is lost.',
    exit: 'locked',
  },
  STATE_LOCK_UNKNOWN: {
    summary: 'No such lock',
    meaning: 'The id given to state unlock is not the id of the lock that is there. Nothing was removed.',
    exit: 'usage',
  },
  STATE_CONFLICT: {
    summary: 'The state file moved meanwhile',
    meaning:
      'Between reading and writing the state, its lineage or serial changed on disk. What is on disk was kept. Progress is in the target, so running again continues.',
    exit: 'stale',
  },
  STATE_LINEAGE_DIFFERS: {
    summary: 'The state file and the target belong to different histories',
    meaning:
      'The control tables of the target carry another lineage than the state file: it was copied from elsewhere, or two specs of one name share a target. Going on could mix two migrations.',
    exit: 'stale',
  },
  STATE_OF_OTHER_SPEC: {
    summary: 'The state file belongs to another spec',
    meaning: 'The name inside the state file is not the name of the spec. The file was left as it is.',
    exit: 'stale',
  },
  STATE_TRUNCATED: {
    summary: 'The state file is not complete',
    meaning:
      'The file is empty or its JSON ends early. dmsctl writes it whole or not at all, so something else cut it. It was left as it is.',
    exit: 'failed',
  },
  STATE_FOREIGN: {
    summary: 'The state file is not one of dmsctl',
    meaning: 'The file holds JSON that dmsctl did not write. It was left as it is.',
    exit: 'failed',
  },
  STATE_VERSION_NEWER: {
    summary: 'The state file was written by a newer dmsctl',
    meaning: 'Its format is newer than this version reads. It was left as it is.',
    exit: 'failed',
  },
  STATE_INVALID: {
    summary: 'The state file breaks its own format',
    meaning:
      'It looks like a state file but does not fit schemas/state.schema.json; it was edited. It was left as it is.',
    exit: 'failed',
  },
  STATE_UNREADABLE: {
    summary: 'The state file cannot be read',
    meaning: 'The operating system refused to read the file.',
    exit: 'failed',
  },
  STATE_UNWRITABLE: {
    summary: 'The state file cannot be written',
    meaning:
      'The operating system refused to write the file or its lock: disk full, missing rights, read-only. What was there before is still there.',
    exit: 'failed',
  },
  STATE_NO_RESOURCE: {
    summary: 'The state has no such resource',
    meaning: 'The address is not one of those that `dmsctl state list` prints.',
    exit: 'usage',
  },
} as const satisfies Record<string, CodeEntry>;
