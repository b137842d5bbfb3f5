import type { UserType } from '../../model/table.js';
import type { Containers } from '../ports.js';
import type { PostgresConnection } from './connection.js';
import { quoteIdentifier } from './identifiers.js';

/** Inside a transaction. Leaves what exists as it is. Types in the order given: those that others are made of first. */
export async function createContainers(
  connection: PostgresConnection,
  { schemas, userTypes }: Containers,
): Promise<void> {
  for (const schema of schemas) {
    await connection.query(createSchemaSql(schema), [], `creating schema ${schema}`);
  }
  for (const type of userTypes) {
    const statement = createTypeSql(type);
    if (statement === null || (await typeExists(connection, type))) continue;
    await connection.query(statement, [], `creating type ${type.schema}.${type.name}`);
  }
}

/** On a target that has none of them. */
export function describeContainers({ schemas, userTypes }: Containers): readonly string[] {
  return [...schemas.map(createSchemaSql), ...userTypes.map(createTypeSql).filter((statement) => statement !== null)];
}

function createSchemaSql(schema: string): string {
  return `CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(schema)}`;
}

/** `null` for what dmsctl never makes: a plan with such a type asks for it to be there. */
function createTypeSql({ kind, schema, name, definition }: UserType): string | null {
  const qualified = `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
  switch (kind) {
    case 'domain':
      return `CREATE DOMAIN ${qualified} ${definition}`;
    case 'enum':
    case 'composite':
    case 'range':
      return `CREATE TYPE ${qualified} ${definition}`;
    case 'extension':
    case 'other':
      return null;
  }
}

async function typeExists(connection: PostgresConnection, { schema, name }: UserType): Promise<boolean> {
  const found = await connection.query(
    'SELECT 1 FROM pg_type t JOIN pg_namespace n ON n.oid = typnamespace WHERE nspname = $1 AND typname = $2',
    [schema, name],
  );
  return found.length > 0;
}
