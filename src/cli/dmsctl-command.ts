import { Command, Errors, Flags } from '@oclif/core';
import { EXIT } from '../errors/codes/code-entry.js';
import { DmsctlError, toDmsctlError } from '../errors/dmsctl-error.js';
import { errorJson, errorText } from '../views/error-view.js';

export const commonFlags = {
  file: Flags.string({
    char: 'f',
    env: 'DMSCTL_FILE',
    description: 'The spec file. Default: dmsctl.yaml or dmsctl.yml in the working directory.',
  }),
};

/**
 * What every command shares: `--json` means that stdout holds only JSON on every path; errors go to stderr as text or to
 * stdout as JSON, and set the exit code of the catalogue. Answers go to stdout, everything else to stderr.
 */
export abstract class DmsctlCommand extends Command {
  static override baseFlags = {
    json: Flags.boolean({ env: 'DMSCTL_JSON', description: 'Print JSON on stdout, errors included.' }),
    'no-color': Flags.boolean({
      env: 'DMSCTL_NO_COLOR',
      description: 'Print without colour. NO_COLOR does the same.',
    }),
  };

  protected answer(text: string): void {
    process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  }

  protected answerJson(value: unknown): void {
    process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** One value of several on stdout: JSON lines. */
  protected answerLine(value: unknown): void {
    process.stdout.write(`${JSON.stringify(value)}\n`);
  }

  protected note(text: string): void {
    process.stderr.write(text.endsWith('\n') ? text : `${text}\n`);
  }

  protected override async catch(caught: Error): Promise<void> {
    if (caught instanceof Errors.ExitError) throw caught;
    const error = caught instanceof Errors.CLIError ? usageError(caught, this.id ?? '') : toDmsctlError(caught);
    if (wantsJson(this.argv)) this.answerJson(errorJson(error));
    else this.note(errorText(error));
    process.exitCode = error.exitCode;
    return Promise.resolve();
  }
}

/** Also when the flags could not be parsed: that error too must be JSON. */
function wantsJson(argv: readonly string[]): boolean {
  return argv.includes('--json') || ['1', 'true'].includes(process.env.DMSCTL_JSON ?? '');
}

function usageError(error: Errors.CLIError, commandId: string): DmsctlError {
  const [detail = ''] = error.message.split('\nSee more help');
  return new DmsctlError('CLI_USAGE', {
    detail: detail.trim(),
    fix: `See the flags and examples:\n\n  dmsctl ${commandId.replaceAll(':', ' ')} --help`,
  });
}

export function exitWith(name: keyof typeof EXIT): void {
  process.exitCode = EXIT[name];
}
