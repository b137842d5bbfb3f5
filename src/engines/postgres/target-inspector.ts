import { quoteTableName, type UserType } from '../../model/table.js';
import type { ExistingTable, ServerDescription, TargetCatalog, TargetInspector } from '../ports.js';
import { readRelations, type RelationRow } from './catalog-rows.js';
import type { PostgresConnection } from './connection.js';
import type { PostgresConnections } from './connection-pool.js';
import { describeServer } from './describe-server.js';
import { ownRows } from './part-query.js';
import { readTableDefinitions } from './table-definitions.js';
import { readUserTypes } from './user-types.js';

type Wanted = Parameters<TargetInspector['inspect']>[0];

/** Tables asked for rows by one statement. Each stays locked, with its indexes, until the statement ends. */
const TABLES_PER_LOOK = 200;

export class PostgresInspector implements TargetInspector {
  readonly #connections: PostgresConnections;

  constructor(connections: PostgresConnections) {
    this.#connections = connections;
  }

  async describeServer(signal: AbortSignal): Promise<ServerDescription> {
    return this.#connections.use(signal, describeServer);
  }

  async inspect(wanted: Wanted, signal: AbortSignal): Promise<TargetCatalog> {
    return this.#connections.use(signal, async (connection) => {
      await connection.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const { schemas, tables, userTypes } = await readStructure(connection, wanted);
      await connection.query('COMMIT');
      const filled = await readFilledTables(connection, tables.map(({ relation }) => relation).filter(isTable));
      return {
        schemas,
        tables: tables.map(({ relation, table }) => ({ ...table, hasRows: filled.has(relation.oid) })),
        userTypes,
      };
    });
  }
}

interface Structure extends Omit<TargetCatalog, 'tables'> {
  readonly tables: readonly { readonly relation: RelationRow; readonly table: Omit<ExistingTable, 'hasRows'> }[];
}

async function readStructure(connection: PostgresConnection, wanted: Wanted): Promise<Structure> {
  const keys = new Set(wanted.tables.map(quoteTableName));
  const wantedSchemas = [...new Set(wanted.tables.map(({ schema }) => schema))];
  const relations = (await readRelations(connection, wantedSchemas)).filter((row) => keys.has(quoteTableName(row)));
  return {
    schemas: await readSchemas(connection),
    tables: await readTables(connection, relations),
    userTypes: await readExistingTypes(connection, wanted.userTypes),
  };
}

function isTable({ relkind }: RelationRow): boolean {
  return relkind === 'r' || relkind === 'p';
}

async function readSchemas(connection: PostgresConnection): Promise<readonly string[]> {
  const rows = await connection.query<{ readonly schema: string }>(
    `SELECT nspname AS schema FROM pg_namespace
     WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' ORDER BY nspname COLLATE "C"`,
    [],
    'reading schemas',
  );
  return rows.map(({ schema }) => schema);
}

async function readTables(
  connection: PostgresConnection,
  relations: readonly RelationRow[],
): Promise<Structure['tables']> {
  const definitions = await readTableDefinitions(connection, relations);
  const required = await readRequiredColumns(connection, relations);
  return relations.flatMap((relation, index) => {
    const definition = definitions[index];
    if (definition === undefined) return [];
    const requiredColumns = required.get(relation.oid) ?? [];
    return { relation, table: { definition, requiredColumns, relationKind: isTable(relation) ? 'table' : 'other' } };
  });
}

/**
 * Object ids of the tables that have rows. One that may not be read counts as filled; a precheck asks for the right.
 * Outside a transaction: the lock table of a server by default is too small for thousands of tables at once.
 */
async function readFilledTables(
  connection: PostgresConnection,
  tables: readonly RelationRow[],
): Promise<ReadonlySet<string>> {
  const readable = await connection.query<{ readonly oid: string }>(
    `SELECT oid FROM unnest($1::oid[]) AS wanted(oid) WHERE has_table_privilege(oid, 'SELECT')
       AND has_schema_privilege((SELECT relnamespace FROM pg_class c WHERE c.oid = wanted.oid), 'USAGE')`,
    [tables.map(({ oid }) => oid)],
  );
  const readableOids = new Set(readable.map(({ oid }) => oid));
  const filled = new Set(tables.map(({ oid }) => oid).filter((oid) => !readableOids.has(oid)));
  const asked = tables.filter(({ oid }) => readableOids.has(oid));
  for (let start = 0; start < asked.length; start += TABLES_PER_LOOK) {
    const looks = asked.slice(start, start + TABLES_PER_LOOK).map(lookForRows);
    const rows = await connection.query<{ readonly oid: string }>(looks.join('\nUNION ALL\n'), [], 'looking for rows');
    for (const { oid } of rows) filled.add(oid);
  }
  return filled;
}

function lookForRows(table: RelationRow): string {
  const rows = ownRows(table, { isPartitioned: table.relkind === 'p' });
  return `SELECT ${table.oid} AS oid WHERE EXISTS (SELECT FROM ${rows})`;
}

/** NOT NULL, and nothing on the target fills them. */
async function readRequiredColumns(
  connection: PostgresConnection,
  tables: readonly RelationRow[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await connection.query<{ readonly oid: string; readonly columns: string }>(
    `SELECT attrelid AS oid, json_agg(attname ORDER BY attnum) AS columns
     FROM unnest($1::oid[]) AS wanted(oid) JOIN pg_attribute ON attrelid = wanted.oid
     WHERE attnum > 0 AND NOT attisdropped AND attnotnull AND NOT atthasdef AND attidentity = ''
     GROUP BY attrelid`,
    [tables.map(({ oid }) => oid)],
    'reading required columns',
  );
  return new Map(rows.map(({ oid, columns }) => [oid, JSON.parse(columns) as readonly string[]]));
}

async function readExistingTypes(
  connection: PostgresConnection,
  wanted: readonly UserType[],
): Promise<readonly UserType[]> {
  if (wanted.length === 0) return [];
  const names = new Set(wanted.map(typeKey));
  return (await readUserTypes(connection)).all().filter((type) => names.has(typeKey(type)));
}

function typeKey({ schema, name }: UserType): string {
  return quoteTableName({ schema, table: name });
}
