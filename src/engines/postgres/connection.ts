/** One session of a PostgreSQL server, set up so that values have one canonical text. */
import type pg from 'pg';
import type { Endpoint } from '../../model/endpoint.js';
import { type Dialled, dial } from './dial.js';
import { toPostgresError } from './server-errors.js';
import { type ConnectionRole, sessionSettingsSql } from './session-settings.js';

const CLOSE_TIMEOUT_MS = 5_000;

export interface PostgresConnection {
  /**
   * Every value comes back as its text, or null. Without parameters `sql` may hold several statements; the rows are the
   * last one's. Rejects with a DmsctlError, or with the reason of the signal that the connection is bound to.
   */
  query<Row extends object = Record<string, unknown>>(
    sql: string,
    parameters?: readonly unknown[],
    /** For the error text, continues "while …". */
    doing?: string,
  ): Promise<readonly Row[]>;
  /** The raw client, for COPY. */
  readonly client: pg.Client;
  /** Name of the endpoint in the spec, for error texts. */
  readonly endpointName: string;
  /** What to throw for an error of `client`: the reason of an abort, else a DmsctlError. */
  toError(error: unknown, context: { readonly doing: string; readonly object?: string }): Error;
  /** As told when the connection was opened; a pooler's queries run in other processes. */
  backendPid(): number | null;
  isOpen(): boolean;
  /** Open, and in no transaction. */
  isIdle(): boolean;
  /** Lets the connection outlive the signal that it was acquired with. */
  unbind(): void;
  close(): Promise<void>;
  /** Kills the socket at once. */
  destroy(): void;
}

/** The signal stops the connecting, and afterwards whatever the connection is doing: it destroys the socket. */
export async function connectPostgres(
  endpoint: Endpoint,
  { role, signal }: { readonly role: ConnectionRole; readonly signal: AbortSignal },
): Promise<BoundConnection> {
  const connection = new BoundConnection(await dial(endpoint, signal), endpoint.name);
  connection.bind(signal);
  try {
    await connection.query(sessionSettingsSql(role), [], 'setting up the session');
  } catch (error) {
    connection.destroy();
    throw error;
  }
  return connection;
}

/** A connection whose signal can be exchanged, so that a pool can hand it to one caller after another. */
export class BoundConnection implements PostgresConnection {
  readonly client: pg.Client;
  readonly endpointName: string;
  readonly #socket: Dialled['socket'];
  #signal: AbortSignal | null = null;
  #abortReason: Error | null = null;
  #isOpen = true;

  constructor({ client, socket }: Dialled, endpointName: string) {
    this.client = client;
    this.endpointName = endpointName;
    this.#socket = socket;
    client.once('end', () => {
      this.#isOpen = false;
      this.unbind();
    });
  }

  bind(signal: AbortSignal): void {
    this.unbind();
    this.#signal = signal;
    if (signal.aborted) this.#abort();
    signal.addEventListener('abort', this.#abort, { once: true });
  }

  unbind(): void {
    this.#signal?.removeEventListener('abort', this.#abort);
    this.#signal = null;
  }

  async query<Row extends object = Record<string, unknown>>(
    sql: string,
    parameters: readonly unknown[] = [],
    doing = 'running a statement',
  ): Promise<readonly Row[]> {
    try {
      const result: pg.QueryResult<Row> | pg.QueryResult<Row>[] = await this.client.query<Row>(sql, [...parameters]);
      return lastRows(result);
    } catch (error) {
      throw this.toError(error, { doing });
    }
  }

  toError(error: unknown, context: { readonly doing: string; readonly object?: string }): Error {
    return this.#abortReason ?? toPostgresError(error, { ...context, endpoint: this.endpointName });
  }

  /** pg's types leave its `processID` out. */
  backendPid(): number | null {
    const client: pg.Client & { readonly processID?: number | null } = this.client;
    return client.processID ?? null;
  }

  isOpen(): boolean {
    return this.#isOpen;
  }

  isIdle(): boolean {
    return this.#isOpen && this.client.getTransactionStatus() === 'I';
  }

  async close(): Promise<void> {
    const timer = setTimeout(() => {
      this.destroy();
    }, CLOSE_TIMEOUT_MS);
    try {
      await this.client.end();
    } finally {
      clearTimeout(timer);
      this.unbind();
    }
  }

  destroy(): void {
    this.#isOpen = false;
    this.#socket.destroy();
  }

  readonly #abort = (): void => {
    const reason: unknown = this.#signal?.reason;
    this.#abortReason = reason instanceof Error ? reason : new Error('aborted', { cause: reason });
    this.destroy();
  };
}

/** pg gives a list of results for several statements, which its types do not tell. */
function lastRows<Row extends object>(result: pg.QueryResult<Row> | pg.QueryResult<Row>[]): readonly Row[] {
  return Array.isArray(result) ? (result.at(-1)?.rows ?? []) : result.rows;
}
