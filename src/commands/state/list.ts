import { commonFlags, DmsctlCommand } from '../../cli/dmsctl-command.js';
import { openProject } from '../../compose.js';

export default class StateList extends DmsctlCommand {
  static override summary = 'List the resources in the state.';
  static override examples = ['<%= config.bin %> <%= command.id %>'];
  static override flags = commonFlags;

  async run(): Promise<void> {
    const { flags } = await this.parse(StateList);
    const { stateStore } = await openProject({ file: flags.file, version: this.config.version });
    const state = await stateStore.read();
    const resources = Object.entries(state?.resources ?? {});
    if (flags.json) {
      this.answerJson({
        status: 'ok',
        resources: resources.map(([address, { kind, phase }]) => ({ address, kind, phase })),
      });
      return;
    }
    if (state === null) this.note('There is no state yet: dmsctl apply makes it.');
    for (const [address] of resources) this.answer(address);
  }
}
