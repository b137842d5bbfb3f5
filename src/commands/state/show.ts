import { Args } from '@oclif/core';
import { commonFlags, DmsctlCommand } from '../../cli/dmsctl-command.js';
import { openProject } from '../../compose.js';
import { DmsctlError } from '../../errors/dmsctl-error.js';

export default class StateShow extends DmsctlCommand {
  static override summary = 'Show the state, or one resource of it.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> task.shop-live',
  ];
  static override args = { address: Args.string({ description: 'A resource as `dmsctl state list` prints it.' }) };
  static override flags = commonFlags;

  async run(): Promise<void> {
    const { args, flags } = await this.parse(StateShow);
    const { stateStore } = await openProject({ file: flags.file, version: this.config.version });
    const state = await stateStore.read();
    const { address } = args;
    if (state !== null && address === undefined) {
      this.answerJson(state);
      return;
    }
    const resource = address === undefined ? undefined : state?.resources[address];
    if (resource === undefined) {
      throw new DmsctlError('STATE_NO_RESOURCE', {
        detail: address === undefined ? 'there is no state yet.' : `the state has no resource ${address}.`,
        fix: 'See what there is:\n\n  dmsctl state list',
      });
    }
    this.answerJson(resource);
  }
}
