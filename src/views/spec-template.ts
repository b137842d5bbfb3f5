import type { FoundSchema } from '../apply/list-schemas.js';
import type { EngineName } from '../model/column-type.js';
import { formatBytes, formatCount, formatEstimate } from './format.js';

export interface SpecTemplateOptions {
  readonly name: string;
  /** Where an editor finds the JSON Schema, relative to the spec. */
  readonly schemaPath: string;
  readonly sourceEngine: EngineName;
  readonly targetEngine: EngineName;
  /** `null`: nobody looked. */
  readonly schemas: readonly FoundSchema[] | null;
}

const COMMENT_COLUMN = 32;

/** A spec to begin with: complete, loadable, every line explained. Secrets stay in the environment. */
export function renderSpecTemplate(options: SpecTemplateOptions): string {
  const { name, schemaPath, sourceEngine, targetEngine } = options;
  const line = (setting: string, comment: string): string => `${setting.padEnd(COMMENT_COLUMN)}# ${comment}`;
  return `# yaml-language-server: $schema=${schemaPath}
apiVersion: dmsctl/v1
${line(`name: ${name}`, 'names the state file and the control rows on the target')}

endpoints:
  source:
${line(`    engine: ${sourceEngine}`, 'postgres | mysql | mariadb')}
${line('    url: ${env:SOURCE_URL}', 'or host, port, database, user, password: ${file:/run/secrets/pw}, tls')}
  target:
    engine: ${targetEngine}
    url: \${env:TARGET_URL}

tasks:
  load:
    type: full-load
    source: source
    target: target
    tables:
${line('      include:', 'schema.table, with * and ?; a MySQL database is a schema')}
${includeLines(options.schemas)}
      exclude: []
${line('    prepare: create', 'create | truncate | recreate | none: what happens to target tables before the load')}
    fullLoad:
${line('      tables: 8', 'tables loaded at the same time')}
${line('    policies:', 'what to do with what the target cannot hold; error is the safe choice')}
${line('      existingRows: error', 'error | keep')}
${line('      zeroDate: error', 'error | null | a date such as 1970-01-01')}
${line('      nulCharacter: error', 'error | strip | a text to put instead')}
${line('      invalidText: error', 'error | replace')}
${line('      noPrimaryKey: allow', 'allow | error')}
`;
}

function includeLines(schemas: readonly FoundSchema[] | null): string {
  if (schemas === null || schemas.length === 0) return '        - "shop.*"';
  return schemas
    .map(({ schema, ...found }) => `        - ${JSON.stringify(`${schema}.*`)} # ${describe(found)}`)
    .join('\n');
}

function describe({ tables, estimatedRows, estimatedBytes }: Omit<FoundSchema, 'schema'>): string {
  return `${formatCount(tables, 'table')}, ~${formatEstimate(estimatedRows)} rows, ~${formatBytes(estimatedBytes)}`;
}
