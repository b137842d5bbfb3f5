import type { Precheck } from '../../ports.js';
import type { TableName } from '../../../model/table.js';
import type { PostgresConnections } from '../connection-pool.js';
import { sourcePrivileges } from './source-privileges.js';
import { sourceRowSecurity } from './source-row-security.js';
import { sourceServer } from './source-server.js';

export function sourcePrechecks(connections: PostgresConnections, tables: readonly TableName[]): readonly Precheck[] {
  return [sourceServer(connections), sourcePrivileges(connections, tables), sourceRowSecurity(connections, tables)];
}
