import type { Finding } from '../../../model/finding.js';
import { formatTableName } from '../../../model/table.js';
import type { Precheck, TargetTable } from '../../ports.js';
import type { PostgresConnection } from '../connection.js';
import type { PostgresConnections } from '../connection-pool.js';
import { quoteIdentifier, quoteTable } from '../identifiers.js';
import { ReplicaRole } from '../replica-role.js';
import { readTargetTables, type TargetTableFacts } from './target-table-facts.js';

const CHECK = 'postgres.target-privileges';
const CONTROL_SCHEMA = 'dmsctl';

export interface SchemaFacts {
  readonly schema: string;
  readonly mayUse: boolean;
  readonly mayCreate: boolean;
}

export interface PrivilegeFacts {
  readonly database: string;
  /** Quoted, for GRANT. */
  readonly user: string;
  readonly mayCreateSchemas: boolean;
  /** Those of the needed schemas that exist. */
  readonly schemas: readonly SchemaFacts[];
  readonly tables: readonly TargetTableFacts[];
  readonly isReplicaRoleAllowed: boolean;
}

/** The schemas that the tables need; true where something is created in it. */
export type NeededSchemas = ReadonlyMap<string, boolean>;

export function privilegesPrecheck(connections: PostgresConnections, tables: readonly TargetTable[]): Precheck {
  const replicaRole = new ReplicaRole(connections);
  return {
    name: CHECK,
    run: async (signal) => {
      const needed = neededSchemas(tables);
      const facts = await connections.use(signal, async (connection) => readDatabase(connection, [...needed.keys()]));
      return judgePrivileges(needed, {
        ...facts,
        tables: await readTargetTables(connections, tables, signal),
        isReplicaRoleAllowed: await replicaRole.isAllowed(signal),
      });
    },
  };
}

function neededSchemas(tables: readonly TargetTable[]): NeededSchemas {
  const needed = new Map([[CONTROL_SCHEMA, true]]);
  for (const { mapping, exists, prepare } of tables) {
    const { schema } = mapping.target;
    needed.set(schema, needed.get(schema) === true || !exists || prepare === 'recreate');
    for (const type of mapping.userTypes) needed.set(type.schema, needed.get(type.schema) === true);
  }
  return needed;
}

export function judgePrivileges(needed: NeededSchemas, facts: PrivilegeFacts): readonly Finding[] {
  const missing = [...needed.keys()].filter((name) => !facts.schemas.some(({ schema }) => schema === name));
  return [
    ...(missing.length > 0 && !facts.mayCreateSchemas ? [databaseFinding(facts, missing)] : []),
    ...facts.schemas.flatMap((schema) =>
      judgeSchema(schema, { user: facts.user, isCreatedIn: needed.get(schema.schema) }),
    ),
    ...facts.tables.flatMap((table) => judgeTable(table, facts.isReplicaRoleAllowed)),
  ];
}

function databaseFinding({ database, user }: PrivilegeFacts, missing: readonly string[]): Finding {
  return finding(`database ${database}`, {
    found: `The user may not create schemas, and these are missing: ${missing.join(', ')}.`,
    why: `dmsctl keeps its progress in the schema ${CONTROL_SCHEMA} and creates the schemas of the tables.`,
    sql: `GRANT CREATE ON DATABASE ${quoteIdentifier(database)} TO ${user};`,
  });
}

function judgeSchema(
  { schema, mayUse, mayCreate }: SchemaFacts,
  { user, isCreatedIn }: { readonly user: string; readonly isCreatedIn: boolean | undefined },
): readonly Finding[] {
  const lacking = [...(mayUse ? [] : ['USAGE']), ...(isCreatedIn === true && !mayCreate ? ['CREATE'] : [])];
  if (lacking.length === 0) return [];
  return [
    finding(`schema ${schema}`, {
      found: `The user lacks ${lacking.join(' and ')} on the schema.`,
      why: 'Tables could not be reached or created there.',
      sql: `GRANT ${lacking.join(', ')} ON SCHEMA ${quoteIdentifier(schema)} TO ${user};`,
    }),
  ];
}

function judgeTable(table: TargetTableFacts, isReplicaRoleAllowed: boolean): readonly Finding[] {
  if (table.isOwner) return [];
  const name = quoteTable(table.name);
  const object = `table ${formatTableName(table.name)}`;
  const why = ownershipReason(table, isReplicaRoleAllowed);
  if (why !== null) {
    return [
      finding(object, {
        found: 'The user does not own the table.',
        why,
        sql: `ALTER TABLE ${name} OWNER TO ${table.user};`,
      }),
    ];
  }
  const lacking = [
    ...(table.maySelect ? [] : ['SELECT']),
    ...(table.mayInsert ? [] : ['INSERT']),
    ...(table.prepare === 'truncate' && !table.mayTruncate ? ['TRUNCATE'] : []),
  ];
  if (lacking.length === 0) return [];
  const sql = `GRANT ${lacking.join(', ')} ON ${name} TO ${table.user};`;
  return [
    finding(object, { found: `The user lacks ${lacking.join(', ')}.`, why: 'The table could not be loaded.', sql }),
  ];
}

/** Why the user must own the table, or `null`. */
function ownershipReason(table: TargetTableFacts, isReplicaRoleAllowed: boolean): string | null {
  if (table.prepare === 'recreate') return 'Only its owner may drop the table.';
  if (table.prepare === 'truncate' && table.isReferenced) {
    return 'Foreign keys refer to the table; they must go for TRUNCATE, and only the owner may put them back.';
  }
  const mustDisable = isReplicaRoleAllowed ? table.hasAlwaysTriggers : table.hasTriggers || table.hasForeignKeys;
  return mustDisable ? 'Its triggers and foreign keys must be off during the load, which only the owner may do.' : null;
}

function finding(
  object: string,
  { found, why, sql }: { readonly found: string; readonly why: string; readonly sql: string },
): Finding {
  return { check: CHECK, severity: 'error', object, found, why, fix: `As the owner or a superuser:\n  ${sql}` };
}

async function readDatabase(
  connection: PostgresConnection,
  schemas: readonly string[],
): Promise<Pick<PrivilegeFacts, 'database' | 'user' | 'mayCreateSchemas' | 'schemas'>> {
  const [row] = await connection.query<Record<'database' | 'user' | 'may_create', string>>(
    `SELECT current_database() AS database, current_user AS "user",
       has_database_privilege(current_database(), 'CREATE') AS may_create`,
    [],
    'checking privileges',
  );
  const rows = await connection.query<Record<'schema' | 'may_use' | 'may_create', string>>(
    `SELECT nspname AS schema, has_schema_privilege(oid, 'USAGE') AS may_use, has_schema_privilege(oid, 'CREATE') AS may_create
     FROM pg_namespace WHERE nspname = ANY ($1) ORDER BY nspname COLLATE "C"`,
    [schemas],
    'checking privileges',
  );
  return {
    database: row?.database ?? '',
    user: quoteIdentifier(row?.user ?? ''),
    mayCreateSchemas: row?.may_create === 't',
    schemas: rows.map(({ schema, may_use: mayUse, may_create: mayCreate }) => ({
      schema,
      mayUse: mayUse === 't',
      mayCreate: mayCreate === 't',
    })),
  };
}
