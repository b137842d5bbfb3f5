/** Every difference between MySQL and MariaDB that the engine has to know, as data. */
import type { EngineName } from '../../model/column-type.js';

export interface ServerVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

export interface Flavor {
  readonly engine: EngineName & ('mysql' | 'mariadb');
  readonly product: string;
  readonly oldestSupported: ServerVersion;
  /** Survives restarts and differs between servers. MariaDB has it in newer patch releases only. */
  readonly identityVariable: string;
  /** Session variables beyond those that both have, by the first version that knows them. */
  readonly sessionVariables: readonly { readonly since: ServerVersion; readonly assignment: string }[];
  /** JSON is a longtext with this check in MariaDB, a type in MySQL. */
  readonly hasJsonCheckConstraints: boolean;
  /** information_schema.COLUMNS tells the SRID of a geometry column. */
  readonly hasColumnSrid: boolean;
  readonly systemSchemas: readonly string[];
  /** In information_schema.STATISTICS: no index that the optimizer must not use, which a statement cannot force either. */
  usableIndexCondition(version: ServerVersion): string;
  readonly boundary: 'binlog-snapshot-status' | 'gtid-window';
  /** `SHOW MASTER STATUS` was renamed in MySQL 8.2 and removed in 8.4. */
  binlogStatusStatement(version: ServerVersion): string;
}

const MYSQL: Flavor = {
  engine: 'mysql',
  product: 'MySQL',
  oldestSupported: { major: 8, minor: 0, patch: 0 },
  identityVariable: 'server_uuid',
  sessionVariables: [
    { since: { major: 8, minor: 0, patch: 0 }, assignment: 'max_execution_time = 0' },
    // Statistics are cached for a day otherwise, so that a table filled since then would look empty.
    { since: { major: 8, minor: 0, patch: 0 }, assignment: 'information_schema_stats_expiry = 0' },
    {
      since: { major: 8, minor: 0, patch: 30 },
      assignment: 'show_gipk_in_create_table_and_information_schema = ON',
    },
  ],
  hasJsonCheckConstraints: false,
  hasColumnSrid: true,
  systemSchemas: ['information_schema', 'mysql', 'ndbinfo', 'performance_schema', 'sys'],
  usableIndexCondition: () => "IS_VISIBLE = 'YES'",
  boundary: 'gtid-window',
  binlogStatusStatement: (version) =>
    isAtLeast(version, { major: 8, minor: 2, patch: 0 }) ? 'SHOW BINARY LOG STATUS' : 'SHOW MASTER STATUS',
};

const MARIADB: Flavor = {
  engine: 'mariadb',
  product: 'MariaDB',
  oldestSupported: { major: 10, minor: 5, patch: 0 },
  identityVariable: 'server_uid',
  sessionVariables: [
    { since: { major: 10, minor: 1, patch: 1 }, assignment: 'max_statement_time = 0' },
    { since: { major: 10, minor: 3, patch: 4 }, assignment: 'system_versioning_asof = DEFAULT' },
  ],
  hasJsonCheckConstraints: true,
  hasColumnSrid: false,
  systemSchemas: ['information_schema', 'mysql', 'performance_schema', 'sys'],
  usableIndexCondition: (version) =>
    isAtLeast(version, { major: 10, minor: 6, patch: 0 }) ? "IGNORED = 'NO'" : 'TRUE',
  boundary: 'binlog-snapshot-status',
  binlogStatusStatement: () => 'SHOW MASTER STATUS',
};

export interface Server {
  readonly flavor: Flavor;
  readonly version: ServerVersion;
}

/** From what `SELECT VERSION()` says: `8.0.36-28`, `10.11.19-MariaDB-log`, `5.5.5-10.6.1-MariaDB`. */
export function identifyServer(versionText: string): Server {
  const flavor = versionText.includes('MariaDB') ? MARIADB : MYSQL;
  // Old clients expected 5.x, so MariaDB puts a 5.5.5 in front for them; some proxies keep it.
  const numbers = /(\d+)\.(\d+)\.(\d+)/.exec(versionText.replace(/^5\.5\.5-/, ''));
  const [major = 0, minor = 0, patch = 0] = numbers?.slice(1).map(Number) ?? [];
  return { flavor, version: { major, minor, patch } };
}

export function isAtLeast(version: ServerVersion, wanted: ServerVersion): boolean {
  if (version.major !== wanted.major) return version.major > wanted.major;
  if (version.minor !== wanted.minor) return version.minor > wanted.minor;
  return version.patch >= wanted.patch;
}

export function formatVersion({ major, minor, patch }: ServerVersion): string {
  return `${major}.${minor}.${patch}`;
}
