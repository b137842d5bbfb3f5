/** One thing wrong with a spec, and where. Holds no secret: values that were substituted are never quoted. */
export interface SpecProblem {
  /** As shown to people: relative to the working directory where that is shorter. */
  readonly file: string;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
  /** E.g. `tasks.shop-live.tables.include[0]`; `(top level)` for the whole file. */
  readonly path: string;
  /** What was wrong and what was expected. */
  readonly message: string;
  /** The valid word that was probably meant. */
  readonly suggestion: string | null;
}

/** The `cause` of a SPEC_INVALID or SPEC_NOT_SUPPORTED_YET error: the same problems as in its text, as data. */
export class SpecProblems {
  constructor(readonly list: readonly SpecProblem[]) {}
}

/** The problems behind an error, in the order of the file; none when the error is about something else. */
export function specProblemsOf(error: Error): readonly SpecProblem[] {
  return error.cause instanceof SpecProblems ? error.cause.list : [];
}

export function formatSpecProblem({ file, line, column, path, message, suggestion }: SpecProblem): string {
  const hint = suggestion === null ? '' : `; did you mean "${suggestion}"?`;
  return `${file}:${line}:${column} ${path}: ${message}${hint}`;
}
