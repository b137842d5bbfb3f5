import type { Errors } from '@oclif/core';
import { DmsctlError } from '../errors/dmsctl-error.js';

/** oclif's complaint about a command line. `command` as typed, empty for dmsctl itself. */
export function usageError(error: Errors.CLIError, command: string): DmsctlError {
  const [detail = ''] = error.message.split('\nSee more help');
  return new DmsctlError('CLI_USAGE', {
    detail: detail.replace(/^The following errors? occurred:\s*/, '').trim(),
    fix: seeHelp(command),
    cause: error,
  });
}

export function seeHelp(command: string): string {
  const words = ['dmsctl', command, '--help'].filter((word) => word !== '').join(' ');
  return `See the ${command === '' ? 'commands' : 'flags and examples'}:\n\n  ${words}`;
}
