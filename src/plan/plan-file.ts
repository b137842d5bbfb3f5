import { DmsctlError } from '../errors/dmsctl-error.js';
import { schemaProblems } from '../lib/json-schema.js';
import { compareText } from './code-point-order.js';
import { PLAN_DOCUMENT_VERSION, type PlanDocument } from './plan-document.js';
import type { PlanBasis } from './plan.js';

const REASONS_SHOWN_MAX = 10;

/** A saved plan is for comparing and showing. `apply` carries out the plan made anew, once it has proved equal. */
export function decodePlanFile(text: string, expected: { readonly path: string; readonly spec: string }): PlanDocument {
  const { path, spec } = expected;
  const value = parse(text, path);
  if (!isPlanLike(value)) throw invalid(path, 'is not a plan of dmsctl.');
  if (value.version !== PLAN_DOCUMENT_VERSION) {
    throw invalid(path, `has format ${String(value.version)}, this dmsctl reads ${PLAN_DOCUMENT_VERSION}.`);
  }
  const problems = schemaProblems('plan', value);
  if (problems.length > 0) throw invalid(path, `was cut or edited: ${problems.slice(0, REASONS_SHOWN_MAX).join('; ')}`);
  const plan = value as unknown as PlanDocument;
  if (plan.spec !== spec) throw invalid(path, `is a plan of the spec ${plan.spec}, not of ${spec}.`);
  return plan;
}

/** Throws PLAN_STALE with the reasons in words when anything moved since `saved` was made. */
export function checkFresh(path: string, saved: PlanBasis, current: PlanBasis): void {
  const reasons = staleReasons(saved, current);
  if (reasons.length === 0) return;
  const shown = reasons.slice(0, REASONS_SHOWN_MAX);
  const more = reasons.length - shown.length;
  throw new DmsctlError('PLAN_STALE', {
    detail: `${path}: ${shown.join('; ')}${more === 0 ? '' : `; and ${more} more`}.`,
    fix: `Plan again and have the new plan reviewed:\n  dmsctl plan --out ${path}`,
  });
}

/** What moved between two plans, in words; empty when the saved one still holds. */
export function staleReasons(saved: PlanBasis, current: PlanBasis): readonly string[] {
  const reasons: string[] = [];
  if (saved.lineage !== current.lineage) reasons.push('the state has another lineage');
  if (saved.serial !== current.serial) {
    reasons.push(`the state moved from serial ${saved.serial} to ${current.serial}`);
  }
  const objects = new Set([...Object.keys(saved.fingerprints), ...Object.keys(current.fingerprints)]);
  for (const object of [...objects].sort(compareText)) {
    const before = saved.fingerprints[object];
    const now = current.fingerprints[object];
    if (before === now) continue;
    if (before === undefined) reasons.push(`${object} is new`);
    else reasons.push(now === undefined ? `${object} is gone` : `${object} changed`);
  }
  return reasons;
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(path, 'is not whole JSON.', error);
  }
}

function isPlanLike(value: unknown): value is { readonly version: unknown } {
  return (
    typeof value === 'object' && value !== null && 'version' in value && 'kind' in value && value.kind === 'dmsctl-plan'
  );
}

function invalid(path: string, saw: string, cause?: unknown): DmsctlError {
  return new DmsctlError('PLAN_FILE_INVALID', {
    detail: `${path} ${saw}`,
    fix: `Save the plan again:\n  dmsctl plan --out ${path}`,
    cause,
  });
}
