import { Args, Flags } from '@oclif/core';
import { confirm } from '../cli/confirm.js';
import { commonFlags, DmsctlCommand, exitWith } from '../cli/dmsctl-command.js';
import { watchInterrupts } from '../cli/interrupts.js';
import { openProject } from '../compose.js';
import type { ApplySession } from '../apply/apply-project.js';
import { DmsctlError } from '../errors/dmsctl-error.js';
import { planLine, reportJson } from '../views/apply-json.js';
import { hasFailedTables, reportText } from '../views/apply-report.js';
import { createApplyView } from '../views/create-apply-view.js';
import { choosePalette } from '../views/palette.js';
import { renderPlan } from '../views/render-plan.js';

const JSON_UI_VERSION = '1.0';

export default class Apply extends DmsctlCommand {
  static override summary = 'Carry out the plan.';
  static override description =
    'Plans anew, shows the plan, asks, and carries it out. With a saved plan it refuses (exit code 5) once anything moved since. ' +
    'Running it again continues where an earlier run stopped, however it stopped. ' +
    'The first SIGINT or SIGTERM brings what is under way to an end, the second stops at once.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> shop.plan --auto-approve',
    '<%= config.bin %> <%= command.id %> --auto-approve --json',
  ];
  static override args = { plan: Args.string({ description: 'A plan that `dmsctl plan --out` saved.' }) };
  static override flags = {
    ...commonFlags,
    'auto-approve': Flags.boolean({ env: 'DMSCTL_AUTO_APPROVE', description: 'Do not ask.' }),
    'allow-destroy': Flags.boolean({
      env: 'DMSCTL_ALLOW_DESTROY',
      description: 'Allow prepare: truncate and recreate to destroy rows in a run that asks nobody.',
    }),
    until: Flags.string({
      env: 'DMSCTL_UNTIL',
      options: ['full-load', 'cached-changes', 'caught-up', 'stopped'],
      description: 'When to return. A full-load task always returns when it is loaded.',
    }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Apply);
    if (flags.json) this.answerLine({ type: 'version', dmsctl: this.config.version, ui: JSON_UI_VERSION });
    const project = await openProject({ file: flags.file, version: this.config.version });
    const interrupts = watchInterrupts((text) => {
      this.note(text);
    });
    try {
      const note = (text: string): void => {
        this.note(text);
      };
      await project.apply({ planFile: args.plan, drain: interrupts.drain, note }, async (session) =>
        this.#carryOut(session, flags),
      );
    } finally {
      interrupts.dispose();
    }
  }

  async #carryOut(session: ApplySession, flags: ApplyFlags): Promise<void> {
    const { plan } = session;
    const palette = choosePalette(process.stdout, flags['no-color']);
    if (flags.json) this.answerLine(planLine(plan, this.config.version));
    else this.answer(renderPlan(plan, { format: 'text', dmsctl: this.config.version, palette }));
    session.refuseBlocked();
    if (!session.hasChanges) {
      if (flags.json) this.answerLine({ ...reportJson({ tasks: [], isDrained: false }, 0), status: 'no-changes' });
      return;
    }
    if (flags['auto-approve'] && session.destroysRows && !flags['allow-destroy']) throw destroyNotAllowed();
    if (!flags['auto-approve'] && !(await confirm('Carry out this plan?', 'dmsctl apply --auto-approve'))) {
      if (flags.json) this.answerLine({ ...reportJson({ tasks: [], isDrained: false }, 0), status: 'declined' });
      else this.note('Not confirmed; nothing was done.');
      return;
    }
    await this.#run(session, flags);
  }

  async #run(session: ApplySession, flags: ApplyFlags): Promise<void> {
    const view = createApplyView({
      isJson: flags.json,
      // listr2 asks stdout whether it may redraw, wherever it writes.
      isTerminal: process.stderr.isTTY && process.stdout.isTTY,
      writeJson: (value) => {
        this.answerLine(value);
      },
      writeLine: (line) => {
        this.note(line);
      },
    });
    const report = await session.run(view.observe).finally(async () => view.stop());
    if (hasFailedTables(report)) exitWith('incomplete');
    if (flags.json) this.answerLine(reportJson(report, Number(process.exitCode ?? 0)));
    else this.answer(reportText(report));
  }
}

interface ApplyFlags {
  readonly json: boolean;
  readonly 'no-color': boolean;
  readonly 'auto-approve': boolean;
  readonly 'allow-destroy': boolean;
}

function destroyNotAllowed(): DmsctlError {
  return new DmsctlError('CLI_DESTROY_NOT_ALLOWED', {
    detail: 'the plan above says which tables would be emptied or dropped, with how many rows.',
    fix: 'If that is what you want:\n\n  dmsctl apply --auto-approve --allow-destroy',
  });
}
