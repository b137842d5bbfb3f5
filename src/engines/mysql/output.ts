/** Where values are written: the batch being filled, and how far it is. */
export interface Output {
  bytes: Buffer;
  at: number;
}

/**
 * Writes the value in `packet[start..end)` and moves `output.at` on. Room was made before: see row-encoder.ts.
 * Reads beyond an array's end cannot happen; `?? 0` is there for the compiler and costs nothing.
 */
export type ValueWriter = (packet: Buffer, start: number, end: number, output: Output) => void;

/** For short values: a native copy costs more than the loop up to about a hundred bytes. */
export function copyBytes(packet: Buffer, start: number, end: number, output: Output): void {
  const { bytes } = output;
  let { at } = output;
  for (let index = start; index < end; index++) bytes[at++] = packet[index] ?? 0;
  output.at = at;
}
