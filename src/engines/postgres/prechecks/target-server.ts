import type { Finding } from '../../../model/finding.js';
import type { Precheck } from '../../ports.js';
import type { PostgresConnection } from '../connection.js';
import type { PostgresConnections } from '../connection-pool.js';
import { quoteIdentifier } from '../identifiers.js';

const CHECK = 'postgres.target-server';

export interface TargetServerFacts {
  readonly endpoint: string;
  readonly database: string;
  readonly isStandby: boolean;
  readonly isReadOnly: boolean;
  readonly encoding: string;
}

export function serverPrecheck(connections: PostgresConnections): Precheck {
  return {
    name: CHECK,
    run: async (signal) => judgeTargetServer(await connections.use(signal, readFacts)),
  };
}

export function judgeTargetServer(facts: TargetServerFacts): readonly Finding[] {
  const findings: Finding[] = [];
  const about = { check: CHECK, severity: 'error', object: `endpoint ${facts.endpoint}` } as const;
  if (facts.isStandby) {
    findings.push({
      ...about,
      found: 'The server is a standby.',
      why: 'A standby takes no writes.',
      fix: 'Point the endpoint at the primary server.',
    });
  } else if (facts.isReadOnly) {
    findings.push({
      ...about,
      found: 'default_transaction_read_only is on for this user, database or server.',
      why: 'Every transaction of dmsctl would be read-only.',
      fix: `Turn it off, for example for the database:\n  ALTER DATABASE ${quoteIdentifier(facts.database)} SET default_transaction_read_only = off;`,
    });
  }
  if (facts.encoding !== 'UTF8') {
    findings.push({
      ...about,
      found: `Database ${facts.database} has the encoding ${facts.encoding}.`,
      why: 'Characters that the encoding lacks could not be stored.',
      fix: `Use a database in UTF-8:\n  CREATE DATABASE ${quoteIdentifier(facts.database)} ENCODING 'UTF8' TEMPLATE template0;`,
    });
  }
  return findings;
}

async function readFacts(connection: PostgresConnection): Promise<TargetServerFacts> {
  const [row] = await connection.query<Record<'database' | 'is_standby' | 'read_only' | 'encoding', string>>(
    `SELECT current_database() AS database, pg_is_in_recovery() AS is_standby,
       current_setting('default_transaction_read_only') AS read_only, current_setting('server_encoding') AS encoding`,
    [],
    'checking the server',
  );
  return {
    endpoint: connection.endpointName,
    database: row?.database ?? '',
    isStandby: row?.is_standby === 't',
    isReadOnly: row?.read_only === 'on',
    encoding: row?.encoding ?? '',
  };
}
