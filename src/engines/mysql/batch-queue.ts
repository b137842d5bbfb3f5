import type { RowBatch } from '../../model/row-batch.js';

const BATCHES_MAX = 4;

type End =
  { readonly kind: 'open' } | { readonly kind: 'ended' } | { readonly kind: 'failed'; readonly error: unknown };

/** Hands batches from the server's pace to the target's: the filler stops while it is full. One filler, one reader. */
export class BatchQueue {
  readonly #batches: RowBatch[] = [];
  #end: End = { kind: 'open' };
  #wakeReader: (() => void) | null = null;

  get isFull(): boolean {
    return this.#batches.length >= BATCHES_MAX;
  }

  get isFailed(): boolean {
    return this.#end.kind === 'failed';
  }

  push(batch: RowBatch): void {
    this.#batches.push(batch);
    this.#wake();
  }

  end(): void {
    this.#end = { kind: 'ended' };
    this.#wake();
  }

  /** Batches not read yet are dropped: their part will not be kept. */
  fail(error: unknown): void {
    this.#batches.length = 0;
    this.#end = { kind: 'failed', error };
    this.#wake();
  }

  /** The next batch, or null after the last. */
  async take(): Promise<RowBatch | null> {
    for (;;) {
      const batch = this.#batches.shift();
      if (batch !== undefined) return batch;
      if (this.#end.kind === 'failed') throw this.#end.error;
      if (this.#end.kind === 'ended') return null;
      await new Promise<void>((resolve) => {
        this.#wakeReader = resolve;
      });
    }
  }

  #wake(): void {
    this.#wakeReader?.();
    this.#wakeReader = null;
  }
}
