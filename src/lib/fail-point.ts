/**
 * Named instants at which a test can kill the process for real: `DMSCTL_FAIL_POINT=before-commit:3` sends SIGKILL when
 * that point is reached for the third time. Costs one comparison when unset.
 */
export const FAIL_POINTS = [
  'after-claim',
  'after-prepare',
  'after-snapshot',
  'after-record-parts',
  'mid-chunk',
  'before-commit',
  'after-commit',
  'before-finish',
  'mid-finish',
  'after-finish',
  'before-restore',
  'before-state-write',
  'before-release',
] as const;

export type FailPoint = (typeof FAIL_POINTS)[number];

const [armedPoint, armedCount] = (process.env.DMSCTL_FAIL_POINT ?? '').split(':');
let passesLeft = Number(armedCount ?? 1);

export function failPoint(point: FailPoint): void {
  if (point !== armedPoint) return;
  passesLeft -= 1;
  if (passesLeft <= 0) process.kill(process.pid, 'SIGKILL');
}
