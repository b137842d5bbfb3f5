import type { TableName } from '../../../model/table.js';
import type { PrepareMode, TargetTable } from '../../ports.js';
import type { PostgresConnections } from '../connection-pool.js';
import { quoteIdentifier } from '../identifiers.js';

/** What prechecks must know of a table that exists on the target. */
export interface TargetTableFacts {
  readonly name: TableName;
  readonly prepare: PrepareMode;
  /** Quoted, for GRANT. */
  readonly user: string;
  readonly maySelect: boolean;
  readonly mayInsert: boolean;
  readonly mayTruncate: boolean;
  readonly isOwner: boolean;
  /** Own triggers, whatever their mode, or foreign keys from or to the table. */
  readonly hasTriggers: boolean;
  readonly hasAlwaysTriggers: boolean;
  readonly hasForeignKeys: boolean;
  readonly isReferenced: boolean;
  readonly isUnlogged: boolean;
  readonly isRowSecurityActive: boolean;
  /** Other tables of the task that are partitions of this one, however deep. */
  readonly loadedPartitions: readonly TableName[];
}

type FactRow = Readonly<
  Record<
    | 'schema'
    | 'table'
    | 'user'
    | 'may_select'
    | 'may_insert'
    | 'may_truncate'
    | 'is_owner'
    | 'has_triggers'
    | 'has_always_triggers'
    | 'has_foreign_keys'
    | 'is_referenced'
    | 'is_unlogged'
    | 'is_row_security_active'
    | 'loaded_partitions',
    string
  >
>;

/** Of those of the tables that exist and are tables. One query. */
export async function readTargetTables(
  connections: PostgresConnections,
  tables: readonly TargetTable[],
  signal: AbortSignal,
): Promise<readonly TargetTableFacts[]> {
  if (tables.length === 0) return [];
  const rows = await connections.use(signal, async (connection) =>
    connection.query<FactRow>(FACTS_SQL, [JSON.stringify(tables.map(toWanted))], 'checking target tables'),
  );
  const modes = new Map(tables.map((table) => [JSON.stringify(toWanted(table)), table.prepare]));
  return rows.map((row) => {
    const prepare = modes.get(JSON.stringify({ schema: row.schema, table: row.table })) ?? 'create';
    return toFacts(row, prepare);
  });
}

function toWanted({ mapping }: TargetTable): TableName {
  return { schema: mapping.target.schema, table: mapping.target.table };
}

const FACTS_SQL = `
  WITH wanted AS (SELECT * FROM json_to_recordset($1::json) AS w (schema text, "table" text))
  SELECT w.schema, w."table", current_user AS "user",
    has_table_privilege(c.oid, 'SELECT') AS may_select,
    has_table_privilege(c.oid, 'INSERT') AS may_insert,
    has_table_privilege(c.oid, 'TRUNCATE') AS may_truncate,
    pg_has_role(c.relowner, 'USAGE') AS is_owner,
    EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT tgisinternal AND tgenabled IN ('O', 'A')) AS has_triggers,
    EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT tgisinternal AND tgenabled IN ('R', 'A')) AS has_always_triggers,
    EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND contype = 'f') AS has_foreign_keys,
    EXISTS (SELECT FROM pg_constraint k WHERE k.confrelid = c.oid AND contype = 'f') AS is_referenced,
    c.relpersistence = 'u' AS is_unlogged,
    row_security_active(c.oid) AS is_row_security_active,
    (SELECT coalesce(json_agg(json_build_object('schema', o.schema, 'table', o."table") ORDER BY o.schema, o."table"), '[]')
     FROM wanted o JOIN pg_namespace n ON n.nspname = o.schema
     JOIN pg_class p ON p.relnamespace = n.oid AND p.relname = o."table"
     WHERE p.oid <> c.oid AND p.relispartition AND c.oid IN (SELECT relid FROM pg_partition_ancestors(p.oid))
    ) AS loaded_partitions
  FROM wanted w
  JOIN pg_namespace n ON n.nspname = w.schema
  JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = w."table" AND c.relkind IN ('r', 'p')
  ORDER BY w.schema COLLATE "C", w."table" COLLATE "C"`;

function toFacts(row: FactRow, prepare: PrepareMode): TargetTableFacts {
  return {
    name: { schema: row.schema, table: row.table },
    prepare,
    user: quoteIdentifier(row.user),
    maySelect: row.may_select === 't',
    mayInsert: row.may_insert === 't',
    mayTruncate: row.may_truncate === 't',
    isOwner: row.is_owner === 't',
    hasTriggers: row.has_triggers === 't',
    hasAlwaysTriggers: row.has_always_triggers === 't',
    hasForeignKeys: row.has_foreign_keys === 't',
    isReferenced: row.is_referenced === 't',
    isUnlogged: row.is_unlogged === 't',
    isRowSecurityActive: row.is_row_security_active === 't',
    loadedPartitions: JSON.parse(row.loaded_partitions) as TableName[],
  };
}
