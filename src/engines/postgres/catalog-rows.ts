/** What the catalog says of relations: a fixed number of queries, however many there are. */
import type { PostgresConnection } from './connection.js';

export interface RelationRow {
  readonly oid: string;
  readonly schema: string;
  readonly table: string;
  /** `pg_class.relkind`: r, p, v, m, f. */
  readonly relkind: string;
  /** `pg_class.relpersistence`: p, u. */
  readonly persistence: string;
  /** Of a partition: `schema.table` of the table that it is attached to. */
  readonly partitionOf: string | null;
  readonly extension: string | null;
}

export interface ColumnRow {
  readonly relation: string;
  readonly name: string;
  readonly typeOid: string;
  readonly typeSchema: string;
  readonly typeName: string;
  readonly typtype: string;
  readonly modifier: string;
  readonly formatted: string;
  /** As regcollation writes it; `-` for a type without one. */
  readonly collation: string;
  readonly isNotNull: 't' | 'f';
  /** `pg_attribute.attgenerated`: s (stored), v (virtual), or empty. */
  readonly generated: string;
  readonly expression: string | null;
  readonly isPortable: 't' | 'f' | null;
}

export interface KeyRow {
  readonly relation: string;
  readonly name: string;
  readonly isPrimary: 't' | 'f';
  /** JSON list of column names. */
  readonly columns: string;
}

export interface SizeRow {
  readonly relation: string;
  readonly rows: string | null;
  readonly bytes: string | null;
}

/** In `schemas`, or everywhere for null; never in system schemas or in dmsctl's own. */
export function readRelations(
  connection: PostgresConnection,
  schemas: readonly string[] | null,
): Promise<readonly RelationRow[]> {
  return connection.query<RelationRow>(
    `SELECT c.oid::text AS oid, n.nspname AS schema, c.relname AS "table", c.relkind, c.relpersistence AS persistence,
       CASE WHEN c.relispartition THEN (
         SELECT pn.nspname || '.' || pc.relname FROM pg_inherits i
         JOIN pg_class pc ON pc.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = pc.relnamespace
         WHERE i.inhrelid = c.oid) END AS "partitionOf",
       x.extname AS extension
     FROM pg_class c
     JOIN pg_namespace n ON n.oid = c.relnamespace
     LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0 AND d.deptype = 'e'
     LEFT JOIN pg_extension x ON x.oid = d.refobjid
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relpersistence <> 't'
       AND n.nspname NOT IN ('information_schema', 'dmsctl') AND n.nspname !~ '^pg_'
       AND ($1::text[] IS NULL OR n.nspname = ANY ($1))
     ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`,
    [schemas],
    'reading the list of tables',
  );
}

/**
 * Since PostgreSQL 18 attnotnull is also set by a NOT NULL constraint that is NOT VALID: such a column may hold NULLs.
 * A generation expression that depends on anything but columns uses a function, type or collation that is no part of
 * PostgreSQL itself: on those no dependency is recorded. One with a collation anywhere in its tree (collatable input,
 * result, constant or cast between) may give another value elsewhere: the same name, or the database's default, need not
 * be the same collation there, and the created table does not repeat COLLATE.
 */
export function readColumns(
  connection: PostgresConnection,
  relations: readonly string[],
): Promise<readonly ColumnRow[]> {
  return connection.query<ColumnRow>(
    `SELECT a.attrelid::text AS relation, a.attname AS name, t.oid::text AS "typeOid", n.nspname AS "typeSchema",
       t.typname AS "typeName", t.typtype, a.atttypmod::text AS modifier,
       format_type(a.atttypid, a.atttypmod) AS formatted, a.attcollation::regcollation::text AS collation,
       a.attnotnull AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = a.attrelid AND k.contype = 'n'
         AND k.conkey[1] = a.attnum AND NOT k.convalidated) AS "isNotNull",
       a.attgenerated AS generated, pg_get_expr(e.adbin, e.adrelid) AS expression,
       NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_attrdef'::regclass AND d.objid = e.oid
         AND d.refclassid <> 'pg_class'::regclass)
         AND e.adbin::text !~* 'coll(id|ids|oid) [^:]*[1-9]' AS "isPortable"
     FROM unnest($1::oid[]) AS wanted(oid)
     JOIN pg_attribute a ON a.attrelid = wanted.oid
     JOIN pg_type t ON t.oid = a.atttypid
     JOIN pg_namespace n ON n.oid = t.typnamespace
     LEFT JOIN pg_attrdef e ON a.attgenerated <> '' AND e.adrelid = a.attrelid AND e.adnum = a.attnum
     WHERE a.attnum > 0 AND NOT a.attisdropped
     ORDER BY a.attrelid, a.attnum`,
    [relations],
    'reading columns',
  );
}

/**
 * Keys on plain columns over all rows. A deferrable primary key counts, since committed rows always obey it; a deferrable
 * unique constraint does not, as PostgreSQL does not take it for a row's identity either. Keys WITHOUT OVERLAPS compare
 * by other rules than equality.
 */
export function readKeys(connection: PostgresConnection, relations: readonly string[]): Promise<readonly KeyRow[]> {
  return connection.query<KeyRow>(
    `SELECT i.indrelid::text AS relation, c.relname AS name, i.indisprimary AS "isPrimary",
       (SELECT json_agg(a.attname ORDER BY k.place) FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, place)
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
        WHERE k.place <= i.indnkeyatts)::text AS columns
     FROM unnest($1::oid[]) AS wanted(oid)
     JOIN pg_index i ON i.indrelid = wanted.oid
     JOIN pg_class c ON c.oid = i.indexrelid
     WHERE i.indisunique AND i.indisvalid AND i.indislive AND (i.indimmediate OR i.indisprimary)
       AND NOT i.indisexclusion AND i.indpred IS NULL AND i.indexprs IS NULL
     ORDER BY i.indrelid, c.relname COLLATE "C"`,
    [relations],
    'reading keys',
  );
}

/**
 * Rows as the planner estimates them: the density of the last ANALYZE times the pages of now, or pages over the width of
 * the columns. A partitioned table is the sum of its partitions. Bytes with TOAST, without indexes.
 */
export function readSizes(connection: PostgresConnection, relations: readonly string[]): Promise<readonly SizeRow[]> {
  return connection.query<SizeRow>(
    `WITH RECURSIVE part(root, relid) AS (
       SELECT wanted.oid, wanted.oid FROM unnest($1::oid[]) AS wanted(oid)
       UNION ALL
       SELECT part.root, i.inhrelid FROM part
       JOIN pg_class c ON c.oid = part.relid AND c.relkind = 'p'
       JOIN pg_inherits i ON i.inhparent = part.relid
     ), measured AS (
       SELECT part.root, c.oid, c.reltuples, c.relpages, pg_relation_size(c.oid) AS heap,
         coalesce(pg_relation_size(nullif(c.reltoastrelid, 0)), 0) AS toast
       FROM part JOIN pg_class c ON c.oid = part.relid AND c.relkind = 'r'
     )
     SELECT root::text AS relation, sum(heap + toast)::text AS bytes, round(sum(
         CASE WHEN relpages > 0 AND reltuples >= 0
           THEN reltuples / relpages * (heap / current_setting('block_size')::int)
           ELSE heap / (SELECT 28 + coalesce(sum(CASE WHEN a.attlen > 0 THEN a.attlen ELSE 32 END), 0)
                        FROM pg_attribute a WHERE a.attrelid = measured.oid AND a.attnum > 0)
         END)::numeric)::text AS rows
     FROM measured GROUP BY root`,
    [relations],
    'reading table sizes',
  );
}
