import type { Finding } from '../model/finding.js';
import type { ColumnMapping } from '../model/table-mapping.js';
import { formatTableName, quoteTableName } from '../model/table.js';
import { hasChanges, hasWork, isBlocked, type Plan, type TablePlan, type TaskPlan } from '../plan/plan.js';
import type { StateChange } from '../state/state.js';
import { formatCount } from './format.js';
import { type Palette, plainPalette, type Tone } from './palette.js';
import { summarise } from './plan-summary.js';
import { loadWords, type Sign, signOf, structureWords } from './plan-words.js';
import { printable } from './printable.js';

const TONES: Readonly<Record<Sign, Tone>> = { '+': 'create', '~': 'change', '-/+': 'destroy', '>': 'load' };

/** The plan for people at a terminal or in a log. The summary is the last line. */
export function planText(plan: Plan, palette: Palette = plainPalette): string {
  const isQuiet = !hasChanges(plan) && !isBlocked(plan);
  const sections = [
    ...(isQuiet ? [] : plan.tasks.map((task) => taskSection(task, palette))),
    stateSection(plan.stateChanges),
    findingsSection('Errors', plan.findings.filter(isError), palette),
    findingsSection(
      'Warnings',
      plan.findings.filter((finding) => !isError(finding)),
      palette,
    ),
    [palette('bold', summarise(plan))],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function taskSection(task: TaskPlan, palette: Palette): readonly string[] {
  const { source, target } = task;
  const route = `${source.name} (${printable(source.product)}) → ${target.name} (${printable(target.product)})`;
  const head = `${palette('bold', task.address)}  ${task.type}, ${route}`;
  const leftOut = task.leftOut.map(
    ({ name, reason }) => `    left out: ${printable(`${formatTableName(name)}: ${reason}`)}`,
  );
  if (task.start === 'manual') {
    const tables = formatCount(task.tables.filter(hasWork).length, 'table');
    return [head, `  created, not started (start: manual); ${tables} to load once it is`, ...leftOut];
  }
  const working = task.tables.filter(hasWork);
  const unchanged = task.tables.length - working.length;
  return [
    head,
    ...task.schemasToCreate.map((schema) => signed('+', `schema ${printable(schema)}`, palette)),
    ...task.userTypesToCreate.map(({ schema, name, kind }) =>
      signed('+', printable(`type ${schema}.${name} (${kind})`), palette),
    ),
    ...sqlLines(task.sql),
    ...working.flatMap((table) => tableLines(table, palette)),
    ...task.blockedTables.map((table) =>
      palette('error', `  ! ${printable(quoteTableName(table))}  see the errors below`),
    ),
    ...leftOut,
    ...(unchanged === 0 ? [] : [palette('faint', `    ${formatCount(unchanged, 'table')} unchanged`)]),
  ];
}

function tableLines(table: TablePlan, palette: Palette): readonly string[] {
  const { load, structure, notes, sql, target } = table;
  const { mapping, prepare } = target;
  const action = load.kind === 'none' ? 'put back foreign keys and triggers' : structureWords(structure);
  const isResumed = load.kind !== 'load';
  return [
    signed(
      signOf(table),
      `${printable(table.address)}  ${action}${isResumed ? '' : ` (prepare: ${prepare})`}`,
      palette,
    ),
    ...(isResumed ? [] : columnLines(mapping.columns, palette)),
    ...(isResumed ? [] : [`        ${keyWords(table)}`]),
    ...notes.map((note) => `        note: ${printable(note)}`),
    ...(load.kind === 'none' ? [] : [`      ${palette('load', '>')} ${loadWords(table)}`]),
    ...sqlLines(sql),
  ];
}

/** Statements to read and to copy. */
function sqlLines(statements: readonly string[]): readonly string[] {
  return statements.flatMap((statement) => `${statement};`.split('\n').map((line) => `        | ${printable(line)}`));
}

function columnLines(columns: readonly ColumnMapping[], palette: Palette): readonly string[] {
  const rows = columns.map((column) => ({
    name: printable(column.targetName),
    source: printable(column.source.nativeType),
    target: printable(column.targetType),
    extra: columnWords(column, palette),
  }));
  const nameWidth = widthOf(rows.map(({ name }) => name));
  const sourceWidth = widthOf(rows.map(({ source }) => source));
  return rows.map(({ name, source, target, extra }) =>
    `        ${name.padEnd(nameWidth)}  ${source.padEnd(sourceWidth)} → ${target}${extra}`.trimEnd(),
  );
}

function columnWords({ isNullable, generated, losses }: ColumnMapping, palette: Palette): string {
  const words = [
    isNullable ? '' : ' not null',
    generated === null ? '' : ', computed by the target',
    losses.length === 0 ? '' : `, ${palette('warning', `lossy: ${printable(losses.join('; '))}`)}`,
  ];
  return words.join('');
}

/** Long columns would push all others out of sight. */
function widthOf(texts: readonly string[]): number {
  const WIDTH_MAX = 32;
  return Math.min(WIDTH_MAX, Math.max(0, ...texts.map((text) => text.length)));
}

function keyWords({ target: { mapping } }: TablePlan): string {
  if (mapping.key === null) return 'no key';
  return printable(`${mapping.key.kind} key (${mapping.key.columns.join(', ')})`);
}

function signed(sign: Sign, text: string, palette: Palette): string {
  return `${palette(TONES[sign], sign.padStart(3))} ${text}`;
}

function stateSection(changes: readonly StateChange[]): readonly string[] {
  if (changes.length === 0) return [];
  const recorded = changes.filter(({ kind }) => kind === 'record').length;
  const forgotten = changes.filter(({ kind }) => kind === 'forget');
  return [
    `State: ${formatCount(recorded, 'resource')} to record${forgotten.length === 0 ? '' : `, ${forgotten.length} to forget`}`,
    ...forgotten.map(
      ({ address }) => `    ${printable(address)}  not in the spec any more; what is on the target stays`,
    ),
  ];
}

function findingsSection(title: string, findings: readonly Finding[], palette: Palette): readonly string[] {
  if (findings.length === 0) return [];
  return [`${title}:`, ...findings.flatMap((finding) => findingLines(finding, palette))];
}

function findingLines({ severity, object, check, found, why, fix }: Finding, palette: Palette): readonly string[] {
  return [
    `  ${palette(severity, severity === 'error' ? '✗' : '!')} ${palette('bold', printable(object))}: ${printable(found)}  ${palette('faint', `(${check})`)}`,
    `      ${printable(why)}`,
    ...fix.split('\n').map((line) => `      ${printable(line)}`.trimEnd()),
  ];
}

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}
