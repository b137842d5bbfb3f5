import { BUG_CODES } from './codes/bug-codes.js';
import { CLI_CODES } from './codes/cli-codes.js';
import type { CodeEntry } from './codes/code-entry.js';
import { MYSQL_CODES } from './codes/mysql-codes.js';
import { PLAN_CODES } from './codes/plan-codes.js';
import { POSTGRES_CODES } from './codes/postgres-codes.js';
import { POSTGRES_TARGET_CODES } from './codes/postgres-target-codes.js';
import { SPEC_CODES } from './codes/spec-codes.js';
import { STATE_CODES } from './codes/state-codes.js';
import { TASK_CODES } from './codes/task-codes.js';

/** Every error that dmsctl reports, by group. Generates docs/reference/errors.md. */
export const ERROR_CODES = {
  ...CLI_CODES,
  ...SPEC_CODES,
  ...PLAN_CODES,
  ...STATE_CODES,
  ...TASK_CODES,
  ...POSTGRES_CODES,
  ...POSTGRES_TARGET_CODES,
  ...MYSQL_CODES,
  ...BUG_CODES,
} satisfies Record<string, CodeEntry>;

export type ErrorCode = keyof typeof ERROR_CODES;
