/** PostgreSQL as a source and as a target. */
import type { SourceEngine, TargetEngine } from '../ports.js';
import type { Endpoint } from '../../model/endpoint.js';
import { PostgresConnections } from './connection-pool.js';
import { PostgresDdlWriter } from './ddl-writer.js';
import { sourcePrechecks } from './prechecks/source-prechecks.js';
import { postgresTargetPrechecks } from './prechecks/target-prechecks.js';
import { PostgresProgressStore } from './progress-store.js';
import { PostgresSchemaReader } from './schema-reader.js';
import { PostgresSnapshotReader } from './snapshot-reader.js';
import { PostgresInspector } from './target-inspector.js';
import { PostgresTargetLoader } from './target-loader.js';
import { postgresTypeMapper } from './target-types.js';
import { PostgresTaskLease } from './task-lease.js';

/** Opens no connection; the ports do when first used. */
export function openPostgresSource(endpoint: Endpoint): SourceEngine {
  const connections = new PostgresConnections(endpoint, 'source');
  return {
    schemaReader: new PostgresSchemaReader(connections),
    snapshotReader: new PostgresSnapshotReader(connections),
    prechecks: (tables) => sourcePrechecks(connections, tables),
    close: () => connections.close(),
  };
}

/** Opens no connection; the ports do when first used. */
export function openPostgresTarget(endpoint: Endpoint): TargetEngine {
  const connections = new PostgresConnections(endpoint, 'target');
  return {
    inspector: new PostgresInspector(connections),
    typeMapper: postgresTypeMapper,
    ddlWriter: new PostgresDdlWriter(connections),
    loader: new PostgresTargetLoader(connections),
    lease: new PostgresTaskLease(connections),
    progress: new PostgresProgressStore(connections),
    prechecks: (tables) => postgresTargetPrechecks(connections, tables),
    close: () => connections.close(),
  };
}
