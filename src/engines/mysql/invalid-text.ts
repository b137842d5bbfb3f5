/**
 * Looks for invalid UTF-8 in whole batches: one native call for thousands of values. Escapes and separators are ASCII, so a
 * batch is valid exactly where its values are.
 */
import { isUtf8 } from 'node:buffer';
import type { DeliveredColumn } from '../ports.js';
import { bug } from '../../errors/dmsctl-error.js';
import { findInvalidUtf8 } from './utf8.js';
import type { ValuePolicies } from './value-policies.js';

const TAB = 0x09;
const NEWLINE = 0x0a;
const REPLACEMENT = Buffer.from('\u{fffd}', 'utf8');

/** The batch with valid text only: itself in the usual case; otherwise what the policy makes of it. */
export function enforceValidText(batch: Buffer, columns: readonly DeliveredColumn[], policies: ValuePolicies): Buffer {
  if (isUtf8(batch)) return batch;
  if (policies.invalidTextPolicy === 'replace') return replaceInvalid(batch, policies);
  const invalid = findInvalidUtf8(batch, 0);
  const column = invalid === null ? undefined : columns[columnIndexAt(batch, invalid.start)];
  if (column === undefined) throw bug('a batch is invalid UTF-8, but none of its values is.');
  throw policies.refuseInvalidText(column.source.name);
}

function replaceInvalid(batch: Buffer, policies: ValuePolicies): Buffer {
  const pieces: Buffer[] = [];
  let validStart = 0;
  for (;;) {
    const invalid = findInvalidUtf8(batch, validStart);
    pieces.push(batch.subarray(validStart, invalid?.start));
    if (invalid === null) return Buffer.concat(pieces);
    pieces.push(REPLACEMENT);
    policies.invalidText++;
    validStart = invalid.end;
  }
}

function columnIndexAt(batch: Buffer, offset: number): number {
  let tabs = 0;
  for (let index = offset - 1; index >= 0 && batch[index] !== NEWLINE; index--) if (batch[index] === TAB) tabs++;
  return tabs;
}
