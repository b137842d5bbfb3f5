import { describe, expect, it } from 'vitest';
import { makePlan, withFindings } from '../../../src/plan/make-plan.js';
import type { Plan } from '../../../src/plan/plan.js';
import { schemaProblems } from '../../../src/lib/json-schema.js';
import { ansiPalette } from '../../../src/views/palette.js';
import { planJson } from '../../../src/views/plan-json.js';
import { planMarkdown } from '../../../src/views/plan-markdown.js';
import { summarise } from '../../../src/views/plan-summary.js';
import { planText } from '../../../src/views/plan-text.js';
import { newState, applyStateChanges } from '../../../src/state/state.js';
import {
  column,
  existing,
  inputs,
  LINEAGE,
  planOf,
  spec,
  table,
  tableProgress,
  task,
  taskProgress,
} from '../plan/build.js';
import { shopPlan } from './shop-plan.js';

const CONTROL = /[^\P{Cc}\n]/u;

function manyTables(count: number): Plan {
  const columns = Array.from({ length: 20 }, (_, index) => column(`column_${index}`));
  const tables = Array.from({ length: count }, (_, index) => table(`table_${index}`, { columns, key: null }));
  return planOf({ tables });
}

/** Names that try to leave the place where they stand. */
const HOSTILE = [
  '`x` **bold** | cell',
  '</code></details><script>alert(1)</script>',
  '<!-- dmsctl:plan:v1 spec=other -->',
  '@octocat closes #1',
  'a\nb\r\n# heading',
  '```\nfence',
  '[link](https://example.com) ![img](http://x/y.png) www.example.com',
  '\u001b[31mred\u001b[0m\u202egnp',
];

function hostilePlan(): Plan {
  const tables = HOSTILE.map((text) =>
    table(text, { columns: [column(text), column('lost', `lossy ${text}`)], key: null }),
  );
  const findings = HOSTILE.map((text) => ({
    check: 'test.hostile',
    severity: 'warning' as const,
    object: text,
    found: text,
    why: text,
    fix: `${text}\n  ${text}`,
  }));
  const tasks = new Map([['shop-live', inputs({ tables })]]);
  const plan = withFindings(makePlan({ spec: spec([task()]), state: null, tasks }), findings);
  return {
    ...plan,
    tasks: plan.tasks.map((each) => ({ ...each, tables: each.tables.map((one) => ({ ...one, sql: [...HOSTILE] })) })),
  };
}

describe('the forms of one plan', () => {
  it('as text', async () => {
    await expect(planText(shopPlan())).toMatchFileSnapshot('golden/shop-plan.txt.golden');
  });

  it('as markdown', async () => {
    await expect(planMarkdown(shopPlan())).toMatchFileSnapshot('golden/shop-plan.md.golden');
  });

  it('as JSON', async () => {
    const json = planJson(shopPlan(), '0.1.0');
    expect(schemaProblems('plan', JSON.parse(json))).toEqual([]);
    await expect(json).toMatchFileSnapshot('golden/shop-plan.json.golden');
  });

  it('say the same in colour', () => {
    const withoutColour = planText(shopPlan(), ansiPalette).replace(/\u001b\[\d+m/g, '');
    expect(withoutColour).toBe(planText(shopPlan()));
    expect(planText(shopPlan(), ansiPalette)).not.toBe(withoutColour);
  });
});

describe('the summary', () => {
  it('is the line of the contract', () => {
    const size = { estimatedRows: 20_500_000, estimatedBytes: 1_550_000_000 };
    const plan = planOf({ tables: [table('a', { size, key: null }), table('b', { size, key: null })] });
    expect(summarise(plan)).toBe(
      'Plan: 2 to create, 0 to change, 0 to remove, 2 tables to load (~3.1 GB, ~41 M rows estimated), 2 warnings.',
    );
  });

  it('counts a recreated table as created and removed, a truncated one as changed', () => {
    const filled = existing(table('orders'), { hasRows: true });
    expect(summarise(planOf({ existing: [filled] }, { prepare: 'recreate' }))).toMatch(
      /^Plan: 1 to create, 0 to change, 1 to remove, 1 table to load /,
    );
    expect(summarise(planOf({ existing: [filled] }, { prepare: 'truncate' }))).toMatch(
      /^Plan: 0 to create, 1 to change, 0 to remove, 1 table to load /,
    );
  });

  it('names errors, and does without figures that nobody knows', () => {
    const size = { estimatedRows: null, estimatedBytes: null };
    const plan = planOf({ tables: [table('a', { size }), table('b', { columns: [column('x', 'secret')] })] });
    expect(summarise(plan)).toBe(
      'Plan: 1 to create, 0 to change, 0 to remove, 1 table to load (size unknown), 0 warnings, 1 error.',
    );
  });

  it('is all there is to say when nothing changes', () => {
    const orders = table('orders');
    const world = {
      existing: [existing(orders, { hasRows: true })],
      progress: taskProgress([tableProgress(orders)]),
    };
    const state = newState({ lineage: LINEAGE, spec: 'shop', dmsctl: '0.1.0' });
    const known = applyStateChanges(state, planOf(world, {}, state).stateChanges);
    expect(planText(planOf(world, {}, known))).toBe('No changes. 1 table loaded as the spec asks.\n');
  });
});

describe('hostile names', () => {
  it('write no line and no control character of their own into the text', () => {
    const text = planText(hostilePlan());
    expect(text).not.toMatch(CONTROL);
    expect(text).not.toContain('\u202e');
    expect(text).not.toMatch(/^# heading/m);
  });

  it('stay names in markdown', () => {
    const markdown = planMarkdown(hostilePlan());
    const outsideBlocks = markdown.replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '');
    expect(outsideBlocks.match(/<!--/g)).toHaveLength(1);
    expect(outsideBlocks).not.toMatch(/<script|<\/details><script/i);
    expect(outsideBlocks).not.toMatch(/@\w|(?<!&)#\w/);
    expect(outsideBlocks).not.toMatch(/:\/\/|www\.|\]\(/);
    expect(outsideBlocks).not.toMatch(/^# heading/m);
    expect(outsideBlocks).not.toMatch(/`(?!dmsctl plan`|\W)/);
    expect(markdown).not.toMatch(CONTROL);
    for (const row of outsideBlocks.split('\n').filter((line) => line.startsWith('| '))) {
      expect(row.match(/\|/g)).toHaveLength(6);
    }
  });

  it('cannot end a code block', () => {
    const markdown = planMarkdown(hostilePlan());
    const fences = markdown.match(/^`{3,}/gm) ?? [];
    expect(fences.length % 2).toBe(0);
    expect(fences.length).toBeGreaterThan(HOSTILE.length);
  });
});

describe('a plan of 5,000 tables', () => {
  const plan = manyTables(5000);
  const markdown = planMarkdown(plan);

  it('fits into a comment, keeps the summary, and says that it was cut', () => {
    expect(markdown.length).toBeLessThanOrEqual(65_536);
    expect(markdown.length).toBeGreaterThan(60_000);
    expect(markdown).toContain(summarise(plan));
    expect(markdown).toMatch(/… and \d+ more warnings\./);
    expect(markdown.trimEnd().endsWith('`dmsctl plan` shows everything.')).toBe(true);
  });

  it('closes what it opens', () => {
    expect(markdown.match(/<details>/g)?.length ?? 0).toBe(markdown.match(/<\/details>/g)?.length ?? 0);
  });

  it('is whole as text', () => {
    expect(planText(plan).match(/^ {2}\+ table\./gm)).toHaveLength(5000);
  });
});
