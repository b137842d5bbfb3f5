import { EXIT, type CodeEntry } from '../../src/errors/codes/code-entry.js';
import { ERROR_CODES, type ErrorCode } from '../../src/errors/error-code.js';
import { retryPolicy, type RetryPolicy } from '../../src/errors/retry-policy.js';
import { pageHead, table } from './markdown.js';

const GROUPS: Readonly<Record<string, string>> = {
  CLI: 'The command line',
  SPEC: 'The spec file',
  PLAN: 'Plans',
  STATE: 'The state file',
  TASK: 'Tasks',
  PG: 'PostgreSQL',
  MYSQL: 'MySQL and MariaDB',
  BUG: 'Faults of dmsctl',
};

const RETRY_WORDS: Readonly<Record<RetryPolicy, string>> = {
  backoff: 'apply tries again by itself, for `replicationInstance.retryFor`',
  'after-fix': 'run the command again once the cause is mended',
  never: 'no; please report it',
};

const INTRODUCTION = `
Every error that dmsctl prints ends in one of these codes; under \`--json\` it is \`error.code\`
(\`schemas/error.schema.json\`). The words after the code are fixed, the error itself names the object, what was seen and
what to do. No error holds credentials or row values.

A plan has *findings* besides: they carry the name of their check (\`plan.target-not-empty\`) in place of a code, and one
that is an error ends \`plan\` and \`apply\` with exit code ${EXIT.precheckFailed} (\`PLAN_BLOCKED\`).`;

export function errorsPage(): string {
  const entries = Object.entries(ERROR_CODES) as [ErrorCode, CodeEntry][];
  const sections = Object.entries(GROUPS).map(([prefix, title]) =>
    section(
      title,
      entries.filter(([name]) => name.startsWith(`${prefix}_`)),
    ),
  );
  return [pageHead('Error codes', 'src/errors'), INTRODUCTION, exitCodes(), ...sections, ''].join('\n');
}

function exitCodes(): string {
  const words: Readonly<Record<keyof typeof EXIT, string>> = {
    done: 'done, or nothing to do',
    failed: 'failed',
    changes: 'the plan has changes (`plan --detailed-exitcode`)',
    dataDiffer: 'data differ',
    incomplete: 'finished, but some tables are not loaded',
    stale: 'stale plan or state conflict',
    locked: 'locked by another process',
    usage: 'the command line is not right',
    invalidSpec: 'the spec is not valid',
    unreachable: 'an endpoint cannot be reached',
    precheckFailed: 'a precheck failed; wrong password and missing rights included',
    secondSignal: 'ended at once by a second signal',
  };
  const rows = Object.entries(EXIT).map(([name, number]) => [String(number), words[name as keyof typeof EXIT]]);
  return `\n## Exit codes\n\n${table(['code', 'meaning'], rows)}`;
}

function section(title: string, entries: readonly [ErrorCode, CodeEntry][]): string {
  const parts = entries.map(([name, { summary, meaning, exit }]) =>
    [
      `\n### ${name}`,
      '',
      `**${summary}.** ${meaning}`,
      '',
      `Exit code ${EXIT[exit]}. Again: ${RETRY_WORDS[retryPolicy(name)]}.`,
    ].join('\n'),
  );
  return [`\n## ${title}`, ...parts].join('\n');
}
