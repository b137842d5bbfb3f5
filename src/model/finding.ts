/** One result of a precheck or of planning. An `error` blocks `apply`. */
export interface Finding {
  /** Stable name, e.g. `postgres.target-privileges`. */
  readonly check: string;
  readonly severity: 'error' | 'warning';
  /** What it is about: an endpoint, a table, a column. */
  readonly object: string;
  readonly found: string;
  readonly why: string;
  /** What to do; a command or SQL to copy on an indented line of its own. */
  readonly fix: string;
}
