import { createConnection } from 'mysql2/promise';
import pg from 'pg';
import type { ServerAddress } from './test-server.js';

/** Every value as the server's own text, so that no driver rounds or reshapes it. */
export type TextRow = Readonly<Record<string, string | null>>;

export interface TextConnection {
  /** One statement; `values` stand for its `$1`… (PostgreSQL) or `?`. */
  readonly query: (sql: string, values?: readonly unknown[]) => Promise<readonly TextRow[]>;
  close(): Promise<void>;
}

/** `null`: no database of the test's own (PostgreSQL knows no such thing and takes `postgres`). */
export function connectTo(server: ServerAddress, database: string | null): Promise<TextConnection> {
  return server.name === 'postgres' ? connectToPostgres(server, database) : connectToMysql(server, database);
}

async function connectToPostgres(server: ServerAddress, database: string | null): Promise<TextConnection> {
  const client = new pg.Client({
    connectionString: server.url + (database ?? 'postgres'),
    types: { getTypeParser: () => String },
  });
  ignoreLoss(client);
  await client.connect();
  return {
    query: async (sql, values = []) => (await client.query<TextRow>(sql, [...values])).rows,
    close: () => client.end(),
  };
}

async function connectToMysql(server: ServerAddress, database: string | null): Promise<TextConnection> {
  const { host, port, user, password } = server;
  const connection = await createConnection({
    ...{ host, port, user, password },
    ...(database !== null && { database }),
    typeCast: (field) => field.string(),
  });
  ignoreLoss(connection);
  return {
    query: async (sql, values = []) => rowsOf(await connection.query(sql, [...values])),
    close: () => connection.end(),
  };
}

/** A test that stops a server loses its connections: the next query says so, an event without a listener ends the process. */
function ignoreLoss(connection: { on(event: 'error', listener: () => void): unknown }): void {
  connection.on('error', () => undefined);
}

/** A statement without rows is answered by a header instead. */
function rowsOf([result]: readonly unknown[]): readonly TextRow[] {
  return Array.isArray(result) ? (result as TextRow[]) : [];
}
