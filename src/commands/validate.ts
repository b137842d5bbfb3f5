import { commonFlags, DmsctlCommand } from '../cli/dmsctl-command.js';
import { openProject } from '../compose.js';
import { formatCount } from '../views/format.js';

export default class Validate extends DmsctlCommand {
  static override summary = 'Check the spec without connecting to anything.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> -f shop.yaml --json',
  ];
  static override flags = commonFlags;

  async run(): Promise<void> {
    const { flags } = await this.parse(Validate);
    const { spec } = await openProject({ file: flags.file, version: this.config.version });
    const summary = {
      name: spec.name,
      endpoints: spec.endpoints.map(({ name, engine }) => ({ name, engine })),
      tasks: spec.tasks.map(({ name, type, source, target }) => ({ name, type, source, target })),
    };
    const counts = [formatCount(spec.endpoints.length, 'endpoint'), formatCount(spec.tasks.length, 'task')];
    if (flags.json) this.answerJson({ status: 'ok', spec: summary });
    else this.answer(`${spec.file} is valid: ${counts.join(', ')}.`);
  }
}
