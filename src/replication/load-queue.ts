import { bug } from '../errors/dmsctl-error.js';
import type { LoadPart } from '../model/load-part.js';

/** Where a table under way stands: beginning → loading → finishing. `open` counts parts handed out and not reported back. */
type Stage =
  | { readonly kind: 'beginning' }
  | { readonly kind: 'loading'; readonly pending: LoadPart[]; open: number }
  | { readonly kind: 'finishing' };

type LoadingStage = Extract<Stage, { kind: 'loading' }>;

export type LoadJob<Table> =
  | { readonly kind: 'begin'; readonly table: Table }
  | { readonly kind: 'part'; readonly table: Table; readonly part: LoadPart }
  | { readonly kind: 'finish'; readonly table: Table };

export interface LoadLimits {
  /** Tables between `begin` and the end of `finish` at the same time. */
  readonly tablesMax: number;
  /** Parts of one table at the same time. */
  readonly partsPerTableMax: number;
}

/**
 * Hands out the work of a load to any number of workers: tables begin in the order given, so long as fewer than
 * `tablesMax` are under way; a worker that finds no table to begin takes a part of one under way.
 */
export class LoadQueue<Table> {
  readonly #waiting: Table[];
  readonly #underWay = new Map<Table, Stage>();
  readonly #limits: LoadLimits;
  #waiters: ((job: LoadJob<Table> | null) => void)[] = [];
  #isDraining = false;

  constructor(tables: readonly Table[], limits: LoadLimits) {
    this.#waiting = tables.toReversed();
    this.#limits = limits;
  }

  /** The next job, as soon as there is one; `null` when nothing will follow. Each job must be reported back. */
  async take(): Promise<LoadJob<Table> | null> {
    const job = this.#nextJob();
    if (job !== null || this.#isOver()) return job;
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  /** After `begin`: the parts that are still to load. */
  begun(table: Table, pending: readonly LoadPart[]): void {
    this.#report(table, 'beginning');
    this.#underWay.set(table, { kind: 'loading', pending: [...pending], open: 0 });
    this.#wake();
  }

  partDone(table: Table): void {
    const stage = this.#underWay.get(table);
    // A table that failed meanwhile is not under way any more: its last parts end without a word.
    if (stage?.kind === 'loading') stage.open -= 1;
    this.#wake();
  }

  finished(table: Table): void {
    this.#report(table, 'finishing');
    this.#underWay.delete(table);
    this.#wake();
  }

  /** No further job of this table is handed out; those under way may still be reported back. */
  failed(table: Table): void {
    this.#underWay.delete(table);
    this.#wake();
  }

  /** Hands out nothing more; the jobs under way end in their own time. */
  drain(): void {
    this.#isDraining = true;
    this.#wake();
  }

  #nextJob(): LoadJob<Table> | null {
    if (this.#isDraining) return null;
    return this.#finishJob() ?? this.#beginJob() ?? this.#partJob();
  }

  #finishJob(): LoadJob<Table> | null {
    for (const [table, stage] of this.#underWay) {
      if (stage.kind === 'loading' && stage.pending.length === 0 && stage.open === 0) {
        this.#underWay.set(table, { kind: 'finishing' });
        return { kind: 'finish', table };
      }
    }
    return null;
  }

  #beginJob(): LoadJob<Table> | null {
    if (this.#underWay.size >= this.#limits.tablesMax) return null;
    const table = this.#waiting.pop();
    if (table === undefined) return null;
    this.#underWay.set(table, { kind: 'beginning' });
    return { kind: 'begin', table };
  }

  /** From the table with the fewest parts in hand, so that tables under way advance together. */
  #partJob(): LoadJob<Table> | null {
    let chosen: { table: Table; stage: LoadingStage } | null = null;
    for (const [table, stage] of this.#underWay) {
      if (stage.kind !== 'loading' || stage.pending.length === 0) continue;
      if (stage.open >= this.#limits.partsPerTableMax) continue;
      if (chosen === null || stage.open < chosen.stage.open) chosen = { table, stage };
    }
    const part = chosen?.stage.pending.shift();
    if (chosen === null || part === undefined) return null;
    chosen.stage.open += 1;
    return { kind: 'part', table: chosen.table, part };
  }

  #isOver(): boolean {
    return this.#isDraining || (this.#waiting.length === 0 && this.#underWay.size === 0);
  }

  #report(table: Table, expected: Stage['kind']): void {
    const kind = this.#underWay.get(table)?.kind;
    if (kind !== expected) throw bug(`a table reported the end of ${expected} while it was ${kind ?? 'not under way'}`);
  }

  #wake(): void {
    while (this.#waiters.length > 0) {
      const job = this.#nextJob();
      if (job === null && !this.#isOver()) return;
      this.#waiters.shift()?.(job);
    }
  }
}
