/**
 * Formats in which source and target can agree to move rows without looking at values.
 *
 * - `copy-text`: PostgreSQL's COPY text: columns by tab, rows by newline, `\N` for NULL, backslash escapes, UTF-8.
 *   LOAD DATA reads the same escapes but for `\f` and `\v`, which no writer of this format may produce.
 * - `copy-binary`: PostgreSQL's COPY binary *tuples only*: the file header and trailer are left to the target.
 */
export type BatchFormat = 'copy-text' | 'copy-binary';

/** Whole rows as bytes. The receiver may keep `bytes`: the sender never writes to them again. */
export interface RowBatch {
  readonly format: BatchFormat;
  readonly bytes: Buffer;
  readonly rows: number;
}
