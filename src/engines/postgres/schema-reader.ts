/** Reads the structure of a PostgreSQL source, 13 to 18. https://www.postgresql.org/docs/18/catalogs.html */
import type { LeftOutRelation, SchemaReader, ServerDescription, SourceCatalog } from '../ports.js';
import { readRelations, type RelationRow } from './catalog-rows.js';
import type { PostgresConnection } from './connection.js';
import type { PostgresConnections } from './connection-pool.js';
import { describeServer } from './describe-server.js';
import { readTableDefinitions } from './table-definitions.js';

export class PostgresSchemaReader implements SchemaReader {
  readonly #connections: PostgresConnections;

  constructor(connections: PostgresConnections) {
    this.#connections = connections;
  }

  describeServer(signal: AbortSignal): Promise<ServerDescription> {
    return this.#connections.use(signal, describeServer);
  }

  readCatalog(schemas: readonly string[] | null, signal: AbortSignal): Promise<SourceCatalog> {
    return this.#connections.use(signal, (connection) => readCatalog(connection, schemas));
  }
}

/** In one read view, so that no DDL falls between the queries. */
async function readCatalog(connection: PostgresConnection, schemas: readonly string[] | null): Promise<SourceCatalog> {
  await connection.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', [], 'reading the catalog');
  const [server] = await connection.query<{ readonly isStandby: 't' | 'f' }>(
    'SELECT pg_is_in_recovery() AS "isStandby"',
  );
  const relations = await readRelations(connection, schemas);
  const leftOut: LeftOutRelation[] = [];
  const wanted: RelationRow[] = [];
  for (const relation of relations) {
    const reason = reasonToLeaveOut(relation, { isStandby: server?.isStandby === 't' });
    if (reason === null) wanted.push(relation);
    else leftOut.push({ name: { schema: relation.schema, table: relation.table }, reason });
  }
  const tables = await readTableDefinitions(connection, wanted);
  await connection.query('COMMIT');
  return { tables, leftOut };
}

const REASONS_BY_KIND: Readonly<Record<string, string>> = {
  v: 'a view holds no rows of its own',
  m: 'a materialized view is computed from tables',
  f: "a foreign table's rows are in another database",
};

/** Null for a table that is read. */
export function reasonToLeaveOut(relation: RelationRow, { isStandby }: { readonly isStandby: boolean }): string | null {
  if (relation.extension !== null) return `it belongs to the extension ${relation.extension}`;
  if (relation.partitionOf !== null) return `a partition is read through its parent ${relation.partitionOf}`;
  if (isStandby && relation.persistence === 'u') return 'an unlogged table cannot be read on a standby';
  return REASONS_BY_KIND[relation.relkind] ?? null;
}
