import { join } from 'node:path';
import { Flags } from '@oclif/core';
import { DmsctlCommand } from '../cli/dmsctl-command.js';
import { demo } from '../compose.js';

export default class Demo extends DmsctlCommand {
  static override summary = 'Run a whole migration between two PostgreSQL servers that it starts itself.';
  static override description =
    'Starts two embedded servers, fills one with a shop of some 300,000 rows, and runs plan, apply, a comparison of every ' +
    'row, and a second apply. Takes about half a minute and cleans up after itself.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --keep'];
  static override flags = {
    keep: Flags.boolean({ env: 'DMSCTL_KEEP', description: 'Leave the servers running and print how to connect.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Demo);
    await demo({
      launcher: join(this.config.root, 'bin', 'run.js'),
      isKept: flags.keep,
      outputFd: flags.json ? 2 : 1,
      say: (text) => {
        this.note(text);
      },
    });
    if (flags.json) this.answerJson({ status: 'ok' });
  }
}
