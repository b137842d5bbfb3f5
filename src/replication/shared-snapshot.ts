import type { Snapshot, SnapshotReader } from '../engines/ports.js';

/** The one read view that all parts of a load share; a new one is opened when it is lost. */
export class SharedSnapshot {
  readonly #reader: SnapshotReader;
  readonly #onReopened: () => void;
  #current: Promise<Snapshot> | null = null;
  #lastOpened: Snapshot | null = null;

  constructor(reader: SnapshotReader, onReopened: () => void) {
    this.#reader = reader;
    this.#onReopened = onReopened;
  }

  async current(signal: AbortSignal): Promise<Snapshot> {
    if (this.#lastOpened?.isUsable() === false) {
      const lost = this.#lastOpened;
      this.#lastOpened = null;
      this.#current = lost.close().then(async () => this.#open(signal));
      this.#onReopened();
    }
    this.#current ??= this.#open(signal);
    try {
      return await this.#current;
    } catch (error) {
      this.#current = null;
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#lastOpened?.close();
  }

  async #open(signal: AbortSignal): Promise<Snapshot> {
    this.#lastOpened = await this.#reader.open(signal);
    return this.#lastOpened;
  }
}
