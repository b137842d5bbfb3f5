import type { Finding } from '../model/finding.js';
import type { ColumnMapping } from '../model/table-mapping.js';
import { formatTableName } from '../model/table.js';
import { hasWork, type Plan, type TablePlan, type TaskPlan } from '../plan/plan.js';
import { fitSections, type Section } from './fit-sections.js';
import { formatCount } from './format.js';
import { codeBlock, codeName, escapeMarkdown } from './markdown-escape.js';
import { summarise } from './plan-summary.js';
import { loadWords, signOf, structureWords } from './plan-words.js';

/** Limit of a comment on GitHub. */
const CHARACTERS_MAX = 65_536;

const CUT_NOTICE = '\n> This comment was cut to fit. `dmsctl plan` shows everything.\n';

/** The plan as a pull-request comment. The marker lets a bot find and replace its earlier comment. */
export function planMarkdown(plan: Plan): string {
  const tables = plan.tasks.filter(({ start }) => start === 'auto').flatMap((task) => task.tables.filter(hasWork));
  const sections = [
    headSection(plan),
    findingsSection(
      'Errors',
      'errors',
      plan.findings.filter(({ severity }) => severity === 'error'),
    ),
    findingsSection(
      'Warnings',
      'warnings',
      plan.findings.filter(({ severity }) => severity === 'warning'),
    ),
    tablesSection(tables),
    detailsSection(
      'Columns',
      tables.filter(({ load }) => load.kind === 'load'),
      columnLines,
    ),
    sqlSection(plan.tasks, tables),
    leftOutSection(plan.tasks),
    basisSection(plan),
  ];
  return fitSections(
    sections.filter((section) => section !== null),
    { charactersMax: CHARACTERS_MAX, cutNotice: CUT_NOTICE },
  );
}

function headSection(plan: Plan): Section {
  const head = [
    `<!-- dmsctl:plan:v1 spec=${plan.spec} -->`,
    `## dmsctl plan: ${escapeMarkdown(plan.spec)}`,
    '',
    `**${summarise(plan)}**`,
    '',
  ].join('\n');
  return { head, items: plan.tasks.map(taskLine), tail: '', noun: 'tasks' };
}

function taskLine(task: TaskPlan): string {
  const { source, target } = task;
  const route = `${codeName(source.name)} (${escapeMarkdown(source.product)}) → ${codeName(target.name)} (${escapeMarkdown(target.product)})`;
  const isManual = task.start === 'manual';
  const made = [
    ...task.schemasToCreate.map((schema) => `schema ${codeName(schema)}`),
    ...task.userTypesToCreate.map(({ schema, name }) => `type ${codeName(`${schema}.${name}`)}`),
  ];
  const extras = [
    isManual ? 'created, not started' : '',
    isManual || made.length === 0 ? '' : `creates ${made.join(', ')}`,
    task.blockedTables.length === 0 ? '' : `${formatCount(task.blockedTables.length, 'table')} blocked by errors`,
  ].filter((extra) => extra !== '');
  return `\n- ${codeName(task.address)} ${task.type}, ${[route, ...extras].join('; ')}`;
}

function findingsSection(title: string, noun: string, findings: readonly Finding[]): Section | null {
  if (findings.length === 0) return null;
  return { head: `\n\n### ${title}\n`, items: findings.map(findingLine), tail: '\n', noun };
}

function findingLine({ object, found, why, fix, check }: Finding): string {
  const lines = fix.split('\n').filter((line) => line.trim() !== '');
  const steps = lines.map((line) => (line.startsWith('  ') ? codeName(line.trim()) : escapeMarkdown(line)));
  return `\n- ${codeName(object)}: ${escapeMarkdown(found)} (${codeName(check)})<br>${[escapeMarkdown(why), ...steps].join('<br>')}`;
}

function tablesSection(tables: readonly TablePlan[]): Section | null {
  if (tables.length === 0) return null;
  return {
    head: '\n\n### Tables\n\n| | Table | Action | Load | Key |\n|---|---|---|---|---|',
    items: tables.map(tableRow),
    tail: '\n',
    noun: 'tables',
  };
}

function tableRow(table: TablePlan): string {
  const { structure, load, target } = table;
  const { mapping } = target;
  const action = load.kind === 'none' ? 'put back foreign keys and triggers' : structureWords(structure);
  const key = mapping.key === null ? 'none' : codeName(mapping.key.columns.join(', '));
  const sign = codeName(signOf(table));
  return `\n| ${sign} | ${codeName(formatTableName(mapping.target))} | ${action} | ${loadWords(table)} | ${key} |`;
}

function detailsSection<Item extends { readonly address: string }>(
  title: string,
  items: readonly Item[],
  describe: (item: Item) => readonly string[],
): Section | null {
  if (items.length === 0) return null;
  return {
    head: `\n\n<details><summary>${title}</summary>\n`,
    items: items.map((item) => `\n${codeName(item.address)}\n\n${codeBlock(describe(item))}\n`),
    tail: '\n</details>\n',
    noun: 'tables',
  };
}

function columnLines({ target: { mapping }, notes }: TablePlan): readonly string[] {
  return [...mapping.columns.map(columnLine), ...notes.map((note) => `note: ${note}`)];
}

function columnLine({ targetName, source, targetType, losses, generated }: ColumnMapping): string {
  const extras = [
    generated === null ? '' : '  (computed by the target)',
    losses.length === 0 ? '' : `  (lossy: ${losses.join('; ')})`,
  ];
  return `${targetName}  ${source.nativeType} → ${targetType}${extras.join('')}`;
}

function sqlSection(tasks: readonly TaskPlan[], tables: readonly TablePlan[]): Section | null {
  const described = [...tasks, ...tables].filter(({ sql }) => sql.length > 0);
  return detailsSection('SQL', described, ({ sql }) => sql.flatMap((statement) => `${statement};`.split('\n')));
}

function leftOutSection(tasks: readonly TaskPlan[]): Section | null {
  const leftOut = tasks.flatMap((task) => task.leftOut);
  if (leftOut.length === 0) return null;
  return {
    head: `\n\n<details><summary>Left out (${leftOut.length})</summary>\n`,
    items: leftOut.map(({ name, reason }) => `\n- ${codeName(formatTableName(name))}: ${escapeMarkdown(reason)}`),
    tail: '\n\n</details>\n',
    noun: 'relations',
  };
}

function basisSection({ basis }: Plan): Section {
  const state = basis.lineage === null ? 'no state yet' : `state ${basis.lineage}, serial ${basis.serial}`;
  return { head: `\n\nMade from: ${state}.\n`, items: [], tail: '', noun: '' };
}
