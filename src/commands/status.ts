import { Flags } from '@oclif/core';
import { commonFlags, DmsctlCommand } from '../cli/dmsctl-command.js';
import { openProject } from '../compose.js';
import { pause } from '../lib/backoff.js';
import { statusJson, statusText } from '../views/status-view.js';

const WATCH_INTERVAL_MS = 2_000;
const CLEAR_SCREEN = '\u001B[2J\u001B[H';

export default class Status extends DmsctlCommand {
  static override summary = 'Show where each task stands: phases, rows, parts, policies applied, errors.';
  static override description =
    'Reads the control tables in the targets, so it works while another process applies, and without the state file.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --watch'];
  static override flags = {
    ...commonFlags,
    watch: Flags.boolean({ env: 'DMSCTL_WATCH', description: 'Show it again every two seconds until interrupted.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Status);
    const project = await openProject({ file: flags.file, version: this.config.version });
    const signal = new AbortController().signal;
    for (;;) {
      const tasks = await project.status();
      if (flags.json) this.answerLine(statusJson(project.spec.name, tasks));
      else
        this.answer(
          `${flags.watch && process.stdout.isTTY ? CLEAR_SCREEN : ''}${statusText(project.spec.name, tasks)}`,
        );
      if (!flags.watch) return;
      await pause(WATCH_INTERVAL_MS, signal);
    }
  }
}
