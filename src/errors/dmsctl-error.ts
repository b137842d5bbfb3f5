import { EXIT } from './codes/code-entry.js';
import { ERROR_CODES, type ErrorCode } from './error-code.js';

export interface ErrorDetails {
  /** This case: which object, what was seen, why it matters. No credentials, row values or connection strings. */
  readonly detail: string;
  /** The next step, in one or more lines; a command or SQL to copy stands alone on an indented line. */
  readonly fix: string;
  readonly cause?: unknown;
}

/** The one error class: everything that a user can meet has a code, a cause and a fix. */
export class DmsctlError extends Error {
  override readonly name = 'DmsctlError';
  readonly code: ErrorCode;
  readonly detail: string;
  readonly fix: string;

  constructor(code: ErrorCode, { detail, fix, cause }: ErrorDetails) {
    super(`${ERROR_CODES[code].summary}: ${detail}`, cause === undefined ? undefined : { cause });
    this.code = code;
    this.detail = detail;
    this.fix = fix;
  }

  get summary(): string {
    return ERROR_CODES[this.code].summary;
  }

  get exitCode(): number {
    return EXIT[ERROR_CODES[this.code].exit];
  }
}

/** For a broken invariant of our own. */
export function bug(detail: string, cause?: unknown): DmsctlError {
  return new DmsctlError('BUG_INVARIANT', { detail, fix: 'Report this with the text above.', cause });
}

/** Any caught value as a DmsctlError; an unknown one becomes BUG_UNEXPECTED with its message kept. */
export function toDmsctlError(error: unknown): DmsctlError {
  if (error instanceof DmsctlError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new DmsctlError('BUG_UNEXPECTED', { detail, fix: 'Report this with the text above.', cause: error });
}
