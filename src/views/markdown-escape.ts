import { printable } from './printable.js';

const ZERO_WIDTH_SPACE = '\u200b';

/**
 * A name or message as plain text in Markdown and in HTML. Their signs become entities, which works in table cells and
 * summaries alike. Mentions, issue numbers and addresses are recognised after that, so they are cut in two.
 */
export function escapeMarkdown(text: string): string {
  return printable(text).replace(/[&<>"'`|*_~$[\]\\]|[@#]|:\/\/|www\./gi, (sign) => {
    if (sign === '@' || sign === '#') return `${sign}${ZERO_WIDTH_SPACE}`;
    if (sign.length > 1) return `${sign[0] ?? ''}${ZERO_WIDTH_SPACE}${sign.slice(1)}`;
    return `&#${sign.charCodeAt(0)};`;
  });
}

/** A name as code, where no mention is recognised. Not a code span: those cannot hold every name in a table. */
export function codeName(text: string): string {
  return `<code>${escapeMarkdown(text)}</code>`;
}

/** A block that shows text as it is: the fence is longer than any run of backticks in it. */
export function codeBlock(lines: readonly string[]): string {
  const text = lines.map(printable).join('\n');
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return `${fence}text\n${text}\n${fence}`;
}
