import { expect } from 'vitest';
import { expectJsonLines } from './json-schemas.js';
import type { DmsctlResult } from '../support/dmsctl.js';
import { makeWorkFolder, specText } from './work-folder.js';

/** Stands for the password of every account here, and must never be printed. */
export const CANARY = 'canary-Zm9v/#%40-never-printed';

/** One mistake that a user can make, and how dmsctl must answer `apply --auto-approve --json`. */
export interface ErrorCase {
  readonly title: string;
  readonly source?: Readonly<Record<string, unknown>>;
  readonly target?: Readonly<Record<string, unknown>>;
  readonly task?: Readonly<Record<string, unknown>>;
  readonly exitCode: number;
  /** The code of the error, or the name of the check whose finding blocks the plan. */
  readonly expected: string;
}

export interface Endpoints {
  readonly source: Readonly<Record<string, unknown>>;
  readonly target: Readonly<Record<string, unknown>>;
}

export async function expectError(errorCase: ErrorCase, defaults: Endpoints): Promise<void> {
  await using folder = await makeWorkFolder();
  const { source = {}, target = {}, task = {} } = errorCase;
  await folder.write(
    'dmsctl.yaml',
    specText({ source: { ...defaults.source, ...source }, target: { ...defaults.target, ...target }, task }),
  );
  const run = await folder.run(['apply', '--auto-approve', '--json'], { CANARY, WRONG: `${CANARY}-wrong` });
  expectExplained(run, errorCase);
  expect(await folder.readAll()).not.toContain(CANARY);
}

/** A code of the catalogue or a finding, a fix, the exit code; no bug, no stack trace, no secret. */
export function expectExplained(
  run: DmsctlResult,
  { expected, exitCode }: Pick<ErrorCase, 'expected' | 'exitCode'>,
): void {
  const answers = expectJsonLines(run, 'apply-event').flatMap(explanationsOf);
  expect(answers.map(({ name }) => name)).toContain(expected);
  for (const { detail, fix } of answers) {
    expect(detail).toMatch(/\w/);
    expect(fix).toMatch(/\w/);
  }
  const everything = run.stdout + run.stderr;
  expect(everything).not.toMatch(/BUG_|\n\s+at |node:internal/);
  expect(everything).not.toContain(CANARY);
  expect(run.exitCode).toBe(exitCode);
}

interface Explanation {
  readonly name: string;
  readonly detail: string;
  readonly fix: string;
}

interface ErrorLine {
  readonly error?: { readonly code: string; readonly detail: string; readonly fix: string };
  readonly plan?: {
    readonly findings: readonly { readonly check: string; readonly found: string; readonly fix: string }[];
  };
}

function explanationsOf(line: unknown): readonly Explanation[] {
  const { error, plan } = line as ErrorLine;
  const findings = plan?.findings.map(({ check, found, fix }) => ({ name: check, detail: found, fix })) ?? [];
  return error === undefined ? findings : [...findings, { name: error.code, detail: error.detail, fix: error.fix }];
}
