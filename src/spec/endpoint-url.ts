import type { EngineName } from '../model/column-type.js';
import type { TlsMode } from '../model/endpoint.js';
import type { TextSegment } from './substitute.js';
import { parseTlsParameter } from './url-tls-parameter.js';

/** What a url says; `null` for what it leaves out. */
export interface UrlParts {
  readonly host: string | null;
  readonly port: number | null;
  readonly database: string | null;
  readonly user: string | null;
  readonly password: string | null;
  /** True when a character of the password stands in the spec itself. */
  readonly hasInlinePassword: boolean;
  readonly tlsMode: TlsMode | null;
}

export const NO_URL: UrlParts = {
  host: null,
  port: null,
  database: null,
  user: null,
  password: null,
  hasInlinePassword: false,
  tlsMode: null,
};

export const SCHEMES: Readonly<Record<EngineName, readonly string[]>> = {
  postgres: ['postgres', 'postgresql'],
  mysql: ['mysql'],
  mariadb: ['mariadb', 'mysql'],
  oracle: ['oracle'],
};

const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//;
const SERVER = /^(\[[0-9A-Fa-f:.]+\]|[^@:/?#,[\]\s]+)(?::([0-9]{1,5}))?(?:\/([^/?#]*))?(?:\?([^#]*))?$/;

/** Reads a url made of these parts, or says what is wrong with it without quoting it. */
export function parseEndpointUrl(segments: readonly TextSegment[], engine: EngineName): UrlParts | string {
  const parts = encodeSubstitutedUserInfo(segments);
  const text = parts.map((part) => part.text).join('');
  const scheme = SCHEME.exec(text);
  if (!SCHEMES[engine].includes(scheme?.[1]?.toLowerCase() ?? '')) {
    return `expected a url that starts with ${SCHEMES[engine].map((name) => `${name}://`).join(' or ')} for engine ${engine}`;
  }
  const start = scheme?.[0].length ?? 0;
  const userInfoEnd = findUserInfoEnd(text, start);
  if (typeof userInfoEnd === 'string') return userInfoEnd;
  if (text.slice(start).includes('%00')) return 'holds a NUL character';
  const server = parseServer(userInfoEnd === null ? text.slice(start) : text.slice(userInfoEnd + 1), engine);
  if (typeof server === 'string') return server;
  return { ...server, ...readUserInfo(parts, text, { start, end: userInfoEnd ?? start }) };
}

/**
 * A password is put in as it is: an @ or / in it must not cut the url. Only a well-formed percent-encoded text is left to
 * be decoded, and `user:password` in one variable, which cannot be told apart from outside.
 */
function encodeSubstitutedUserInfo(segments: readonly TextSegment[]): readonly TextSegment[] {
  return segments.map((segment, index) => {
    const before = segments[index - 1]?.text ?? '';
    const after = segments.slice(index + 1);
    const isBeforeAt = after.some(({ text, origin }) => origin === 'inline' && text.includes('@'));
    const isWholeUserInfo = before.endsWith('://') && after[0]?.text.startsWith('@') === true;
    const isSchemeKnown = segments.slice(0, index).some(({ text }) => text.includes('://'));
    if (segment.origin === 'inline' || !isBeforeAt || !isSchemeKnown || isWholeUserInfo) return segment;
    return isWellEncoded(segment.text) ? segment : { ...segment, text: encodeURIComponent(segment.text) };
  });
}

function isWellEncoded(text: string): boolean {
  return /^(?:[A-Za-z0-9\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/.test(text);
}

/**
 * Offset of the @ that ends user and password, `null` without one. A raw password may hold @, / and ?: where the first
 * authority and the last @ disagree, only one of the two may leave a server behind it.
 */
function findUserInfoEnd(text: string, start: number): number | string | null {
  const last = text.lastIndexOf('@');
  if (last < start) return null;
  const authority = /^[^/?#]*/.exec(text.slice(start))?.[0] ?? '';
  const candidates = new Set([start + authority.lastIndexOf('@'), last]);
  const plausible = [...candidates].filter((offset) => SERVER.test(text.slice(offset + 1)));
  if (plausible.length > 1) return 'can be read in two ways; write @ as %40, / as %2F and ? as %3F in it';
  const end = plausible[0] ?? last;
  return end < start ? null : end;
}

type ServerParts = Pick<UrlParts, 'host' | 'port' | 'database' | 'tlsMode'>;

function parseServer(text: string, engine: EngineName): ServerParts | string {
  const match = SERVER.exec(text);
  if (match?.[1] === undefined) return `expected ${SCHEMES[engine][0] ?? engine}://user:password@host:port/database`;
  const port = match[2] === undefined ? null : Number(match[2]);
  if (port !== null && (port < 1 || port > 65535)) return 'the port must be from 1 to 65535';
  const tls = parseTlsParameter(match[4] ?? '', engine);
  if ('problem' in tls) return tls.problem;
  return { host: match[1].replace(/^\[|\]$/g, ''), port, database: decode(match[3] ?? ''), tlsMode: tls.mode };
}

function readUserInfo(
  parts: readonly TextSegment[],
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
): Pick<UrlParts, 'user' | 'password' | 'hasInlinePassword'> {
  const colon = text.slice(start, end).indexOf(':');
  const userEnd = colon < 0 ? end : start + colon;
  const user = decode(text.slice(start, userEnd));
  const password = colon < 0 ? null : decode(text.slice(userEnd + 1, end));
  return { user, password, hasInlinePassword: password !== null && hasInlineText(parts, userEnd + 1, end) };
}

function hasInlineText(parts: readonly TextSegment[], start: number, end: number): boolean {
  let offset = 0;
  for (const { text, origin } of parts) {
    const isInline = origin === 'inline' || origin === 'default';
    if (isInline && text !== '' && offset < end && offset + text.length > start) return true;
    offset += text.length;
  }
  return false;
}

/** `null` for no text. Text with a stray % was never encoded and stays as it is. */
function decode(text: string): string | null {
  if (text === '') return null;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
