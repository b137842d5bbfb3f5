import { join, relative, resolve } from 'node:path';
import { Flags } from '@oclif/core';
import { commonFlags, DmsctlCommand } from '../cli/dmsctl-command.js';
import { writeNewFile } from '../cli/write-file.js';
import { engineNamedBy, lookAtSource } from '../compose.js';
import { DmsctlError } from '../errors/dmsctl-error.js';
import { renderSpecTemplate, type SpecTemplateOptions } from '../views/spec-template.js';

const DEFAULT_FILE = 'dmsctl.yaml';

export default class Init extends DmsctlCommand {
  static override summary = 'Write a commented dmsctl.yaml to begin with.';
  static override description =
    'With --source it looks at the source and fills in engines and schemas. The URLs themselves are not written: ' +
    'the spec reads them from SOURCE_URL and TARGET_URL.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --source "$SOURCE_URL" --target "$TARGET_URL"',
  ];
  static override flags = {
    ...commonFlags,
    source: Flags.string({
      env: 'DMSCTL_SOURCE',
      description: 'URL of the source, to look at it.',
      dependsOn: ['target'],
    }),
    target: Flags.string({ env: 'DMSCTL_TARGET', description: 'URL of the target.', dependsOn: ['source'] }),
    name: Flags.string({ env: 'DMSCTL_NAME', default: 'migration', description: 'Name of the migration.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Init);
    const file = resolve(flags.file ?? DEFAULT_FILE);
    checkName(flags.name);
    const schemaPath = relative(join(file, '..'), join(this.config.root, 'schemas', 'migration.schema.json'));
    const text = renderSpecTemplate({ name: flags.name, schemaPath, ...(await this.#look(flags)) });
    await writeNewFile(file, text, 'init does not overwrite it. Name another file:\n\n  dmsctl init --file other.yaml');
    if (flags.json) this.answerJson({ status: 'ok', file });
    else this.answer(`Wrote ${file}. Set SOURCE_URL and TARGET_URL, then run dmsctl plan.`);
  }

  async #look({
    source,
    target,
  }: {
    readonly source: string | undefined;
    readonly target: string | undefined;
  }): Promise<Pick<SpecTemplateOptions, 'sourceEngine' | 'targetEngine' | 'schemas'>> {
    if (source === undefined || target === undefined) {
      return { sourceEngine: 'mysql', targetEngine: 'postgres', schemas: null };
    }
    const found = await lookAtSource(source);
    return { sourceEngine: found.engine, targetEngine: engineNamedBy(target), schemas: found.schemas };
  }
}

/** The schema of the spec says the same; here it is known before anything is written. */
function checkName(name: string): void {
  if (/^[a-z][a-z0-9-]{0,62}$/.test(name)) return;
  throw new DmsctlError('CLI_USAGE', {
    detail: '--name takes lower-case letters, digits and -, begins with a letter and has at most 63 characters.',
    fix: 'For example:\n\n  dmsctl init --name shop',
  });
}
