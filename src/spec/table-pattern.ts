import type { RawTablePattern } from './raw-spec.js';
import type { TablePattern } from './spec.js';

/** `schema.table` splits at the first dot; the JSON Schema has made sure that there is one, with text on both sides. */
export function toTablePattern(raw: RawTablePattern): TablePattern {
  if (typeof raw !== 'string') return { schema: raw.schema, table: raw.table };
  const dot = raw.indexOf('.');
  return { schema: raw.slice(0, dot), table: raw.slice(dot + 1) };
}
