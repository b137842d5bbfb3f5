import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';
import { type DmsctlResult, PROJECT_ROOT } from '../support/dmsctl.js';

const FOLDER = join(PROJECT_ROOT, 'schemas');
const ajv = new Ajv2020({ allErrors: true, strictTypes: false, keywords: ['patternErrorMessage'] });
for (const file of readdirSync(FOLDER)) {
  ajv.addSchema(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as object, file);
}

/** stdout is one JSON value that fits `schemas/<name>.schema.json`, and nothing else. */
export function expectJson(run: Pick<DmsctlResult, 'stdout'>, name: string): unknown {
  return expectFits(JSON.parse(run.stdout), name);
}

/** Every line of stdout is JSON that fits; at least one is there. */
export function expectJsonLines(run: Pick<DmsctlResult, 'stdout'>, name: string): unknown[] {
  expect(run.stdout).toMatch(/\n$/);
  return run.stdout
    .trimEnd()
    .split('\n')
    .map((line) => expectFits(JSON.parse(line), name));
}

function expectFits(value: unknown, name: string): unknown {
  const isValid = ajv.validate(`${name}.schema.json`, value);
  expect({ isValid, errors: ajv.errors, value: isValid ? null : value }).toMatchObject({ isValid: true });
  return value;
}
