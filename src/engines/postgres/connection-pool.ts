import type { Endpoint } from '../../model/endpoint.js';
import { BoundConnection, connectPostgres, type PostgresConnection } from './connection.js';
import type { ConnectionRole } from './session-settings.js';

/**
 * Connections of one endpoint, used again. It sets no limit: how much runs at a time is the caller's business.
 * A connection that comes back lost or inside a transaction is not used again.
 */
export class PostgresConnections {
  readonly #endpoint: Endpoint;
  readonly #role: ConnectionRole;
  readonly #idle: BoundConnection[] = [];
  readonly #lent = new Set<PostgresConnection>();
  #isClosed = false;

  constructor(endpoint: Endpoint, role: ConnectionRole) {
    this.#endpoint = endpoint;
    this.#role = role;
  }

  get endpointName(): string {
    return this.#endpoint.name;
  }

  /** An abort of `signal` kills the connection for as long as it is lent. */
  async acquire(signal: AbortSignal): Promise<PostgresConnection> {
    signal.throwIfAborted();
    const connection = this.#takeIdle(signal) ?? (await connectPostgres(this.#endpoint, { role: this.#role, signal }));
    this.#lent.add(connection);
    return connection;
  }

  release(connection: PostgresConnection): void {
    this.#lent.delete(connection);
    if (!(connection instanceof BoundConnection) || this.#isClosed || !connection.isIdle()) {
      connection.destroy();
      return;
    }
    connection.unbind();
    this.#idle.push(connection);
  }

  /** Acquires, runs, releases. */
  async use<Result>(signal: AbortSignal, run: (connection: PostgresConnection) => Promise<Result>): Promise<Result> {
    const connection = await this.acquire(signal);
    try {
      return await run(connection);
    } finally {
      this.release(connection);
    }
  }

  /** Ends idle connections in peace and kills lent ones. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const connection of this.#lent) connection.destroy();
    await Promise.all(this.#idle.splice(0).map((connection) => connection.close()));
  }

  #takeIdle(signal: AbortSignal): BoundConnection | null {
    for (let idle = this.#idle.pop(); idle !== undefined; idle = this.#idle.pop()) {
      if (!idle.isIdle()) continue;
      idle.bind(signal);
      return idle;
    }
    return null;
  }
}
