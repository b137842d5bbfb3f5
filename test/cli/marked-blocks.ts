/** Code blocks of a Markdown file with the comment before each, by which a test knows what to do with it. */
export interface MarkedBlock {
  readonly language: string;
  /** Of the comment right before the block, e.g. `run: first-migration`; empty without one. */
  readonly marker: string;
  readonly text: string;
}

export function markedBlocks(markdown: string): readonly MarkedBlock[] {
  const pattern = /(?:<!-- ([^\n]*?) -->\n\n)?```(\w*)\n([\s\S]*?)```/g;
  return [...markdown.matchAll(pattern)].map(([, marker = '', language = '', text = '']) => ({
    language,
    marker,
    text,
  }));
}

/** What a run and a document must have in common: not sizes, times, versions, nor the widths that follow from them. */
export function comparable(output: string): string {
  return output
    .replace(/(MariaDB|MySQL|PostgreSQL) [\d.]+/g, '$1')
    .replace(/~?[\d.,]+ (B|kB|MB|GB|s)\b/g, '…')
    .replace(/~[\d.,]+( [kMG])? rows/g, '… rows')
    .replace(/ +/g, ' ')
    .trim();
}
