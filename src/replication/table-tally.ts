import type { DmsctlError } from '../errors/dmsctl-error.js';
import { addPolicyCounts, type LoadedPart, NO_POLICY_COUNTS, type PolicyCounts } from '../model/load-part.js';
import type { TableName } from '../model/table.js';
import type { TableProgress } from '../model/task-progress.js';
import type { TableResult } from './load-event.js';

/** Counts what of one table is durable on the target, earlier runs included. */
export class TableTally {
  readonly #table: TableName;
  #rows: number;
  #bytes: number;
  #policyCounts: PolicyCounts;
  #outcome: TableResult['outcome'] = 'not-finished';
  #error: DmsctlError | null = null;

  constructor(table: TableName, recorded: TableProgress | null) {
    this.#table = table;
    this.#rows = recorded?.rows ?? 0;
    this.#bytes = recorded?.bytes ?? 0;
    this.#policyCounts = recorded?.policyCounts ?? NO_POLICY_COUNTS;
  }

  add(loaded: LoadedPart): void {
    this.#rows += loaded.rows;
    this.#bytes += loaded.bytes;
    this.#policyCounts = addPolicyCounts(this.#policyCounts, loaded.policyCounts);
  }

  finish(): { readonly rows: number; readonly bytes: number } {
    this.#outcome = 'loaded';
    return { rows: this.#rows, bytes: this.#bytes };
  }

  /** False when the table had failed before: only its first error counts. */
  fail(error: DmsctlError): boolean {
    if (this.#outcome === 'failed') return false;
    this.#outcome = 'failed';
    this.#error = error;
    return true;
  }

  result(): TableResult {
    return {
      table: this.#table,
      outcome: this.#outcome,
      rows: this.#rows,
      bytes: this.#bytes,
      policyCounts: this.#policyCounts,
      error: this.#error,
    };
  }
}
