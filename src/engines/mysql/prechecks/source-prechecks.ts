import type { Precheck } from '../../ports.js';
import type { Endpoint } from '../../../model/endpoint.js';
import type { TableName } from '../../../model/table.js';
import type { ConnectionPool } from '../connection-pool.js';
import { selectPrivilege } from './select-privilege.js';
import { serverVersion } from './server-version.js';
import { storageEngine } from './storage-engine.js';

export function sourcePrechecks(
  pool: ConnectionPool,
  endpoint: Endpoint,
  tables: readonly TableName[],
): readonly Precheck[] {
  return [serverVersion(pool, endpoint), selectPrivilege(pool, endpoint, tables), storageEngine(pool, tables)];
}
