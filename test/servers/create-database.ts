import { randomBytes } from 'node:crypto';
import type { ServerAddress } from './test-server.js';
import { connectTo, type TextConnection } from './text-connection.js';

/** An empty database that belongs to one test file, with a connection to it. */
export interface TestDatabase extends AsyncDisposable {
  readonly server: ServerAddress;
  readonly name: string;
  readonly url: string;
  readonly query: TextConnection['query'];
  /** After the server was away. */
  reconnect(): Promise<void>;
  /** Closes the connection and drops the database, whoever else is connected. */
  drop(): Promise<void>;
}

export async function createDatabase(server: ServerAddress): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const isPostgres = server.name === 'postgres';
  await runOnce(server, `CREATE DATABASE ${name}${isPostgres ? '' : ' CHARACTER SET utf8mb4'}`);
  let connection = await connectTo(server, name);
  const drop = async (): Promise<void> => {
    await connection.close();
    await runOnce(server, `DROP DATABASE ${name}${isPostgres ? ' WITH (FORCE)' : ''}`);
  };
  return {
    server,
    name,
    url: server.url + name,
    query: (sql, values) => connection.query(sql, values),
    async reconnect() {
      connection = await connectTo(server, name);
    },
    drop,
    [Symbol.asyncDispose]: drop,
  };
}

async function runOnce(server: ServerAddress, sql: string): Promise<void> {
  const connection = await connectTo(server, null);
  await connection.query(sql);
  await connection.close();
}
