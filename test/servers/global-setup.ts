/** Starts each server once a run. Test files share them, each in databases of its own (create-database.ts). */
import type { TestProject } from 'vitest/node';
import { startMariadb } from './mariadb.js';
import { startMysql } from './mysql.js';
import { startPostgres } from './postgres.js';
import type { ProvidedServer } from './provided-servers.js';
import { addressOf, ServerMissing, type ServerAddress, type ServerName, type TestServer } from './test-server.js';

const DEFAULT_PORTS: Readonly<Record<ServerName, number>> = { postgres: 5432, mariadb: 3306, mysql: 3306 };

export default async function startServers(project: TestProject): Promise<() => Promise<void>> {
  const started: TestServer[] = [];
  const stopAll = async (): Promise<void> => {
    await Promise.all(started.map((server) => server.stop()));
  };
  const provide = async (name: ServerName, start: () => Promise<TestServer>): Promise<ProvidedServer> => {
    const running = runningServer(name);
    if (running !== null) return { kind: 'running', address: running };
    try {
      const server = await start();
      started.push(server);
      return { kind: 'running', address: plainAddress(server) };
    } catch (error) {
      if (error instanceof ServerMissing) return { kind: 'missing', reason: reasonOf(error) };
      throw error;
    }
  };

  try {
    project.provide('servers', {
      // In a zone of its own: nothing may depend on the server's clock being in UTC.
      postgres: await provide('postgres', () => startPostgres({ settings: { timezone: process.env.TZ ?? 'UTC' } })),
      mariadb: await provide('mariadb', () => startMariadb()),
      mysql: await provide('mysql', () => startMysql()),
    });
  } catch (error) {
    await stopAll();
    throw error;
  }
  return stopAll;
}

/** The one that DMSCTL_TEST_<NAME>_URL names; `null` when unset. */
function runningServer(name: ServerName): ServerAddress | null {
  const text = process.env[`DMSCTL_TEST_${name.toUpperCase()}_URL`];
  if (text === undefined || text === '') return null;
  const url = new URL(text);
  return addressOf(name, {
    host: url.hostname,
    port: url.port === '' ? DEFAULT_PORTS[name] : Number(url.port),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  });
}

/** Without the methods, which cannot travel to the test files. */
function plainAddress({ name, host, port, user, password }: TestServer): ServerAddress {
  return addressOf(name, { host, port, user, password });
}

function reasonOf(error: ServerMissing): string {
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
