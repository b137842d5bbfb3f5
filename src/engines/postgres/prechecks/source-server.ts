import type { Precheck } from '../../ports.js';
import type { Finding } from '../../../model/finding.js';
import type { PostgresConnections } from '../connection-pool.js';

const VERSION_MIN = 13;

export interface ServerFacts {
  readonly endpoint: string;
  readonly versionNumber: number;
  readonly encoding: string;
  /** The process that runs the query is not the one that the connection was opened to. */
  readonly isPooled: boolean;
  readonly isStandby: boolean;
  /** Whether a standby lets its queries end before it replays what they would miss. */
  readonly keepsQueries: boolean;
}

interface FactsRow {
  readonly version: string;
  readonly encoding: string;
  readonly pid: string;
  readonly isStandby: 't' | 'f';
  readonly keepsQueries: 't' | 'f';
}

export function sourceServer(connections: PostgresConnections): Precheck {
  return {
    name: 'postgres.source-server',
    run: (signal) =>
      connections.use(signal, async (connection) => {
        const [row] = await connection.query<FactsRow>(
          `SELECT current_setting('server_version_num') AS version, current_setting('server_encoding') AS encoding,
             pg_backend_pid() AS pid, pg_is_in_recovery() AS "isStandby",
             current_setting('hot_standby_feedback')::bool OR current_setting('max_standby_streaming_delay') = '-1'
               AS "keepsQueries"`,
          [],
          'looking at the server',
        );
        if (row === undefined) return [];
        return judgeServer({
          endpoint: connection.endpointName,
          versionNumber: Number(row.version),
          encoding: row.encoding,
          isPooled: connection.backendPid() !== Number(row.pid),
          isStandby: row.isStandby === 't',
          keepsQueries: row.keepsQueries === 't',
        });
      }),
  };
}

export function judgeServer(facts: ServerFacts): readonly Finding[] {
  return [...judgeVersion(facts), ...judgeEncoding(facts), ...judgePooler(facts), ...judgeStandby(facts)];
}

function judgeVersion({ endpoint, versionNumber }: ServerFacts): readonly Finding[] {
  const major = Math.floor(versionNumber / 10_000);
  if (major >= VERSION_MIN) return [];
  return [
    {
      check: 'postgres.source-version',
      severity: 'error',
      object: endpoint,
      found: `the server is PostgreSQL ${major}.`,
      why: 'Older servers describe their tables differently, so that columns or keys could be missed.',
      fix: `Use PostgreSQL ${VERSION_MIN} or newer.`,
    },
  ];
}

function judgeEncoding({ endpoint, encoding }: ServerFacts): readonly Finding[] {
  if (encoding !== 'SQL_ASCII') return [];
  return [
    {
      check: 'postgres.source-encoding',
      severity: 'error',
      object: endpoint,
      found: 'the encoding of the database is SQL_ASCII.',
      why: 'The server does not know what its texts mean and hands out bytes of any encoding as if they were UTF-8.',
      fix: 'Move the data into a database with the true encoding first (pg_dump --encoding, createdb --encoding).',
    },
  ];
}

function judgePooler({ endpoint, isPooled }: ServerFacts): readonly Finding[] {
  if (!isPooled) return [];
  return [
    {
      check: 'postgres.source-pooler',
      severity: 'error',
      object: endpoint,
      found: 'a connection pooler stands between dmsctl and the server.',
      why: 'It may give each transaction another session, without the settings that fix how values are written.',
      fix: 'Set `host` and `port` of the endpoint to the server itself.',
    },
  ];
}

function judgeStandby({ endpoint, isStandby, keepsQueries }: ServerFacts): readonly Finding[] {
  if (!isStandby || keepsQueries) return [];
  return [
    {
      check: 'postgres.source-standby',
      severity: 'warning',
      object: endpoint,
      found: 'the server is a standby with hot_standby_feedback off and a limited max_standby_streaming_delay.',
      why: 'It cancels queries that stand in the way of replay, so that parts of large tables are read again and again.',
      fix: 'Run on the standby:\n  ALTER SYSTEM SET hot_standby_feedback = on;\n  SELECT pg_reload_conf();',
    },
  ];
}
