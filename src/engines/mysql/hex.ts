import type { Output } from './output.js';

/** The lower-case digits of each byte. */
const HIGH_DIGITS = Uint8Array.from({ length: 256 }, (_, byte) => (byte >> 4).toString(16).charCodeAt(0));
const LOW_DIGITS = Uint8Array.from({ length: 256 }, (_, byte) => (byte & 15).toString(16).charCodeAt(0));

export function writeHex(packet: Buffer, start: number, end: number, output: Output): void {
  const { bytes } = output;
  let { at } = output;
  for (let index = start; index < end; index++) {
    const byte = packet[index] ?? 0;
    bytes[at] = HIGH_DIGITS[byte] ?? 0;
    bytes[at + 1] = LOW_DIGITS[byte] ?? 0;
    at += 2;
  }
  output.at = at;
}
