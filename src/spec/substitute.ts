import { resolve } from 'node:path';
import type { ProblemList } from './problem-list.js';
import { describeFailure, readTextFile, type FileReader } from './spec-files.js';
import { toPointer, type SpecPath } from './spec-path.js';

/** A stretch of a text value and where it came from; `default` is the text after `:-`, which stands in the spec. */
export interface TextSegment {
  readonly text: string;
  readonly origin: 'inline' | 'default' | 'env' | 'file';
}

export interface SubstitutionContext {
  readonly env: NodeJS.ProcessEnv;
  readonly read: FileReader;
  /** Paths in `${file:}` are relative to it. */
  readonly folder: string;
  readonly problems: ProblemList;
}

/** Which text values were put together from what: decides what may be quoted, and what counts as an inline secret. */
export class Substitutions {
  readonly #segments = new Map<string, readonly TextSegment[]>();
  readonly #failed = new Set<string>();

  record(path: SpecPath, segments: readonly TextSegment[] | null): void {
    if (segments === null) this.#failed.add(toPointer(path));
    else this.#segments.set(toPointer(path), segments);
  }

  has(path: SpecPath): boolean {
    return this.#segments.has(toPointer(path));
  }

  /** True when the value could not be put together; that was reported already. */
  isFailed(path: SpecPath): boolean {
    return this.#failed.has(toPointer(path));
  }

  /** The parts of the text at `path`, whose value is `text`. */
  segmentsOf(path: SpecPath, text: string): readonly TextSegment[] {
    return this.#segments.get(toPointer(path)) ?? [{ text, origin: 'inline' }];
  }
}

/** Replaces `${…}` in every text value, in place. Keys stay as they are, and so does text that was put in. */
export async function substituteAll(root: unknown, context: SubstitutionContext): Promise<Substitutions> {
  const substitutions = new Substitutions();
  const visit = async (value: unknown, path: SpecPath): Promise<unknown> => {
    if (typeof value === 'string') return value.includes('${') ? await fill(value, path) : value;
    if (typeof value !== 'object' || value === null) return value;
    const container = value as Record<string, unknown>;
    for (const [key, item] of Object.entries(container)) {
      container[key] = await visit(item, [...path, Array.isArray(value) ? Number(key) : key]);
    }
    return container;
  };
  const fill = async (text: string, path: SpecPath): Promise<string> => {
    const segments = await resolveSegments(text, path, context);
    substitutions.record(path, segments);
    return segments === null ? text : joinSegments(segments);
  };
  await visit(root, []);
  return substitutions;
}

function joinSegments(segments: readonly TextSegment[]): string {
  return segments.map((segment) => segment.text).join('');
}

const PART = /\$\$\{|\$\{([^}]*)(\}?)|[^$]+|\$/g;

/** `null` when a part could not be had; that is then among the problems. */
async function resolveSegments(
  text: string,
  path: SpecPath,
  context: SubstitutionContext,
): Promise<readonly TextSegment[] | null> {
  const resolved: (TextSegment | string)[] = [];
  for (const [part, expression, closing] of text.matchAll(PART)) {
    if (part === '$${') resolved.push({ text: '${', origin: 'inline' });
    else if (expression === undefined) resolved.push({ text: part, origin: 'inline' });
    else if (closing === '') resolved.push('"${" without its "}"; write $${ for the characters themselves');
    else resolved.push(await resolveExpression(expression, context));
  }
  const mistakes = resolved.filter((part) => typeof part === 'string');
  if (mistakes.length > 0) {
    context.problems.add(path, mistakes.join('; '));
    return null;
  }
  return resolved.filter((part) => typeof part !== 'string');
}

/** The segment, or what is wrong. */
async function resolveExpression(expression: string, context: SubstitutionContext): Promise<TextSegment | string> {
  const segment = await lookUp(expression, context);
  if (typeof segment !== 'string' && segment.text.includes('\0')) return 'what is substituted holds a NUL character';
  return segment;
}

async function lookUp(expression: string, context: SubstitutionContext): Promise<TextSegment | string> {
  const env = /^env:([A-Za-z_][A-Za-z0-9_]*)(?::-([\s\S]*))?$/.exec(expression);
  if (env?.[1] !== undefined) return fromEnvironment(env[1], env[2], context.env);
  const file = /^file:([\s\S]+)$/.exec(expression);
  if (file?.[1] !== undefined) return await fromFile(file[1], context);
  return 'not a substitution; there are ${env:NAME}, ${env:NAME:-default} and ${file:PATH}, and $${ for the characters themselves';
}

/** As in a shell, the default also stands in for a variable that is set but empty. */
function fromEnvironment(name: string, fallback: string | undefined, env: NodeJS.ProcessEnv): TextSegment | string {
  // Own ones only: process.env inherits names such as constructor.
  const value = Object.hasOwn(env, name) ? env[name] : undefined;
  if (fallback !== undefined && (value === undefined || value === '')) return { text: fallback, origin: 'default' };
  if (value === undefined) return `the environment variable ${name} is not set`;
  return { text: value, origin: 'env' };
}

async function fromFile(path: string, { read, folder }: SubstitutionContext): Promise<TextSegment | string> {
  const file = await readTextFile(read, resolve(folder, path));
  if (file.kind !== 'text') return `the file ${path} ${describeFailure(file)}`;
  return { text: file.text.replace(/\r?\n$/, ''), origin: 'file' };
}
