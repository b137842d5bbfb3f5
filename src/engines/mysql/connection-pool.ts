import type { Endpoint } from '../../model/endpoint.js';
import { MysqlConnection } from './connection.js';

/** Keeps connections for reuse. How many are open at a time is the caller's to decide. */
export class ConnectionPool {
  readonly #endpoint: Endpoint;
  readonly #idle: MysqlConnection[] = [];
  #isClosed = false;

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint;
  }

  async acquire(signal: AbortSignal): Promise<MysqlConnection> {
    signal.throwIfAborted();
    for (let idle = this.#idle.pop(); idle !== undefined; idle = this.#idle.pop()) {
      if (idle.isUsable) return idle;
    }
    return MysqlConnection.open(this.#endpoint, signal);
  }

  /** A connection whose transaction has ended and whose last query was read to its end. */
  async release(connection: MysqlConnection): Promise<void> {
    if (this.#isClosed) await connection.close();
    else if (connection.isUsable) this.#idle.push(connection);
  }

  /** Lends a connection for one step; a failed step may have left it in any state, so it is not used again. */
  async use<Result>(signal: AbortSignal, step: (connection: MysqlConnection) => Promise<Result>): Promise<Result> {
    const connection = await this.acquire(signal);
    try {
      const result = await step(connection);
      await this.release(connection);
      return result;
    } catch (error) {
      connection.destroy();
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#idle.splice(0).map((connection) => connection.close()));
  }
}
