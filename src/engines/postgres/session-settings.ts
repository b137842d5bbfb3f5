export type ConnectionRole = 'source' | 'target';

/**
 * Run on every connection, so that no default of a server, database or role shapes the text of a value, ends a long
 * transaction, or hides rows. One round trip.
 *
 * - extra_float_digits: since PostgreSQL 12 every value above 0 gives the shortest text that reads back to the same bits
 * - the timeouts are taken from pg_settings because not every version has each of them
 * - client_connection_check_interval (from 14 on, where the server's system has it): a statement ends soon after the
 *   process that waited for it, which must be true before another one takes its task over
 * - array_nulls: switched off, NULL in the text of an array is read as the four letters
 * - quote_all_identifiers: expressions and constraints are compared by the text that the server writes for them
 * - row_security off (source): the server refuses a query whose rows a policy would filter
 * - session_replication_role (target): which triggers are taken aside for a load is decided for `origin`
 * - synchronous_commit (target): "durable" must mean it, also where a role's default is `off`
 * - tcp_keepalives (target): the locks of a host that vanished must not keep the next one waiting for hours
 */
export function sessionSettingsSql(role: ConnectionRole): string {
  return [...COMMON_SETTINGS, ...ROLE_SETTINGS[role]].join(';\n');
}

const COMMON_SETTINGS = [
  `SET search_path TO ''`,
  `SET client_encoding TO 'UTF8'`,
  `SET standard_conforming_strings TO on`,
  `SET TimeZone TO 'UTC'`,
  `SET DateStyle TO 'ISO, YMD'`,
  `SET IntervalStyle TO 'postgres'`,
  `SET extra_float_digits TO 1`,
  `SET bytea_output TO 'hex'`,
  `SET xmloption TO 'content'`,
  `SET lc_monetary TO 'C'`,
  `SET array_nulls TO on`,
  `SET transform_null_equals TO off`,
  `SET quote_all_identifiers TO off`,
  `SET default_transaction_isolation TO 'read committed'`,
  `SELECT set_config(name, '0', false) FROM pg_settings WHERE name IN ('statement_timeout',
     'idle_in_transaction_session_timeout', 'idle_session_timeout', 'transaction_timeout')`,
  `SELECT set_config(name, '5s', false) FROM pg_settings
     WHERE name = 'client_connection_check_interval' AND version() LIKE '%linux%'`,
];

const ROLE_SETTINGS: Readonly<Record<ConnectionRole, readonly string[]>> = {
  source: [`SET row_security TO off`],
  target: [
    `SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'`,
    // Only where it must: to set it at all takes a right that few users have.
    `SELECT set_config(name, 'origin', false) FROM pg_settings WHERE name = 'session_replication_role' AND setting <> 'origin'`,
    `SET tcp_keepalives_idle TO 30`,
    `SET tcp_keepalives_interval TO 10`,
    `SET tcp_keepalives_count TO 3`,
  ],
};
