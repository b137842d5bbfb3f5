/** Turns one value as the server sends it into COPY text. The hot path: bytes in, bytes out, nothing allocated. */
import type { ColumnType } from '../../model/column-type.js';
import { bug } from '../../errors/dmsctl-error.js';
import type { ColumnDefinition } from '../../model/table.js';
import { dateWriter } from './date-writer.js';
import { writeHex } from './hex.js';
import { copyBytes, type Output, type ValueWriter } from './output.js';
import { textWriter } from './text-writer.js';
import { nativeTypeOf } from './types.js';
import type { ValuePolicies } from './value-policies.js';
import { writeVector } from './vector-writer.js';

const ZERO = 0x30;
const NINE = 0x39;
const MINUS = 0x2d;
const BACKSLASH = 0x5c;
const LETTER_F = 0x66;
const LETTER_T = 0x74;
const LETTER_X = 0x78;

const SRID_BYTES = 4;
const LITTLE_ENDIAN = 1;
const EWKB_SRID_FLAG = 0x20;

export function writerFor(column: ColumnDefinition, deliverAs: ColumnType, policies: ValuePolicies): ValueWriter {
  if (deliverAs.kind === 'boolean') return writeBoolean;
  switch (nativeTypeOf(column.nativeType).form) {
    case 'plain':
      return copyBytes;
    case 'number':
      return writeNumber;
    case 'date':
      // As text a zero date is a value like any other.
      return isDate(deliverAs) ? dateWriter(column.name, policies) : copyBytes;
    case 'text':
      return textWriter(column.name, policies);
    case 'bytes':
      return writeBytes;
    case 'geometry':
      return geometryWriter(column.name, deliverAs);
    case 'vector':
      return writeVector;
  }
}

function isDate({ kind }: ColumnType): boolean {
  return kind === 'date' || kind === 'timestamp';
}

function geometryWriter(name: string, deliverAs: ColumnType): ValueWriter {
  if (deliverAs.kind === 'geometry') return writeExtendedWkb;
  if (deliverAs.kind === 'binary') return writeWkb;
  throw bug(`column ${name}: a geometry cannot be delivered as ${deliverAs.kind}.`);
}

/** ZEROFILL and YEAR print leading zeros; a stream of changes would not. */
function writeNumber(packet: Buffer, start: number, end: number, output: Output): void {
  if (packet[start] === MINUS) {
    output.bytes[output.at++] = MINUS;
    start++;
  }
  while (packet[start] === ZERO && start + 1 < end && isDigit(packet[start + 1] ?? 0)) start++;
  copyBytes(packet, start, end, output);
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

function writeBoolean(packet: Buffer, start: number, end: number, output: Output): void {
  const isFalse = end - start === 1 && packet[start] === ZERO;
  output.bytes[output.at++] = isFalse ? LETTER_F : LETTER_T;
}

function writeBytes(packet: Buffer, start: number, end: number, output: Output): void {
  // COPY takes one backslash away; the input of bytea wants the other.
  output.bytes[output.at++] = BACKSLASH;
  output.bytes[output.at++] = BACKSLASH;
  output.bytes[output.at++] = LETTER_X;
  writeHex(packet, start, end, output);
}

function writeWkb(packet: Buffer, start: number, end: number, output: Output): void {
  writeBytes(packet, start + SRID_BYTES, end, output);
}

/** EWKB: WKB with a flag in its type and the SRID behind it. MySQL and PostGIS both store longitude before latitude. */
function writeExtendedWkb(packet: Buffer, start: number, end: number, output: Output): void {
  const wkb = start + SRID_BYTES;
  if (packet[wkb] !== LITTLE_ENDIAN) throw bug('a geometry is not stored in little-endian byte order.');
  if (packet.readUInt32LE(start) === 0) {
    writeHex(packet, wkb, end, output);
    return;
  }
  // WKB begins with the byte order and four bytes of type, the flags in the last.
  const typeEnd = wkb + 5;
  writeHex(packet, wkb, typeEnd - 1, output);
  writeHex(Buffer.of((packet[typeEnd - 1] ?? 0) | EWKB_SRID_FLAG), 0, 1, output);
  writeHex(packet, start, wkb, output);
  writeHex(packet, typeEnd, end, output);
}
