import type { Precheck } from '../engines/ports.js';
import { toDmsctlError } from '../errors/dmsctl-error.js';
import type { Finding } from '../model/finding.js';

/**
 * Runs every check and collects all findings, in the order of the checks. A check that cannot finish is a finding of its
 * own: nothing is known of what it would have said, so it blocks.
 */
export async function runPrechecks(checks: readonly Precheck[], signal: AbortSignal): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const check of checks) {
    try {
      findings.push(...(await check.run(signal)));
    } catch (caught) {
      signal.throwIfAborted();
      findings.push(unfinished(check.name, caught));
    }
  }
  return findings;
}

function unfinished(check: string, caught: unknown): Finding {
  const error = toDmsctlError(caught);
  return {
    check,
    severity: 'error',
    object: 'the check itself',
    found: `the check could not finish: ${error.message}`,
    why: 'What it looks for may be there.',
    fix: error.fix,
  };
}
