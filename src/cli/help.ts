import { Errors, Help } from '@oclif/core';
import { reportError } from './report-error.js';
import { usageError } from './usage-error.js';
import { wantsJson } from './wants-json.js';

/** oclif's help, which under `--json` is one JSON object (schemas/help.schema.json), errors included. */
export default class DmsctlHelp extends Help {
  readonly #lines: string[] = [];

  override async showHelp(argv: string[]): Promise<void> {
    const isJson = wantsJson();
    try {
      await super.showHelp(argv.filter((word) => word !== '--json'));
    } catch (error) {
      if (!(error instanceof Errors.CLIError)) throw error;
      reportError(usageError(error, ''), { isJson });
      return;
    }
    const text = this.#lines.join('\n');
    process.stdout.write(isJson ? `${JSON.stringify({ status: 'ok', help: text })}\n` : `${text}\n`);
  }

  protected override log(...args: string[]): void {
    this.#lines.push(args.join(' '));
  }
}
