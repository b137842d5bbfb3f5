import { DmsctlError } from '../errors/dmsctl-error.js';
import { ENGINE_NAMES, type EngineName } from '../model/column-type.js';
import type { Endpoint } from '../model/endpoint.js';
import { SCHEMES } from './endpoint-url.js';
import { loadSpec } from './load-spec.js';

/** The engine that a URL's scheme names; `mysql://` means MySQL. */
export function engineOfUrl(url: string): EngineName {
  const scheme = /^[a-z]+(?=:\/\/)/i.exec(url)?.[0].toLowerCase() ?? '';
  const engine = ENGINE_NAMES.find((name) => SCHEMES[name].includes(scheme));
  if (engine !== undefined) return engine;
  throw new DmsctlError('CLI_USAGE', {
    detail: 'the URL does not begin with a scheme that names an engine.',
    fix: 'Begin it with postgres://, mysql:// or mariadb://.',
  });
}

/** An endpoint from a URL alone, read by the rules of a spec so that both understand it alike. */
export async function urlEndpoint(name: string, url: string): Promise<Endpoint> {
  const text = specAround(name, engineOfUrl(url));
  const spec = await loadSpec({ file: 'the URL given', cwd: '/', env: { [VARIABLE]: url } }, async () =>
    Promise.resolve(Buffer.from(text)),
  );
  const endpoint = spec.endpoints.find((candidate) => candidate.name === name);
  if (endpoint === undefined) throw new TypeError('the spec around a URL lost its endpoint');
  return endpoint;
}

const VARIABLE = 'URL';

/** The smallest spec that holds the endpoint; its task is never run. */
function specAround(name: string, engine: EngineName): string {
  return [
    'apiVersion: dmsctl/v1',
    'name: url',
    'endpoints:',
    `  ${name}: { engine: ${engine}, url: "\${env:${VARIABLE}}" }`,
    '  unused: { engine: postgres, url: "postgres://unused@localhost/unused" }',
    `tasks: { unused: { type: full-load, source: ${name}, target: unused, tables: { include: ["*.*"] } } }`,
    '',
  ].join('\n');
}
