import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from '@oclif/core';
import { code, pageHead, table } from './markdown.js';

const COMMANDS_FOLDER = join(import.meta.dirname, '..', '..', 'src', 'commands');

const INTRODUCTION = `
Answers go to stdout; progress, warnings and errors to stderr. Under \`--json\` stdout holds JSON alone, errors and help
included: one value a command, one value a line for \`apply\`. Each has its JSON Schema in \`schemas/\`. Every flag has a twin
in the environment; the flag wins. Nothing is asked without a terminal: the error names the flag that answers beforehand.
Exit codes are in [errors.md](errors.md).`;

export async function cliPage(): Promise<string> {
  const files = readdirSync(COMMANDS_FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const sections = await Promise.all(files.toSorted().map(async (file) => describeCommand(file)));
  return [pageHead('Commands', 'src/commands'), INTRODUCTION, ...sections, ''].join('\n');
}

async function describeCommand(file: string): Promise<string> {
  const name = file.replace(/\.ts$/, '').split(/[\\/]/).join(' ');
  const module = (await import(join(COMMANDS_FOLDER, file))) as { readonly default: Command.Class };
  const { summary = '', description, args, examples, flags, baseFlags } = module.default;
  const words = ['dmsctl', name, ...Object.entries(args).map(([arg, { required }]) => argWord(arg, required === true))];
  return [
    `\n## ${name}`,
    `\n${summary}${description === undefined ? '' : ` ${description}`}`,
    `\n\`\`\`text\n${words.join(' ')} [flags]\n\`\`\``,
    ...argTable(args),
    flagTable({ ...flags, ...baseFlags }),
    `\nExamples:\n\n\`\`\`text\n${examples.map((example) => renderExample(example, name)).join('\n')}\n\`\`\``,
  ].join('\n');
}

function argWord(name: string, isRequired: boolean): string {
  return isRequired ? name.toUpperCase() : `[${name.toUpperCase()}]`;
}

function argTable(args: Command.Class['args']): readonly string[] {
  const rows = Object.entries(args).map(([name, { description = '' }]) => [code(name.toUpperCase()), description]);
  return rows.length === 0 ? [] : [`\n${table(['argument', 'meaning'], rows)}`];
}

function flagTable(flags: Command.Class['flags']): string {
  const rows = Object.entries(flags)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, flag]) => [code(flagWord(name, flag)), code(flag.env ?? ''), flag.description ?? '']);
  return `\n${table(['flag', 'environment', 'meaning'], rows)}`;
}

type Flag = Command.Class['flags'][string];

function flagWord(name: string, flag: Flag): string {
  const short = flag.char === undefined ? '' : `-${flag.char}, `;
  if (flag.type === 'boolean') return `${short}--${name}`;
  const values = flag.options === undefined ? name.toUpperCase() : flag.options.join('|');
  return `${short}--${name} ${values}`;
}

function renderExample(example: Command.Example, name: string): string {
  const text = typeof example === 'string' ? example : example.command;
  return text.replaceAll('<%= config.bin %>', 'dmsctl').replaceAll('<%= command.id %>', name);
}
