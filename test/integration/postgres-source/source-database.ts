import { copySql } from '../../../src/engines/postgres/table-sql.js';
import { startCopyIn } from '../../../src/engines/postgres/copy-in.js';
import { connectPostgres } from '../../../src/engines/postgres/connection.js';
import { openPostgresSource } from '../../../src/engines/postgres/engine.js';
import type { Snapshot, SnapshotTable, SourceEngine } from '../../../src/engines/ports.js';
import { Secret } from '../../../src/lib/secret.js';
import type { Endpoint } from '../../../src/model/endpoint.js';
import { type LoadPart, WHOLE_TABLE } from '../../../src/model/load-part.js';
import { DEFAULT_POLICIES } from '../../../src/model/policies.js';
import type { BatchFormat } from '../../../src/model/row-batch.js';
import type { TableDefinition, TableName } from '../../../src/model/table.js';
import type { TableMapping } from '../../../src/model/table-mapping.js';
import { createDatabase } from '../../servers/create-database.js';
import type { ServerAddress } from '../../servers/test-server.js';
import type { TextConnection } from '../../servers/text-connection.js';

export const { signal } = new AbortController();

/** An empty database of its own, and the source engine on it. */
export interface SourceDatabase extends AsyncDisposable {
  readonly endpoint: Endpoint;
  readonly source: SourceEngine;
  readonly query: TextConnection['query'];
  table(name: string): Promise<SnapshotTable>;
}

export async function createSourceDatabase(server: ServerAddress): Promise<SourceDatabase> {
  const database = await createDatabase(server);
  const endpoint = endpointAt(server, database.name);
  const source = openPostgresSource(endpoint);
  return {
    endpoint,
    source,
    query: database.query,
    table: async (name) => {
      const { tables } = await source.schemaReader.readCatalog(null, signal);
      const definition = tables.find((table) => table.name.table === name);
      if (definition === undefined) throw new Error(`no table ${name}`);
      return toSnapshotTable(definition);
    },
    [Symbol.asyncDispose]: async () => {
      await source.close();
      await database.drop();
    },
  };
}

export function endpointAt(server: ServerAddress, database: string, user = server.user): Endpoint {
  return {
    name: 'legacy',
    engine: 'postgres',
    host: server.host,
    port: server.port,
    database,
    user,
    password: server.password === '' ? null : new Secret(server.password),
    tls: { mode: 'prefer', ca: null, cert: null, key: null },
    options: {},
  };
}

/** As a task to another PostgreSQL would read it: every column, as it is. */
function toSnapshotTable({ name, columns, key, userTypes, rangeBasis, size }: TableDefinition): SnapshotTable {
  const mapping: TableMapping = {
    source: name,
    target: name,
    columns: columns.map((source) => ({
      source,
      targetName: source.name,
      targetType: source.nativeType,
      isNullable: source.isNullable,
      deliverAs: source.type,
      generated: source.generated,
      losses: [],
      isSameType: true,
    })),
    key,
    sourceKey: key,
    userTypes,
    rangeBasis,
    size,
  };
  const loaded = columns.filter(({ generated }) => generated === null);
  return {
    mapping,
    columns: loaded.map((source) => ({ source, deliverAs: source.type })),
    policies: DEFAULT_POLICIES,
  };
}

export interface PartContent {
  readonly rows: number;
  readonly bytes: Buffer;
}

export async function readPart(
  snapshot: Snapshot,
  table: SnapshotTable,
  { part = WHOLE_TABLE, format = 'copy-text' }: { part?: LoadPart; format?: BatchFormat } = {},
): Promise<PartContent> {
  const opened = await snapshot.openPart(table, part, format, signal);
  try {
    const batches: Buffer[] = [];
    let rows = 0;
    for await (const batch of opened.batches) {
      batches.push(batch.bytes);
      rows += batch.rows;
    }
    return { rows, bytes: Buffer.concat(batches) };
  } finally {
    await opened.close();
  }
}

export function textRows({ bytes }: PartContent): readonly string[] {
  return bytes.toString('utf8').split('\n').slice(0, -1);
}

const BINARY_HEADER = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const BINARY_TRAILER = Buffer.from([0xff, 0xff]);

/** Writes what a part held into another table of the same columns, by COPY. */
export async function writeRows(
  endpoint: Endpoint,
  target: TableName,
  { content, format, mapping }: { content: PartContent; format: BatchFormat; mapping: TableMapping },
): Promise<void> {
  const connection = await connectPostgres(endpoint, { role: 'target', signal });
  const copy = await startCopyIn(connection.client, copySql({ ...mapping, target }, format));
  if (format === 'copy-binary') await copy.write(BINARY_HEADER);
  await copy.write(content.bytes);
  if (format === 'copy-binary') await copy.write(BINARY_TRAILER);
  await copy.finish();
  await connection.close();
}
