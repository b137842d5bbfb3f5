import { resolve } from 'node:path';
import { DmsctlError } from '../errors/dmsctl-error.js';
import { describeFailure, readTextFile, type FileReader, type TextFile } from './spec-files.js';

const DEFAULT_NAMES = ['dmsctl.yaml', 'dmsctl.yml'];

export interface SpecFileOptions {
  /** The value of --file. */
  readonly file?: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

export interface SpecFile {
  /** Absolute. */
  readonly path: string;
  readonly content: Extract<TextFile, { readonly kind: 'text' | 'unfit' }>;
}

/** Reads the first that there is of --file, DMSCTL_FILE, dmsctl.yaml and dmsctl.yml; a named file must exist. */
export async function findSpecFile(options: SpecFileOptions, read: FileReader): Promise<SpecFile> {
  const named = options.file ?? options.env.DMSCTL_FILE ?? '';
  const candidates = named === '' ? DEFAULT_NAMES : [named];
  for (const name of candidates) {
    const path = resolve(options.cwd, name);
    const content = await readTextFile(read, path);
    if (content.kind === 'missing') continue;
    if (content.kind === 'unreadable') {
      throw new DmsctlError('SPEC_UNREADABLE', {
        detail: `${path} ${describeFailure(content)}`,
        fix: 'Name a regular file that this user may read.',
      });
    }
    return { path, content };
  }
  throw new DmsctlError('SPEC_NOT_FOUND', {
    detail: named === '' ? `${options.cwd} holds no ${DEFAULT_NAMES.join(' or ')}` : `${named} does not exist`,
    fix: 'Name the file with --file, or write a first one:\n\n  dmsctl init',
  });
}
