import type { CodeEntry } from './code-entry.js';

export const SPEC_CODES = {
  SPEC_NOT_FOUND: {
    summary: 'No spec file found',
    meaning:
      'Neither --file, nor DMSCTL_FILE, nor dmsctl.yaml or dmsctl.yml in the working directory names a file that exists.',
    exit: 'usage',
  },
  SPEC_UNREADABLE: {
    summary: 'The spec file cannot be read',
    meaning: 'The file exists, but this user may not read it, or it is not a regular file.',
    exit: 'usage',
  },
  SPEC_INVALID: {
    summary: 'The spec is not valid',
    meaning:
      'Each problem is listed with its place in the file, what was expected and what was found. Nothing was connected to.',
    exit: 'invalidSpec',
  },
  SPEC_NOT_SUPPORTED_YET: {
    summary: 'The spec asks for something that is not supported yet',
    meaning:
      'The key or value is part of the spec format, but this version does not carry it out. It is refused, never ignored.',
    exit: 'invalidSpec',
  },
} as const satisfies Record<string, CodeEntry>;
