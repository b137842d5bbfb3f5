import { copyBytes, type ValueWriter } from './output.js';
import type { ValuePolicies } from './value-policies.js';

const ZERO = 0x30;
const DATE_BYTES = 10;

/** Values are `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS[.ffffff]`. Year 0000 is no year of the target's calendar either. */
export function dateWriter(column: string, policies: ValuePolicies): ValueWriter {
  const { zeroDatePolicy } = policies;
  const date = Buffer.from(zeroDatePolicy === 'null' ? '\\N' : zeroDatePolicy);
  const dateAndTime = zeroDatePolicy === 'null' ? date : Buffer.from(`${zeroDatePolicy} 00:00:00`);
  return (packet, start, end, output) => {
    if (!isZeroDate(packet, start)) {
      copyBytes(packet, start, end, output);
      return;
    }
    if (zeroDatePolicy === 'error') throw policies.refuseZeroDate(column);
    policies.zeroDate++;
    const replacement = end - start > DATE_BYTES ? dateAndTime : date;
    copyBytes(replacement, 0, replacement.length, output);
  };
}

function isZeroDate(packet: Buffer, start: number): boolean {
  const isZeroMonth = packet[start + 5] === ZERO && packet[start + 6] === ZERO;
  const isZeroDay = packet[start + 8] === ZERO && packet[start + 9] === ZERO;
  return isZeroMonth || isZeroDay || isZeroYear(packet, start);
}

function isZeroYear(packet: Buffer, start: number): boolean {
  for (let index = start; index < start + 4; index++) if (packet[index] !== ZERO) return false;
  return true;
}
