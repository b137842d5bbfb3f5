import { Args } from '@oclif/core';
import DmsctlHelp from '../cli/help.js';
import { DmsctlCommand } from '../cli/dmsctl-command.js';

export default class Help extends DmsctlCommand {
  static override summary = 'Show the help of a command.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> plan',
    '<%= config.bin %> <%= command.id %> state list',
  ];
  static override args = { command: Args.string({ description: 'The command, in one or more words.' }) };
  static override strict = false;

  async run(): Promise<void> {
    const { argv } = await this.parse(Help);
    await new DmsctlHelp(this.config).showHelp(argv.map(String));
  }
}
