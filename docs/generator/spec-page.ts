import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LIMITS, type Limit } from '../../src/spec/unsupported.js';
import { code, escapeTags, pageHead, table } from './markdown.js';

type Scalar = string | number | boolean | null;

/** The parts of JSON Schema that schemas/migration.schema.json uses. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly const?: Scalar;
  readonly enum?: readonly Scalar[];
  readonly default?: Scalar | object;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | false;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const ROOT = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'schemas', 'migration.schema.json'), 'utf8'),
) as Schema;

/** Settings of the engines hang on the engine's name, so the schema reaches them by conditions alone. */
const OPTIONS = { postgresOptions: 'postgres', mysqlOptions: 'mysql, mariadb', oracleOptions: 'oracle' } as const;

const INTRODUCTION = `
\`dmsctl.yaml\`: YAML 1.2, one document. It is found by \`--file\`, else \`DMSCTL_FILE\`, else as \`dmsctl.yaml\` or
\`dmsctl.yml\` in the working directory. Unknown keys, duplicate keys and wrong types are errors with file, line and column.
An editor completes and explains every key when the file begins with this line (\`dmsctl init\` writes it):

\`\`\`text
# yaml-language-server: $schema=./schemas/migration.schema.json
\`\`\`

Keys marked *not yet* are part of the format, but this version does not carry them out: it refuses a spec that asks for
them, and never ignores one.`;

export function specPage(): string {
  const options = Object.entries(OPTIONS).map(([name, engine]) =>
    section(`endpoints.<name>.options (engine ${engine})`, definition(name), []),
  );
  return [
    pageHead('The spec file', 'schemas/migration.schema.json'),
    INTRODUCTION,
    `\n${ROOT.description ?? ''}`,
    ...sections('', ROOT, []),
    ...options.flatMap((text) => text ?? []),
    '',
  ].join('\n');
}

/** A section for an object, and one for each object in it. */
function sections(title: string, given: Schema, path: readonly string[]): readonly string[] {
  const schema = resolve(given);
  const own = section(title === '' ? 'Top level' : title, schema, path);
  const inner = Object.entries(schema.properties ?? {}).flatMap(([key, value]) =>
    sections(title === '' ? key : `${title}.${key}`, value, [...path, key]),
  );
  const children = [
    ...(schema.additionalProperties ? sections(`${title}.<name>`, schema.additionalProperties, [...path, '*']) : []),
    ...(schema.items === undefined ? [] : sections(`${title}[]`, schema.items, [...path, '*'])),
  ];
  return [...(own === null ? [] : [own]), ...inner, ...children];
}

function section(title: string, schema: Schema, path: readonly string[]): string | null {
  const keys = Object.entries(schema.properties ?? {});
  if (keys.length === 0) return null;
  const rows = keys.map(([key, value]) => keyRow(key, value, schema.required?.includes(key) === true, [...path, key]));
  const text = title === 'Top level' ? '' : `${schema.description ?? ''}\n\n`;
  return `\n## ${title === 'Top level' ? title : code(title)}\n\n${text}${table(['key', 'value', 'default', 'meaning'], rows)}`;
}

function keyRow(key: string, given: Schema, isRequired: boolean, path: readonly string[]): readonly string[] {
  const schema = resolve(given);
  return [
    code(key),
    valueWords(schema),
    defaultWords(schema, isRequired),
    `${escapeTags(schema.description ?? '')}${limitWords(path)}`,
  ];
}

function valueWords(schema: Schema): string {
  if (schema.const !== undefined) return code(String(schema.const));
  if (schema.enum !== undefined) return schema.enum.map((value) => code(String(value))).join(', ');
  if (schema.items !== undefined) return 'list';
  return [schema.type ?? []].flat().map(typeWord).join(' or ');
}

function typeWord(type: string): string {
  return type === 'string' ? 'text' : type;
}

function defaultWords(schema: Schema, isRequired: boolean): string {
  if (isRequired) return 'required';
  if (schema.default === undefined || typeof schema.default === 'object') return '';
  return code(String(schema.default));
}

function limitWords(path: readonly string[]): string {
  const limit = LIMITS.find((one) => isSamePath(one, path));
  if (limit === undefined) return '';
  const supported = limit.supported.filter((value) => typeof value === 'string').map(code);
  return supported.length === 0 ? ' *Not yet.*' : ` *Not yet: only ${supported.join(', ')}.*`;
}

function isSamePath(limit: Limit, path: readonly string[]): boolean {
  return limit.path.join('.') === path.join('.');
}

function resolve(schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const { $ref, ...own } = schema;
  return { ...definition($ref.replace('#/$defs/', '')), ...own };
}

function definition(name: string): Schema {
  const found = ROOT.$defs?.[name];
  if (found === undefined) throw new TypeError(`the schema of the spec has no definition ${name}`);
  return found;
}
