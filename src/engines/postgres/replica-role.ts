import type { PostgresConnection } from './connection.js';
import type { PostgresConnections } from './connection-pool.js';
import { sqlStateOf } from './server-errors.js';

const INSUFFICIENT_PRIVILEGE = '42501';

/** Silences foreign keys and ordinary triggers until the end of the transaction. */
export const SET_REPLICA_ROLE = 'SET LOCAL session_replication_role TO replica';

/**
 * Whether this user may set session_replication_role: superusers, with the SET privilege from PostgreSQL 15, and users
 * that a managed service has given it by ways of its own. So it is tried, not looked up; once.
 */
export class ReplicaRole {
  readonly #connections: PostgresConnections;
  #isAllowed: boolean | null = null;

  constructor(connections: PostgresConnections) {
    this.#connections = connections;
  }

  async isAllowed(signal: AbortSignal): Promise<boolean> {
    this.#isAllowed ??= await this.#connections.use(signal, tryReplicaRole);
    return this.#isAllowed;
  }
}

async function tryReplicaRole(connection: PostgresConnection): Promise<boolean> {
  await connection.query('BEGIN READ ONLY');
  try {
    await connection.query(SET_REPLICA_ROLE);
    return true;
  } catch (error) {
    if (sqlStateOf(error) === INSUFFICIENT_PRIVILEGE) return false;
    throw error;
  } finally {
    await connection.query('ROLLBACK');
  }
}
