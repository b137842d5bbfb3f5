import { Command, Errors, Flags } from '@oclif/core';
import { EXIT } from '../errors/codes/code-entry.js';
import { toDmsctlError } from '../errors/dmsctl-error.js';
import { reportError } from './report-error.js';
import { usageError } from './usage-error.js';
import { wantsJson } from './wants-json.js';

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
    const command = (this.id ?? '').replaceAll(':', ' ');
    const error = caught instanceof Errors.CLIError ? usageError(caught, command) : toDmsctlError(caught);
    // Or oclif would warn of flags that did not parse.
    this.parsed = true;
    reportError(error, { isJson: wantsJson() });
    return Promise.resolve();
  }
}

export function exitWith(name: keyof typeof EXIT): void {
  process.exitCode = EXIT[name];
}
