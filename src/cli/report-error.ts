import type { DmsctlError } from '../errors/dmsctl-error.js';
import { errorJson, errorText } from '../views/error-view.js';

/** Prints an error where it belongs, and sets the exit code of the catalogue. On one line, so that JSON lines stay JSON lines. */
export function reportError(error: DmsctlError, { isJson }: { readonly isJson: boolean }): void {
  if (isJson) process.stdout.write(`${JSON.stringify(errorJson(error))}\n`);
  else process.stderr.write(errorText(error));
  process.exitCode = error.exitCode;
}
