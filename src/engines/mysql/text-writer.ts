import type { ValueWriter } from './output.js';
import type { ValuePolicies } from './value-policies.js';

const BACKSLASH = 0x5c;
const PLAIN = 0;
/** Stands in ESCAPES for the one byte that a policy decides on. */
const BY_POLICY = 1;

/**
 * What follows the backslash for each byte; most stand for themselves. Backspace, form feed and vertical tab do too: LOAD
 * DATA would read `\f` and `\v` as letters.
 */
const ESCAPES = new Uint8Array(256);
ESCAPES[0] = BY_POLICY;
ESCAPES['\t'.charCodeAt(0)] = 't'.charCodeAt(0);
ESCAPES['\n'.charCodeAt(0)] = 'n'.charCodeAt(0);
ESCAPES['\r'.charCodeAt(0)] = 'r'.charCodeAt(0);
ESCAPES[BACKSLASH] = BACKSLASH;

export function textWriter(column: string, policies: ValuePolicies): ValueWriter {
  const { nulPolicy } = policies;
  const replacement = nulReplacement(nulPolicy);
  return (packet, start, end, output) => {
    const { bytes } = output;
    let { at } = output;
    for (let index = start; index < end; index++) {
      const byte = packet[index] ?? 0;
      const escape = ESCAPES[byte] ?? PLAIN;
      if (escape === PLAIN) {
        bytes[at++] = byte;
      } else if (escape === BY_POLICY) {
        if (nulPolicy === 'error') throw policies.refuseNulCharacter(column);
        policies.nulCharacter++;
        at += replacement.copy(bytes, at);
      } else {
        bytes[at++] = BACKSLASH;
        bytes[at++] = escape;
      }
    }
    output.at = at;
  };
}

/** What takes the place of each NUL, in COPY text. */
export function nulReplacement(nulPolicy: string): Buffer {
  if (nulPolicy === 'error' || nulPolicy === 'strip') return Buffer.alloc(0);
  const escaped = nulPolicy
    .replaceAll('\0', '')
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
  return Buffer.from(escaped, 'utf8');
}
