/** A table of unusual structure or name. */
export interface TableCase {
  readonly title: string;
  /** On the source. */
  readonly statements: readonly string[];
  /** On the target, whose search_path leads to the moved schema. */
  readonly query: string;
  readonly rows: readonly Readonly<Record<string, string | null>>[];
}

/** What is no table of the source's own, and a word of the reason that the plan gives. */
export interface LeftOutCase {
  readonly name: string;
  readonly statement: string;
  readonly reason: string;
}
