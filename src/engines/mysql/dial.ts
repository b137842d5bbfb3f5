/** Connects and logs in; `prefer` is the one TLS mode that may end up without TLS. */
import { createConnection, type Connection, type RowDataPacket, type SslOptions } from 'mysql2';
import type { Endpoint } from '../../model/endpoint.js';
import { destroySocket } from './raw-query.js';
import { toMysqlError } from './server-errors.js';
import { tlsOptions } from './tls-options.js';

/** The schema of the spec fills the same in. */
const DEFAULT_CONNECT_TIMEOUT_SECONDS = 10;

export interface Connected {
  readonly connection: Connection;
  readonly versionText: string;
}

export async function dial(endpoint: Endpoint, signal: AbortSignal): Promise<Connected> {
  const ssl = tlsOptions(endpoint);
  try {
    return await connectOnce(endpoint, ssl, signal);
  } catch (error) {
    const isRetryWithoutTls = endpoint.tls.mode === 'prefer' && hasNoTls(error);
    if (!isRetryWithoutTls) throw asConnectError(error, endpoint);
  }
  try {
    return await connectOnce(endpoint, undefined, signal);
  } catch (error) {
    throw asConnectError(error, endpoint);
  }
}

function asConnectError(error: unknown, endpoint: Endpoint): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  return toMysqlError(error, `connecting to endpoint ${endpoint.name} (${endpoint.host}:${endpoint.port})`);
}

function hasNoTls(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'HANDSHAKE_NO_SSL_SUPPORT';
}

function connectOnce(endpoint: Endpoint, ssl: SslOptions | undefined, signal: AbortSignal): Promise<Connected> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const connection = createConnection({
      host: endpoint.host,
      port: endpoint.port,
      user: endpoint.user,
      ...(endpoint.password === null ? {} : { password: endpoint.password.reveal() }),
      ...(endpoint.database === null ? {} : { database: endpoint.database }),
      ...(ssl === undefined ? {} : { ssl }),
      charset: 'utf8mb4',
      connectTimeout: Number(endpoint.options.connectTimeoutSeconds ?? DEFAULT_CONNECT_TIMEOUT_SECONDS) * 1000,
    });
    // A failed connection may report its error more than once; the promise takes the first.
    connection.on('error', reject);
    const onAbort = (): void => {
      destroySocket(connection);
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    const sql = 'SELECT VERSION() AS version';
    connection.query<RowDataPacket[]>({ sql, typeCast: (field) => field.string('utf8') }, (error, rows) => {
      signal.removeEventListener('abort', onAbort);
      if (error === null) {
        resolve({ connection, versionText: String(rows[0]?.version) });
      } else {
        destroySocket(connection);
        reject(error);
      }
    });
  });
}
