import { Flags } from '@oclif/core';
import { commonFlags, DmsctlCommand, exitWith } from '../cli/dmsctl-command.js';
import { openProject } from '../compose.js';
import { choosePalette } from '../views/palette.js';
import { judgePlan, PLAN_FORMATS, renderPlan } from '../views/render-plan.js';

export default class Plan extends DmsctlCommand {
  static override summary = 'Show what apply would do. Changes nothing.';
  static override description =
    'Exit code 0; with --detailed-exitcode 2 when there is something to do; 77 when an error of the plan stands in the way.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --out shop.plan --detailed-exitcode',
    '<%= config.bin %> <%= command.id %> --format markdown > comment.md',
  ];
  static override flags = {
    ...commonFlags,
    out: Flags.string({ env: 'DMSCTL_OUT', description: 'Save the plan to this file, for `dmsctl apply FILE`.' }),
    format: Flags.option({ options: PLAN_FORMATS })({
      env: 'DMSCTL_FORMAT',
      default: 'text',
      description: 'How to print the plan. --json is --format json.',
    }),
    'detailed-exitcode': Flags.boolean({
      env: 'DMSCTL_DETAILED_EXITCODE',
      description: 'Exit with 2 when the plan has changes.',
    }),
    'show-sql': Flags.boolean({ env: 'DMSCTL_SHOW_SQL', description: 'Print the statements for the target too.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Plan);
    const project = await openProject({ file: flags.file, version: this.config.version });
    const plan = await project.plan({ showSql: flags['show-sql'], out: flags.out });
    this.answer(
      renderPlan(plan, {
        format: flags.json ? 'json' : flags.format,
        dmsctl: this.config.version,
        palette: choosePalette(process.stdout, flags['no-color']),
      }),
    );
    const { isBlocked, hasChanges } = judgePlan(plan);
    if (isBlocked) exitWith('precheckFailed');
    else if (flags['detailed-exitcode'] && hasChanges) exitWith('changes');
  }
}
