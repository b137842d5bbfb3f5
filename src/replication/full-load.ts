import { type DmsctlError, toDmsctlError } from '../errors/dmsctl-error.js';
import { retryPolicy } from '../errors/retry-policy.js';
import { anySignal } from '../lib/abort.js';
import { failPoint } from '../lib/fail-point.js';
import type { LoadPart } from '../model/load-part.js';
import type { Fence } from '../model/task-progress.js';
import type { LoadObserver, TableResult } from './load-event.js';
import { type LoadJob, type LoadLimits, LoadQueue } from './load-queue.js';
import { loadPart } from './load-part.js';
import type { FullLoadPorts, LoadTable } from './load-table.js';
import { SharedSnapshot } from './shared-snapshot.js';
import { TableTally } from './table-tally.js';
import { withRetry } from './with-retry.js';

export interface FullLoadOptions {
  readonly fence: Fence;
  readonly limits: LoadLimits;
  /** Connections on each side, shared by all parts. */
  readonly connectionsMax: number;
  readonly partBytesMax: number;
  readonly retryForMs: number;
  readonly observer: LoadObserver;
  /** Aborted: nothing new is begun, what is under way ends. */
  readonly drain: AbortSignal;
}

/**
 * Loads tables, each on its own: the failure of one does not stop the others. Rejects only when going on makes no sense
 * for any (fenced, an endpoint away for too long, a bug of ours). The caller puts back foreign keys and triggers.
 */
export async function runFullLoad(
  tables: readonly LoadTable[],
  ports: FullLoadPorts,
  options: FullLoadOptions,
  signal: AbortSignal,
): Promise<readonly TableResult[]> {
  const load = new FullLoad(tables, ports, options, signal);
  return load.run();
}

/** Invariant: every job taken from the queue is reported back to it, whether it worked or not. */
class FullLoad {
  readonly #ports: FullLoadPorts;
  readonly #options: FullLoadOptions;
  readonly #queue: LoadQueue<LoadTable>;
  readonly #tallies: ReadonlyMap<LoadTable, TableTally>;
  readonly #snapshot: SharedSnapshot;
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;

  constructor(tables: readonly LoadTable[], ports: FullLoadPorts, options: FullLoadOptions, signal: AbortSignal) {
    this.#ports = ports;
    this.#options = options;
    this.#queue = new LoadQueue(tables, options.limits);
    this.#tallies = new Map(
      tables.map((table) => [table, new TableTally(table.target.mapping.source, table.recorded)]),
    );
    this.#snapshot = new SharedSnapshot(ports.snapshotReader, () => {
      options.observer({ type: 'snapshot-reopened' });
    });
    this.#signal = anySignal(signal, this.#stop.signal);
  }

  async run(): Promise<readonly TableResult[]> {
    const drain = (): void => {
      this.#queue.drain();
    };
    this.#options.drain.addEventListener('abort', drain, { once: true });
    this.#signal.addEventListener('abort', drain, { once: true });
    if (this.#options.drain.aborted) drain();
    try {
      await Promise.all(Array.from({ length: this.#options.connectionsMax }, async () => this.#work()));
      this.#signal.throwIfAborted();
    } finally {
      this.#options.drain.removeEventListener('abort', drain);
      await this.#snapshot.close();
    }
    return [...this.#tallies.values()].map((tally) => tally.result());
  }

  async #work(): Promise<void> {
    for (let job = await this.#queue.take(); job !== null; job = await this.#queue.take()) {
      try {
        await this.#carryOut(job);
      } catch (caught) {
        const error = toDmsctlError(caught);
        if (this.#signal.aborted) return;
        if (stopsEveryTable(error)) {
          this.#stop.abort(error);
          return;
        }
        // Nobody waits any more for an endpoint that is away: the next run goes on here.
        if (this.#options.drain.aborted && retryPolicy(error.code) === 'backoff') return;
        await this.#failTable(job.table, error);
      }
    }
  }

  async #carryOut(job: LoadJob<LoadTable>): Promise<void> {
    switch (job.kind) {
      case 'begin':
        return this.#begin(job.table);
      case 'part':
        return this.#loadPart(job.table, job.part);
      case 'finish':
        return this.#finish(job.table);
    }
  }

  async #begin(table: LoadTable): Promise<void> {
    const { fence, observer } = this.#options;
    const recorded = await this.#retrying(`preparing ${this.#name(table)}`, async () => {
      await this.#ports.ddlWriter.prepareTable(fence, table.target, this.#signal);
      failPoint('after-prepare');
      if (table.recorded !== null && table.recorded.phase !== 'prepared') return table.recorded.parts;
      const snapshot = await this.#snapshot.current(this.#signal);
      failPoint('after-snapshot');
      const parts = await snapshot.split(table.snapshot, this.#options.partBytesMax, this.#signal);
      return this.#ports.progress.recordParts(fence, table.target.mapping.source, parts, this.#signal);
    });
    failPoint('after-record-parts');
    const pending = recorded.filter(({ isDone }) => !isDone).map(({ part }) => part);
    observer({
      type: 'table-started',
      table: table.target.mapping.source,
      parts: recorded.length,
      partsDone: recorded.length - pending.length,
    });
    this.#queue.begun(table, pending);
  }

  async #loadPart(table: LoadTable, part: LoadPart): Promise<void> {
    const loaded = await loadPart(table, part, {
      ...this.#options,
      ports: this.#ports,
      snapshot: this.#snapshot,
      signal: this.#signal,
    });
    this.#tally(table).add(loaded);
    this.#options.observer({
      type: 'part-loaded',
      table: table.target.mapping.source,
      part: part.number,
      rows: loaded.rows,
    });
    this.#queue.partDone(table);
  }

  async #finish(table: LoadTable): Promise<void> {
    const { fence, observer } = this.#options;
    const name = table.target.mapping.source;
    observer({ type: 'table-finishing', table: name });
    failPoint('before-finish');
    await this.#retrying(`finishing ${this.#name(table)}`, async () =>
      this.#ports.ddlWriter.finishTable(fence, table.target, this.#signal),
    );
    failPoint('after-finish');
    const { rows, bytes } = this.#tally(table).finish();
    observer({ type: 'table-loaded', table: name, rows, bytes });
    this.#queue.finished(table);
  }

  async #failTable(table: LoadTable, error: DmsctlError): Promise<void> {
    const name = table.target.mapping.source;
    this.#queue.failed(table);
    if (!this.#tally(table).fail(error)) return;
    this.#options.observer({ type: 'table-failed', table: name, error });
    const note = { code: error.code, detail: error.detail };
    try {
      await this.#ports.progress.recordError(this.#options.fence, name, note, this.#signal);
    } catch {
      // The note is for `status` only; the run reports the error itself, and the target may be what failed.
    }
  }

  async #retrying<Result>(doing: string, step: () => Promise<Result>): Promise<Result> {
    return withRetry(step, { ...this.#options, doing, signal: this.#signal });
  }

  #tally(table: LoadTable): TableTally {
    const tally = this.#tallies.get(table);
    if (tally === undefined) throw new TypeError('table is not of this load');
    return tally;
  }

  #name(table: LoadTable): string {
    return `${table.target.mapping.source.schema}.${table.target.mapping.source.table}`;
  }
}

/** Whether no other table of the task has a better chance. */
export function stopsEveryTable(error: DmsctlError): boolean {
  return error.code === 'TASK_FENCED' || error.code === 'TASK_GAVE_UP_WAITING' || error.code.startsWith('BUG_');
}
