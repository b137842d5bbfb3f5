import { DmsctlError } from '../errors/dmsctl-error.js';
import type { Plan } from './plan.js';

const SHOWN_MAX = 20;

/** For commands that must not go on with a plan that has errors. */
export function blockedError(plan: Plan): DmsctlError {
  const errors = plan.findings.filter(({ severity }) => severity === 'error');
  const shown = errors.slice(0, SHOWN_MAX).map(({ object, found, check }) => `${object}: ${found} (${check})`);
  if (errors.length > SHOWN_MAX) shown.push(`and ${errors.length - SHOWN_MAX} more.`);
  return new DmsctlError('PLAN_BLOCKED', {
    detail: shown.join('\n'),
    fix: 'Each error of the plan says what to do about it:\n  dmsctl plan',
  });
}
