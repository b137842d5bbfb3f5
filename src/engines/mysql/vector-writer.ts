import type { Output } from './output.js';

const FLOAT_BYTES = 4;
/** Six digits are enough for most 32-bit floats, nine for all. */
const FEWEST_DIGITS = 6;
const MOST_DIGITS = 9;

/** 32-bit little-endian floats → `{1.5,2}`. */
export function writeVector(packet: Buffer, start: number, end: number, output: Output): void {
  const texts: string[] = [];
  for (let index = start; index < end; index += FLOAT_BYTES) texts.push(floatText(packet.readFloatLE(index)));
  output.at += output.bytes.write(`{${texts.join(',')}}`, output.at, 'latin1');
}

/** The shortest digits that read back to the same 32-bit float. */
function floatText(value: number): string {
  if (Object.is(value, -0)) return '-0';
  for (let digits = FEWEST_DIGITS; digits < MOST_DIGITS; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return String(shorter);
  }
  return String(Number(value.toPrecision(MOST_DIGITS)));
}
