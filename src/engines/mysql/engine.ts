/** MySQL and MariaDB as a source. */
import type { SourceEngine } from '../ports.js';
import type { Endpoint } from '../../model/endpoint.js';
import { ConnectionPool } from './connection-pool.js';
import { sourcePrechecks } from './prechecks/source-prechecks.js';
import { MysqlSchemaReader } from './schema-reader.js';
import { MysqlSnapshotReader } from './snapshot-reader.js';

/** Opens no connection; the ports do when first used. */
export function openMysqlSource(endpoint: Endpoint): SourceEngine {
  const pool = new ConnectionPool(endpoint);
  return {
    schemaReader: new MysqlSchemaReader(pool),
    snapshotReader: new MysqlSnapshotReader(endpoint),
    prechecks: (tables) => sourcePrechecks(pool, endpoint, tables),
    close: () => pool.close(),
  };
}
