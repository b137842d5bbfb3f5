import { Flags } from '@oclif/core';
import { commonFlags, DmsctlCommand } from '../cli/dmsctl-command.js';
import { confirm } from '../cli/confirm.js';
import { openProject } from '../compose.js';
import { declinedJson, destroyJson, destroyText } from '../views/destroy-view.js';

export default class Destroy extends DmsctlCommand {
  static override summary = 'Remove what dmsctl keeps on the databases. The migrated data stays.';
  static override description =
    'Removes the control rows of every task of the spec from its target, and the schema `dmsctl` with the last of them. ' +
    'With --with-tables also drops the target tables that dmsctl created, with their rows.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --with-tables --auto-approve',
  ];
  static override flags = {
    ...commonFlags,
    'with-tables': Flags.boolean({
      env: 'DMSCTL_WITH_TABLES',
      description: 'Also drop the target tables that dmsctl created, rows included.',
    }),
    'auto-approve': Flags.boolean({ env: 'DMSCTL_AUTO_APPROVE', description: 'Do not ask.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Destroy);
    const project = await openProject({ file: flags.file, version: this.config.version });
    const withTables = flags['with-tables'];
    const what = withTables ? 'the control rows and every table that dmsctl created on the target' : 'the control rows';
    if (
      !flags['auto-approve'] &&
      !(await confirm(`Remove ${what} of ${project.spec.name}?`, 'dmsctl destroy --auto-approve'))
    ) {
      if (flags.json) this.answerJson(declinedJson());
      else this.note('Not confirmed; nothing was removed.');
      return;
    }
    const removed = await project.destroy({
      withTables,
      note: (text) => {
        this.note(text);
      },
    });
    if (flags.json) this.answerJson(destroyJson(removed));
    else this.answer(destroyText(removed));
  }
}
