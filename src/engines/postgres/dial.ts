/** Opens the socket of a connection: time limit, TLS modes, fallback of `prefer`. */
import { Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import pg from 'pg';
import { DmsctlError } from '../../errors/dmsctl-error.js';
import type { Endpoint } from '../../model/endpoint.js';
import { sqlStateOf, toPostgresError } from './server-errors.js';
import { tlsOptions } from './tls-options.js';

/** The schema of the spec fills the same in. */
const DEFAULTS = { applicationName: 'dmsctl', connectTimeoutSeconds: 10 };
const KEEP_ALIVE_DELAY_MS = 30_000;
/** The server's answer to an SSLRequest when it has no TLS. */
const TLS_NOT_OFFERED = 'N'.charCodeAt(0);
const INVALID_AUTHORIZATION = '28000';

export interface Dialled {
  readonly client: pg.Client;
  readonly socket: Socket;
}

export async function dial(endpoint: Endpoint, signal: AbortSignal): Promise<Dialled> {
  const tls = tlsOptions(endpoint.tls);
  const attempt = prepare(endpoint, tls);
  try {
    return await connect(attempt, endpoint, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    const isNotOffered = attempt.tlsAnswer() === TLS_NOT_OFFERED;
    // As libpq: `prefer` goes on without TLS where the server has none, or where pg_hba.conf admits plain text only.
    if (endpoint.tls.mode === 'prefer' && (isNotOffered || sqlStateOf(error) === INVALID_AUTHORIZATION)) {
      return connect(prepare(endpoint, false), endpoint, signal);
    }
    throw isNotOffered ? tlsNotOffered(endpoint) : error;
  }
}

interface Attempt extends Dialled {
  readonly tlsAnswer: () => number | undefined;
}

function prepare(endpoint: Endpoint, tls: ConnectionOptions | false): Attempt {
  const socket = new Socket();
  let tlsAnswer: number | undefined;
  if (tls !== false) socket.once('data', (bytes: Buffer) => (tlsAnswer = bytes[0]));
  const client = new pg.Client({
    host: endpoint.host,
    port: endpoint.port,
    user: endpoint.user,
    database: endpoint.database ?? endpoint.user,
    // A function, because pg takes an absent or empty password from the environment or a password file.
    password: () => revealPassword(endpoint),
    ssl: tls,
    sslnegotiation: 'postgres',
    stream: () => socket,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_DELAY_MS,
    application_name: String(endpoint.options.applicationName ?? DEFAULTS.applicationName),
    types: { getTypeParser: () => keepText },
  });
  // A lost connection is told by the query under way or the next one; without a listener it would end the process.
  client.on('error', ignore);
  return { client, socket, tlsAnswer: () => tlsAnswer };
}

async function connect({ client, socket }: Dialled, endpoint: Endpoint, signal: AbortSignal): Promise<Dialled> {
  signal.throwIfAborted();
  const abort = () => socket.destroy();
  const timeoutSeconds = Number(endpoint.options.connectTimeoutSeconds ?? DEFAULTS.connectTimeoutSeconds);
  const timer = setTimeout(() => socket.destroy(timeoutError()), timeoutSeconds * 1000);
  signal.addEventListener('abort', abort, { once: true });
  try {
    await client.connect();
    return { client, socket };
  } catch (error) {
    socket.destroy();
    signal.throwIfAborted();
    throw toPostgresError(error, { doing: 'connecting', endpoint: endpoint.name });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

function timeoutError(): Error {
  return Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' });
}

function revealPassword({ name, password }: Endpoint): string {
  const revealed = password?.reveal() ?? '';
  if (revealed !== '') return revealed;
  throw new DmsctlError('PG_PASSWORD_MISSING', {
    detail: `endpoint ${name}: the server asks for a password.`,
    fix: 'Set `password` of the endpoint, from the environment or a file:\n  password: ${env:PGPASSWORD}',
  });
}

function tlsNotOffered({ name, tls }: Endpoint): DmsctlError {
  return new DmsctlError('PG_TLS_NOT_OFFERED', {
    detail: `endpoint ${name}: tls.mode is ${tls.mode}, and the server answers that it has no TLS.`,
    fix: 'Turn TLS on at the server (ssl = on), or set `tls.mode: disable` where the network may be trusted.',
  });
}

function keepText(text: string): string {
  return text;
}

function ignore(): void {
  // See where it is registered.
}
