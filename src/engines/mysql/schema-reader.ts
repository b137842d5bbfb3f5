/** The structure of a MySQL or MariaDB database. https://dev.mysql.com/doc/refman/9.0/en/information-schema.html */
import type { SchemaReader, ServerDescription, SourceCatalog } from '../ports.js';
import { buildCatalog } from './build-catalog.js';
import { readCatalogRows } from './catalog-rows.js';
import type { TextRow } from './connection.js';
import type { ConnectionPool } from './connection-pool.js';
import { formatVersion } from './flavors.js';

export class MysqlSchemaReader implements SchemaReader {
  readonly #pool: ConnectionPool;

  constructor(pool: ConnectionPool) {
    this.#pool = pool;
  }

  describeServer(signal: AbortSignal): Promise<ServerDescription> {
    return this.#pool.use(signal, async (connection) => {
      const { flavor, version } = connection.server;
      const [variable] = await connection.query<TextRow<'Value'>>(
        `SHOW GLOBAL VARIABLES LIKE '${flavor.identityVariable}'`,
        { doing: "reading the server's identity", signal },
      );
      return {
        product: `${flavor.product} ${formatVersion(version)}`,
        identity: variable?.Value ?? null,
        features: [],
      };
    });
  }

  readCatalog(schemas: readonly string[] | null, signal: AbortSignal): Promise<SourceCatalog> {
    return this.#pool.use(signal, async (connection) =>
      buildCatalog(await readCatalogRows(connection, schemas, signal), connection.server.flavor.engine),
    );
  }
}
