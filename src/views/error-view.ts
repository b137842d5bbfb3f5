import type { DmsctlError } from '../errors/dmsctl-error.js';

/** The JSON that every command prints on stdout when it fails under `--json`; schemas/error.schema.json. */
export interface ErrorJson {
  readonly status: 'error';
  readonly exitCode: number;
  readonly error: {
    readonly code: string;
    readonly summary: string;
    readonly detail: string;
    readonly fix: string;
  };
}

export function errorJson({ code, summary, detail, fix, exitCode }: DmsctlError): ErrorJson {
  return { status: 'error', exitCode, error: { code, summary, detail, fix } };
}

/** What is wrong with which object, what was seen, what to do; the code last, for searching the documentation. */
export function errorText(error: DmsctlError): string {
  const lines = [`Error: ${error.summary}`, '', indent(error.detail)];
  if (error.fix !== '') lines.push('', indent(error.fix));
  lines.push('', indent(`(${error.code}, docs/reference/errors.md)`));
  return `${lines.join('\n')}\n`;
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${line}`))
    .join('\n');
}
