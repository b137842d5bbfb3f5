import { Args } from '@oclif/core';
import { commonFlags, DmsctlCommand } from '../../cli/dmsctl-command.js';
import { openProject } from '../../compose.js';

export default class StateUnlock extends DmsctlCommand {
  static override summary = 'Free a lock that a dead process left on the state.';
  static override description =
    'The error that names the lock prints its id. Be sure that its holder is gone: two applies at once fight for the task, ' +
    'and although the target lets only one of them write, the other fails.';
  static override examples = ['<%= config.bin %> <%= command.id %> 3f0c8a52-4b3e-4b5e-9a51-0f6f9f6c0a11'];
  static override args = { id: Args.string({ required: true, description: 'The id of the lock.' }) };
  static override flags = commonFlags;

  async run(): Promise<void> {
    const { args, flags } = await this.parse(StateUnlock);
    const { stateStore } = await openProject({ file: flags.file, version: this.config.version });
    const lock = await stateStore.unlock(args.id);
    if (flags.json) this.answerJson({ status: 'ok', unlocked: lock });
    else this.answer(`Freed the lock of ${lock.holder} on ${lock.host}, process ${lock.pid}, taken ${lock.time}.`);
  }
}
