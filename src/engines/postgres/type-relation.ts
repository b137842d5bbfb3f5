/** Whether a column that exists keeps every value that the wanted type has. Pure. */
import type { TypeRelation } from '../ports.js';

interface TypeText {
  /** In PostgreSQL's own spelling, without modifiers. */
  readonly base: string;
  readonly modifiers: readonly number[];
  readonly isArray: boolean;
}

/** Other spellings of the same type; `format_type` gives the right-hand side. */
const ALIASES: Readonly<Record<string, string>> = {
  int2: 'smallint',
  int: 'integer',
  int4: 'integer',
  int8: 'bigint',
  decimal: 'numeric',
  float4: 'real',
  float8: 'double precision',
  bool: 'boolean',
  varchar: 'character varying',
  char: 'character',
  varbit: 'bit varying',
  time: 'time without time zone',
  timetz: 'time with time zone',
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
};

/** Decimal digits of the largest value. */
const INTEGER_DIGITS: ReadonlyMap<string, number> = new Map([
  ['smallint', 5],
  ['integer', 10],
  ['bigint', 19],
]);
/** Their one modifier is the number of fraction digits; none means all of them. */
const TEMPORAL_TYPES: ReadonlySet<string> = new Set([
  'time without time zone',
  'time with time zone',
  'timestamp without time zone',
  'timestamp with time zone',
  'interval',
]);
/** Written without their schema in a plan, as users do; the catalog gives the schema that the extension is in. */
const EXTENSION_TYPES: ReadonlySet<string> = new Set(['citext', 'geography', 'geometry', 'hstore', 'ltree', 'vector']);
const FRACTION_DIGITS_MAX = 6;
/** Their modifier is 1 when there is none. */
const LENGTH_ONE_TYPES: ReadonlySet<string> = new Set(['character', 'bit']);

export function relateTypes(wanted: string, existing: string): TypeRelation {
  const from = parseType(wanted);
  const to = parseType(existing);
  if (from.isArray !== to.isArray) return 'narrower';
  if (from.base === to.base && sameModifiers(from, to)) return 'same';
  return isKept(from, to) ? 'wider' : 'narrower';
}

function isKept(from: TypeText, to: TypeText): boolean {
  if (INTEGER_DIGITS.has(from.base)) return isIntegerKept(from, to);
  if (TEMPORAL_TYPES.has(from.base)) return to.base === from.base && fractionDigits(to) >= fractionDigits(from);
  switch (from.base) {
    case 'numeric':
      return to.base === 'numeric' && isNumericKept(from, to);
    case 'character varying':
    case 'text':
      return isTextKept(from, to);
    case 'bit':
    case 'bit varying':
      return to.base === 'bit varying' && atLeast(to.modifiers[0], from.modifiers[0]);
    default:
      return false;
  }
}

function isIntegerKept({ base }: TypeText, to: TypeText): boolean {
  const digits = INTEGER_DIGITS.get(base) ?? Infinity;
  const existingDigits = INTEGER_DIGITS.get(to.base);
  if (existingDigits !== undefined) return existingDigits >= digits;
  return to.base === 'numeric' && integerDigits(to) >= digits;
}

/** An unconstrained numeric holds infinities, any other does not. */
function isNumericKept(from: TypeText, to: TypeText): boolean {
  if (to.modifiers.length === 0) return true;
  if (from.modifiers.length === 0) return false;
  return integerDigits(to) >= integerDigits(from) && scale(to) >= scale(from);
}

function isTextKept(from: TypeText, to: TypeText): boolean {
  if (to.base === 'text') return true;
  return to.base === 'character varying' && atLeast(to.modifiers[0], from.modifiers[0]);
}

function scale({ modifiers }: TypeText): number {
  return modifiers[1] ?? 0;
}

function integerDigits(type: TypeText): number {
  const [precision] = type.modifiers;
  return precision === undefined ? Infinity : precision - scale(type);
}

function fractionDigits({ modifiers }: TypeText): number {
  return modifiers[0] ?? FRACTION_DIGITS_MAX;
}

/** No length means no limit. */
function atLeast(existing: number | undefined, wanted: number | undefined): boolean {
  return existing === undefined || (wanted !== undefined && existing >= wanted);
}

function sameModifiers(left: TypeText, right: TypeText): boolean {
  if (TEMPORAL_TYPES.has(left.base)) return fractionDigits(left) === fractionDigits(right);
  if (left.base === 'numeric' && left.modifiers.length > 0 && right.modifiers.length > 0) {
    return left.modifiers[0] === right.modifiers[0] && scale(left) === scale(right);
  }
  return left.modifiers.join() === right.modifiers.join();
}

/** `timestamp(3) with time zone[]` → base, modifiers, array. A text with quotes is taken as it is, case included. */
function parseType(text: string): TypeText {
  const isArray = /\[\d*\]\s*$/.test(text);
  const element = text.replace(/(\s*\[\d*\])+\s*$/, '').trim();
  if (element.includes('"')) return { base: element, modifiers: [], isArray };
  const match = /^([^(]*)\(\s*(\d+)\s*(?:,\s*(-?\d+)\s*)?\)(.*)$/.exec(element);
  const words = match === null ? element : `${match[1] ?? ''} ${match[4] ?? ''}`;
  const base = canonicalBase(words);
  const modifiers = [match?.[2], match?.[3]].filter((digits) => digits !== undefined).map(Number);
  return { base, modifiers: modifiers.length === 0 && LENGTH_ONE_TYPES.has(base) ? [1] : modifiers, isArray };
}

function canonicalBase(words: string): string {
  const base = words
    .trim()
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/^pg_catalog\./, '');
  const unqualified = base.slice(base.lastIndexOf('.') + 1);
  if (EXTENSION_TYPES.has(unqualified)) return unqualified;
  return ALIASES[base] ?? base;
}
