import { hasChanges, isBlocked, type Plan } from '../plan/plan.js';
import type { Palette } from './palette.js';
import { planJson } from './plan-json.js';
import { planMarkdown } from './plan-markdown.js';
import { planText } from './plan-text.js';

export const PLAN_FORMATS = ['text', 'markdown', 'json'] as const;

export type PlanFormat = (typeof PLAN_FORMATS)[number];

export function renderPlan(
  plan: Plan,
  { format, dmsctl, palette }: { readonly format: PlanFormat; readonly dmsctl: string; readonly palette: Palette },
): string {
  switch (format) {
    case 'text':
      return planText(plan, palette);
    case 'markdown':
      return planMarkdown(plan);
    case 'json':
      return planJson(plan, dmsctl);
  }
}

/** What the exit code of `plan` depends on. */
export function judgePlan(plan: Plan): { readonly isBlocked: boolean; readonly hasChanges: boolean } {
  return { isBlocked: isBlocked(plan), hasChanges: hasChanges(plan) };
}
