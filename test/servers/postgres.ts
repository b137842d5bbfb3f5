import { existsSync } from 'node:fs';
import { startEmbeddedPostgres } from '../../src/demo/embedded-postgres.js';
import { addressOf, type ServerOptions, type TestServer } from './test-server.js';

export interface PostgresOptions extends ServerOptions {
  /** Debian's of this major version instead of the npm package's: /usr/lib/postgresql/<major>. */
  readonly systemMajor?: number;
}

export async function startPostgres(options: PostgresOptions = {}): Promise<TestServer> {
  const server = await startEmbeddedPostgres({
    ...(options.settings && { settings: options.settings }),
    ...(options.systemMajor !== undefined && { programFolder: systemPrograms(options.systemMajor) }),
  });
  return {
    ...addressOf('postgres', { ...server, password: '' }),
    folder: server.folder,
    stop: () => server.stop(),
    restart: () => server.restart(),
    crash: () => server.crash(),
  };
}

/** Why `systemMajor` cannot be had here, or `null`. */
export function missingSystemPostgres(major: number): string | null {
  const program = `${systemPrograms(major)}/bin/postgres`;
  return existsSync(program) ? null : `this machine has no ${program}`;
}

function systemPrograms(major: number): string {
  return `/usr/lib/postgresql/${major}`;
}
