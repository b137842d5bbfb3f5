import type { ServerDescription } from '../ports.js';
import type { PostgresConnection } from './connection.js';

interface ServerRow {
  readonly version: string;
  readonly database: string;
  readonly extensions: string;
  readonly mayReadIdentity: 't' | 'f';
}

/** The identity is the cluster's, which a physical standby shares, and the database's in it. */
export async function describeServer(connection: PostgresConnection): Promise<ServerDescription> {
  const [row] = await connection.query<ServerRow>(
    `SELECT split_part(current_setting('server_version'), ' ', 1) AS version,
       (SELECT d.oid::text FROM pg_database d WHERE d.datname = current_database()) AS database,
       (SELECT coalesce(json_agg(x.extname ORDER BY x.extname COLLATE "C"), '[]')::text FROM pg_extension x) AS extensions,
       has_function_privilege('pg_control_system()', 'EXECUTE') AS "mayReadIdentity"`,
    [],
    'asking for the server version',
  );
  return {
    product: `PostgreSQL ${row?.version ?? ''}`,
    identity: row?.mayReadIdentity === 't' ? `${await readSystemIdentifier(connection)}/${row.database}` : null,
    features: JSON.parse(row?.extensions ?? '[]') as readonly string[],
  };
}

async function readSystemIdentifier(connection: PostgresConnection): Promise<string> {
  const [row] = await connection.query<{ readonly identifier: string }>(
    'SELECT system_identifier::text AS identifier FROM pg_control_system()',
  );
  return row?.identifier ?? '';
}
