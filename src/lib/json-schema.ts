import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

const validators = new Map<string, ValidateFunction>();

/** What is wrong with a value by `schemas/<name>.schema.json`, one text a problem; empty when it fits. No values in it. */
export function schemaProblems(name: string, value: unknown): readonly string[] {
  const validate = validatorOf(name);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message }) => `${instancePath || '/'} ${message ?? 'is not valid'}`,
  );
}

function validatorOf(name: string): ValidateFunction {
  const known = validators.get(name);
  if (known !== undefined) return known;
  const schema: unknown = JSON.parse(
    readFileSync(new URL(`../../schemas/${name}.schema.json`, import.meta.url), 'utf8'),
  );
  const validate = new Ajv2020({ allErrors: true }).compile(schema as object);
  validators.set(name, validate);
  return validate;
}
