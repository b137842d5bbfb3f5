import { readFile } from 'node:fs/promises';

const FILE_BYTES_MAX = 4 * 1024 * 1024;

/** Reads whole files; rejects as node:fs does. Tests give their own. */
export type FileReader = (path: string) => Promise<Buffer>;

export const readFromDisk: FileReader = (path) => readFile(path);

export type TextFile =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly reason: string }
  /** Read, but no use: too large, or not UTF-8. */
  | { readonly kind: 'unfit'; readonly reason: string };

export async function readTextFile(read: FileReader, path: string): Promise<TextFile> {
  let bytes: Buffer;
  try {
    bytes = await read(path);
  } catch (error) {
    return toFailure(error);
  }
  if (bytes.length > FILE_BYTES_MAX) return { kind: 'unfit', reason: `is larger than ${FILE_BYTES_MAX} bytes` };
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { kind: 'unfit', reason: 'is not UTF-8 text' };
  }
}

/** What is wrong with a file that is not text, to follow its name. */
export function describeFailure(file: Exclude<TextFile, { readonly kind: 'text' }>): string {
  return file.kind === 'missing' ? 'does not exist' : file.reason;
}

function toFailure(error: unknown): TextFile {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' };
  return { kind: 'unreadable', reason: code === 'EISDIR' ? 'is a folder' : `cannot be read (${code})` };
}
