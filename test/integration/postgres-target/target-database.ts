import pg from 'pg';
import { PostgresConnections } from '../../../src/engines/postgres/connection-pool.js';
import { PostgresDdlWriter } from '../../../src/engines/postgres/ddl-writer.js';
import { PostgresProgressStore } from '../../../src/engines/postgres/progress-store.js';
import { PostgresInspector } from '../../../src/engines/postgres/target-inspector.js';
import { PostgresTargetLoader } from '../../../src/engines/postgres/target-loader.js';
import { PostgresTaskLease } from '../../../src/engines/postgres/task-lease.js';
import { Secret } from '../../../src/lib/secret.js';
import type { Endpoint } from '../../../src/model/endpoint.js';
import { createDatabase } from '../../servers/create-database.js';
import type { ServerAddress } from '../../servers/test-server.js';

/** A database of its own on the test server, and the target's ports on it. */
export interface TargetDatabase {
  readonly endpoint: Endpoint;
  /** A superuser's session beside the ports. */
  readonly admin: pg.Client;
  open(user?: string): TargetPorts;
  dispose(): Promise<void>;
}

export interface TargetPorts {
  readonly connections: PostgresConnections;
  readonly inspector: PostgresInspector;
  readonly lease: PostgresTaskLease;
  readonly progress: PostgresProgressStore;
  readonly ddlWriter: PostgresDdlWriter;
  readonly loader: PostgresTargetLoader;
}

export async function createTargetDatabase(server: ServerAddress): Promise<TargetDatabase> {
  const database = await createDatabase(server);
  const endpoint = endpointOf(server, database.name);
  const { host, port, user, password } = server;
  const admin = new pg.Client({ host, port, user, password, database: database.name });
  await admin.connect();
  const opened: PostgresConnections[] = [];
  return {
    endpoint,
    admin,
    open(as = user) {
      const connections = new PostgresConnections({ ...endpoint, user: as }, 'target');
      opened.push(connections);
      return openPorts(connections);
    },
    async dispose() {
      await Promise.all(opened.map(async (connections) => connections.close()));
      await admin.end();
      await database.drop();
    },
  };
}

export function openPorts(connections: PostgresConnections): TargetPorts {
  return {
    connections,
    inspector: new PostgresInspector(connections),
    lease: new PostgresTaskLease(connections),
    progress: new PostgresProgressStore(connections),
    ddlWriter: new PostgresDdlWriter(connections),
    loader: new PostgresTargetLoader(connections),
  };
}

function endpointOf({ host, port, user, password }: ServerAddress, database: string): Endpoint {
  return {
    name: 'warehouse',
    engine: 'postgres',
    host,
    port,
    database,
    user,
    password: password === '' ? null : new Secret(password),
    tls: { mode: 'disable', ca: null, cert: null, key: null },
    options: {},
  };
}
