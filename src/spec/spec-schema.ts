import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { EngineName } from '../model/column-type.js';

/** The parts of the JSON Schema that code reads. */
interface SpecSchema {
  readonly $defs: Readonly<Record<OptionsDefinition, { readonly properties: Readonly<Record<string, OptionSchema>> }>>;
}

interface OptionSchema {
  readonly default: string | number | boolean;
}

type OptionsDefinition = (typeof OPTIONS_DEFINITION)[EngineName];

const OPTIONS_DEFINITION = {
  postgres: 'postgresOptions',
  mysql: 'mysqlOptions',
  mariadb: 'mysqlOptions',
  oracle: 'oracleOptions',
} as const;

let loaded: { readonly schema: SpecSchema; readonly validate: ValidateFunction } | null = null;

/** Fills the schema's defaults into `value`, in place, and returns every violation. */
export function validateBySchema(value: unknown): readonly ErrorObject[] {
  const { validate } = load();
  validate(value);
  return validate.errors ?? [];
}

/** The `options` that an endpoint did not give. ajv promises no defaults behind an `if`. */
export function defaultOptions(engine: EngineName): Record<string, string | number | boolean> {
  const { properties } = load().schema.$defs[OPTIONS_DEFINITION[engine]];
  return Object.fromEntries(Object.entries(properties).map(([name, option]) => [name, option.default]));
}

function load(): NonNullable<typeof loaded> {
  if (loaded !== null) return loaded;
  const file = new URL('../../schemas/migration.schema.json', import.meta.url);
  const schema = JSON.parse(readFileSync(file, 'utf8')) as SpecSchema;
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strict: true, useDefaults: true, verbose: true });
  // What a pattern means, in words. yaml-language-server shows the same text.
  ajv.addKeyword('patternErrorMessage');
  loaded = { schema, validate: ajv.compile(schema) };
  return loaded;
}
