import type { Precheck, TargetTable } from '../../ports.js';
import type { PostgresConnections } from '../connection-pool.js';
import { extensionsPrecheck } from './target-extensions.js';
import { privilegesPrecheck } from './target-privileges.js';
import { serverPrecheck } from './target-server.js';
import { tablesPrecheck } from './target-tables.js';

/** What a PostgreSQL target must allow before these tables can be loaded. */
export function postgresTargetPrechecks(
  connections: PostgresConnections,
  tables: readonly TargetTable[],
): readonly Precheck[] {
  return [
    serverPrecheck(connections),
    privilegesPrecheck(connections, tables),
    tablesPrecheck(connections, tables),
    extensionsPrecheck(connections, tables),
  ];
}
