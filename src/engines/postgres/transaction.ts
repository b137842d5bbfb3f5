import type { PostgresConnection } from './connection.js';
import type { PostgresConnections } from './connection-pool.js';

/**
 * Runs `work` between BEGIN and COMMIT on a connection of its own. When it rejects, nothing of the work is there, except
 * for a connection lost while COMMIT was under way: then only the database knows.
 */
export async function inTransaction<Result>(
  connections: PostgresConnections,
  work: (connection: PostgresConnection) => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  return connections.use(signal, async (connection) => {
    await connection.query('BEGIN');
    try {
      const result = await work(connection);
      await connection.query('COMMIT', [], 'committing');
      return result;
    } catch (error) {
      await rollBack(connection);
      throw error;
    }
  });
}

/** Where even ROLLBACK fails the pool gives the connection up, and the server rolls back. */
async function rollBack(connection: PostgresConnection): Promise<void> {
  try {
    await connection.query('ROLLBACK', [], 'rolling back');
  } catch {
    // The error that led here is the one to report.
  }
}
