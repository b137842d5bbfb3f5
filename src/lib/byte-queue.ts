/** What may wait and be worked on at a time: enough to keep both sides busy. A larger piece passes alone. */
const HELD_BYTES_MAX = 1024 * 1024;

type End =
  { readonly kind: 'open' } | { readonly kind: 'ended' } | { readonly kind: 'failed'; readonly error: unknown };

/** What fills the queue, such as a socket. */
interface Filler {
  pause(): void;
  resume(): void;
}

/**
 * Hands pieces from a filler's pace to a reader's. The filler is paused while the pieces that wait, and the one that the
 * reader took last, hold too much. One filler, one reader.
 */
export class ByteQueue<Piece extends { readonly bytes: Uint8Array }> {
  readonly #filler: Filler;
  readonly #pieces: Piece[] = [];
  #heldBytes = 0;
  #takenBytes = 0;
  #isPaused = false;
  #end: End = { kind: 'open' };
  #wakeReader: (() => void) | null = null;

  constructor(filler: Filler) {
    this.#filler = filler;
  }

  get isFailed(): boolean {
    return this.#end.kind === 'failed';
  }

  push(piece: Piece): void {
    if (this.isFailed) return;
    this.#pieces.push(piece);
    this.#heldBytes += piece.bytes.length;
    if (this.#heldBytes >= HELD_BYTES_MAX && !this.#isPaused) {
      this.#isPaused = true;
      this.#filler.pause();
    }
    this.#wake();
  }

  end(): void {
    this.#end = { kind: 'ended' };
    this.#wake();
  }

  /** Pieces not read yet are dropped. */
  fail(error: unknown): void {
    this.#pieces.length = 0;
    this.#heldBytes = this.#takenBytes;
    this.#end = { kind: 'failed', error };
    this.#wake();
  }

  async *pieces(): AsyncGenerator<Piece, void, void> {
    for (;;) {
      // A variable of each round: one of the loop would hold the piece before in memory while the next is waited for.
      const piece = await this.take();
      if (piece === null) return;
      yield piece;
    }
  }

  /** The next piece, or null after the last. Asking for it tells that the reader is done with the one before. */
  async take(): Promise<Piece | null> {
    if (!this.isFailed) this.#release();
    for (;;) {
      const piece = this.#pieces.shift();
      if (piece !== undefined) {
        this.#takenBytes = piece.bytes.length;
        return piece;
      }
      if (this.#end.kind === 'failed') throw this.#end.error;
      if (this.#end.kind === 'ended') return null;
      await new Promise<void>((resolve) => {
        this.#wakeReader = resolve;
      });
    }
  }

  #release(): void {
    this.#heldBytes -= this.#takenBytes;
    this.#takenBytes = 0;
    if (this.#heldBytes >= HELD_BYTES_MAX || !this.#isPaused) return;
    this.#isPaused = false;
    this.#filler.resume();
  }

  #wake(): void {
    this.#wakeReader?.();
    this.#wakeReader = null;
  }
}
