import type { LineCounter } from 'yaml';
import { toPointer, type SpecPath } from './spec-path.js';

/** Offsets into the text. `key` is `null` for items of a list and for the top. */
interface Place {
  readonly key: number | null;
  readonly value: number;
}

export interface LinePosition {
  readonly line: number;
  readonly column: number;
}

/** Where each key and value of a spec stands in its text. */
export class SourceMap {
  readonly #places = new Map<string, Place>();
  readonly #lines: LineCounter;

  constructor(lines: LineCounter) {
    this.#lines = lines;
  }

  record(path: SpecPath, place: Place): void {
    this.#places.set(toPointer(path), place);
  }

  /** Of the path, or of the nearest one above it that stands in the text. */
  locate(path: SpecPath, part: 'key' | 'value'): LinePosition {
    for (let length = path.length; length >= 0; length -= 1) {
      const place = this.#places.get(toPointer(path.slice(0, length)));
      if (place !== undefined) return this.atOffset(part === 'key' ? (place.key ?? place.value) : place.value);
    }
    return { line: 1, column: 1 };
  }

  atOffset(offset: number): LinePosition {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }
}
