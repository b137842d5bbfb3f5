import { Secret } from '../lib/secret.js';
import type { EngineName } from '../model/column-type.js';
import type { Endpoint } from '../model/endpoint.js';
import { NO_URL, parseEndpointUrl, type UrlParts } from './endpoint-url.js';
import { isInlineSecret } from './inline-secret.js';
import { canCheck, type NormalizeContext } from './normalize-context.js';
import { normalizeTls } from './normalize-tls.js';
import type { RawEndpoint } from './raw-spec.js';
import type { SpecPath } from './spec-path.js';
import { defaultOptions } from './spec-schema.js';

const DEFAULT_PORTS: Readonly<Record<EngineName, number>> = {
  postgres: 5432,
  mysql: 3306,
  mariadb: 3306,
  oracle: 1521,
};

const PORT_MAX = 65_535;
const INLINE_FIX = 'use ${env:NAME} or ${file:PATH}, or allowInlineSecrets: true at the top of the spec';

/** The endpoint, `null` without the shape for one; not to be used when this adds a problem. */
export async function normalizeEndpoint(
  name: string,
  raw: RawEndpoint,
  context: NormalizeContext,
): Promise<Endpoint | null> {
  const path: SpecPath = ['endpoints', name];
  const urlParts = readUrl(path, raw, context);
  const url = urlParts ?? NO_URL;
  checkPassword(path, raw, context);
  const port = readPort([...path, 'port'], raw.port, context);
  const tls = await normalizeTls(path, { tls: raw.tls, urlMode: url.tlsMode }, context);
  if (tls === null || !context.invalid.isSound(path)) return null;
  if (urlParts !== null) checkComplete(path, { raw, url }, context);
  const password = raw.password ?? url.password;
  return {
    name,
    engine: raw.engine,
    host: raw.host ?? url.host ?? '',
    port: port ?? url.port ?? DEFAULT_PORTS[raw.engine],
    database: raw.database ?? url.database,
    user: raw.user ?? url.user ?? '',
    password: password === null ? null : new Secret(password),
    tls,
    options: { ...defaultOptions(raw.engine), ...raw.options },
  };
}

/** `null` when the url is no help in telling what else is missing. */
function readUrl(path: SpecPath, raw: RawEndpoint, context: NormalizeContext): UrlParts | null {
  const urlPath = [...path, 'url'];
  if (!canCheck(urlPath, context) || !canCheck([...path, 'engine'], context)) return null;
  if (raw.url === undefined) return NO_URL;
  const parts = parseEndpointUrl(context.substitutions.segmentsOf(urlPath, raw.url), raw.engine);
  if (typeof parts === 'string') {
    context.problems.add(urlPath, parts);
    return null;
  }
  if (parts.hasInlinePassword && !context.allowInlineSecrets) {
    context.problems.add(urlPath, `the password of this url stands in the spec; ${INLINE_FIX}`);
  }
  return parts;
}

function checkComplete(
  path: SpecPath,
  { raw, url }: { readonly raw: RawEndpoint; readonly url: UrlParts },
  { problems }: NormalizeContext,
): void {
  for (const key of ['host', 'port', 'database', 'user', 'password'] as const) {
    if (raw[key] !== undefined && url[key] !== null) {
      problems.add([...path, key], 'is given here and in the url; leave one of them out');
    }
  }
  const required = ['host', 'user', ...(raw.engine === 'postgres' ? (['database'] as const) : [])] as const;
  for (const key of required) {
    if (raw[key] !== undefined || url[key] !== null) continue;
    const where = raw.url === undefined ? `write ${key}, or a url that names it` : 'the url does not name it';
    problems.add([...path, key], `this key is missing: ${where}`, { at: 'key' });
  }
}

function checkPassword(path: SpecPath, { password }: RawEndpoint, context: NormalizeContext): void {
  const passwordPath = [...path, 'password'];
  if (password === undefined || context.allowInlineSecrets || !canCheck(passwordPath, context)) return;
  if (isInlineSecret(context.substitutions.segmentsOf(passwordPath, password))) {
    context.problems.add(passwordPath, `the password stands in the spec; ${INLINE_FIX}`);
  }
}

function readPort(path: SpecPath, raw: number | string | undefined, context: NormalizeContext): number | null {
  if (raw === undefined || !canCheck(path, context)) return null;
  const port = Number(raw);
  if (port < 1 || port > PORT_MAX) context.problems.add(path, `expected a port number from 1 to ${PORT_MAX}`);
  return port;
}
