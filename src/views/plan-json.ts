import { planDocument } from '../plan/plan-document.js';
import type { Plan } from '../plan/plan.js';

/** The document of schemas/plan.schema.json, as `--out` saves it. */
export function planJson(plan: Plan, dmsctl: string): string {
  return `${JSON.stringify(planDocument(plan, dmsctl), null, 2)}\n`;
}
