/** Runs the real program, `plan` and then `apply`, on a spec of its own in a folder of its own. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { TestDatabase } from '../servers/create-database.js';
import { runDmsctl, type DmsctlResult } from './dmsctl.js';

export interface TaskSketch {
  readonly include: readonly (string | { readonly schema: string; readonly table: string })[];
  readonly policies?: Readonly<Record<string, string>>;
}

export interface TableOutcome {
  readonly table: string;
  readonly outcome: string;
  readonly rows: number;
  readonly policyCounts: Readonly<Record<string, number>>;
  readonly error: { readonly code: string; readonly detail: string } | null;
}

/** What tests look at in `plan --format json`. */
export interface PlanJson {
  readonly findings: readonly { readonly check: string; readonly object: string; readonly fix: string }[];
  readonly tasks: readonly {
    readonly leftOut: readonly { readonly name: { readonly table: string }; readonly reason: string }[];
    readonly tables: readonly { readonly source: { readonly table: string }; readonly notes: readonly string[] }[];
  }[];
}

export interface Move {
  readonly plan: DmsctlResult;
  readonly apply: DmsctlResult;
}

export async function moveTables(
  source: TestDatabase,
  target: TestDatabase,
  tasks: Readonly<Record<string, TaskSketch>>,
): Promise<Move> {
  const folder = await mkdtemp(join(tmpdir(), 'dmsctl-types-'));
  try {
    await writeFile(join(folder, 'dmsctl.yaml'), specText(source.server.name, tasks));
    const options = { cwd: folder, env: { SOURCE_URL: source.url, TARGET_URL: target.url } };
    const plan = await runDmsctl(['plan', '--format', 'json'], options);
    const apply = await runDmsctl(['apply', '--auto-approve', '--json'], options);
    return { plan, apply };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Exit codes with the errors behind them, so that a test that fails says why. */
export function outcomeOf({ plan, apply }: Move): object {
  const failures = tableOutcomes(apply).flatMap(({ table, error }) => (error === null ? [] : [{ table, error }]));
  const isUnexpected = apply.exitCode !== 0 && failures.length === 0;
  return {
    exitCodes: [plan.exitCode, apply.exitCode],
    failures,
    ...(isUnexpected && { output: `${apply.stdout.slice(-4000)}${apply.stderr.slice(-2000)}` }),
  };
}

export function planOf({ plan }: Move): PlanJson {
  return JSON.parse(plan.stdout) as PlanJson;
}

/** From the last line of `apply --json`. */
export function tableOutcomes({ stdout }: DmsctlResult): readonly TableOutcome[] {
  const lastLine = stdout.trimEnd().split('\n').at(-1) ?? '';
  const result = JSON.parse(lastLine) as { readonly tasks?: readonly { readonly tables: readonly TableOutcome[] }[] };
  return (result.tasks ?? []).flatMap(({ tables }) => tables);
}

function specText(engine: string, tasks: Readonly<Record<string, TaskSketch>>): string {
  const entries = Object.entries(tasks).map(([name, { include, policies = {} }]) => [
    name,
    { type: 'full-load', source: 'old', target: 'new', tables: { include }, policies },
  ]);
  return stringify({
    apiVersion: 'dmsctl/v1',
    name: 'types',
    endpoints: {
      old: { engine, url: '${env:SOURCE_URL}' },
      new: { engine: 'postgres', url: '${env:TARGET_URL}' },
    },
    tasks: Object.fromEntries(entries) as object,
  });
}
