/** Where UTF-8 goes wrong: Node says only whether it does (`buffer.isUtf8`). Well-formed as in Unicode 15, table 3-7. */

export interface InvalidSequence {
  readonly start: number;
  /** After the longest piece that could have begun a character: the piece that one U+FFFD stands for. */
  readonly end: number;
}

interface LeadByte {
  readonly continuationBytes: number;
  readonly secondMin: number;
  readonly secondMax: number;
}

/** The first invalid sequence at or after `from`, which must be the start of a character. */
export function findInvalidUtf8(bytes: Buffer, from: number): InvalidSequence | null {
  let index = from;
  while (index < bytes.length) {
    const byte = bytes[index] ?? 0;
    if (byte < 0x80) {
      index++;
      continue;
    }
    const lead = leadByte(byte);
    if (lead === null) return { start: index, end: index + 1 };
    const end = endOfSequence(bytes, index, lead);
    if (end - index <= lead.continuationBytes) return { start: index, end };
    index = end;
  }
  return null;
}

function leadByte(byte: number): LeadByte | null {
  if (byte >= 0xc2 && byte <= 0xdf) return { continuationBytes: 1, secondMin: 0x80, secondMax: 0xbf };
  if (byte === 0xe0) return { continuationBytes: 2, secondMin: 0xa0, secondMax: 0xbf };
  if (byte === 0xed) return { continuationBytes: 2, secondMin: 0x80, secondMax: 0x9f };
  if (byte >= 0xe1 && byte <= 0xef) return { continuationBytes: 2, secondMin: 0x80, secondMax: 0xbf };
  if (byte === 0xf0) return { continuationBytes: 3, secondMin: 0x90, secondMax: 0xbf };
  if (byte >= 0xf1 && byte <= 0xf3) return { continuationBytes: 3, secondMin: 0x80, secondMax: 0xbf };
  if (byte === 0xf4) return { continuationBytes: 3, secondMin: 0x80, secondMax: 0x8f };
  return null;
}

function endOfSequence(bytes: Buffer, start: number, lead: LeadByte): number {
  let end = start + 1;
  for (let count = 0; count < lead.continuationBytes; count++, end++) {
    const byte = bytes[end];
    const min = count === 0 ? lead.secondMin : 0x80;
    const max = count === 0 ? lead.secondMax : 0xbf;
    if (byte === undefined || byte < min || byte > max) break;
  }
  return end;
}
