export type ServerName = 'postgres' | 'mariadb' | 'mysql';

/** Plain data, so that it travels from the run's set-up to the test files. */
export interface ServerAddress {
  readonly name: ServerName;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Empty where the server asks for none. */
  readonly password: string;
  /** Without a database. */
  readonly url: string;
}

/** A server that a test started for itself, to stop and crash it as it likes. */
export interface TestServer extends ServerAddress {
  /** Its data and logs. */
  readonly folder: string;
  /** For good; its folder is removed. */
  stop(): Promise<void>;
  /** Clean shutdown and start: same port, same data. Also brings a crashed server back. */
  restart(): Promise<void>;
  /** Ends it at once, in the middle of what it does. */
  crash(): Promise<void>;
}

/** Settings of the server as `name` → `value`, in the server's own words. */
export interface ServerOptions {
  readonly settings?: Readonly<Record<string, string>>;
}

/** Why a server is not there; its message ends in the list of skipped tests. */
export class ServerMissing extends Error {
  override readonly name = 'ServerMissing';
}

const PROTOCOLS: Record<ServerName, string> = { postgres: 'postgres', mariadb: 'mysql', mysql: 'mysql' };

export function addressOf(
  name: ServerName,
  { host, port, user, password }: Omit<ServerAddress, 'name' | 'url'>,
): ServerAddress {
  const credentials =
    password === '' ? encodeURIComponent(user) : `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  return { name, host, port, user, password, url: `${PROTOCOLS[name]}://${credentials}@${host}:${port}/` };
}
