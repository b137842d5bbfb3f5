/**
 * Foreign keys and triggers on a table that was there before: what would act on the rows of a load, how it is taken aside
 * and put back exactly. https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-DISABLE-ENABLE-TRIGGER
 */
import type { TableName } from '../../model/table.js';
import type { PostgresConnection } from './connection.js';
import { quoteIdentifier, quoteLiteral, quoteTable } from './identifiers.js';

/** pg_trigger.tgenabled: fires in ordinary sessions, in replica sessions, always, never. */
export type TriggerMode = 'O' | 'R' | 'A' | 'D';

export interface TriggerOnTable {
  /** The table, or a partition of it, quoted. */
  readonly relation: string;
  readonly name: string;
  readonly mode: TriggerMode;
}

export interface ForeignKeyOnTable {
  /** The table that refers, quoted. */
  readonly relation: string;
  readonly name: string;
  /** As pg_get_constraintdef gives it: with DEFERRABLE, NOT VALID, NOT ENFORCED. */
  readonly definition: string;
  readonly comment: string | null;
  readonly direction: 'outgoing' | 'incoming';
  /** False where it is a partition's own or comes from a partitioned table above: such a key is not taken aside. */
  readonly isOfTable: 't' | 'f';
  readonly isValidated: 't' | 'f';
  /** Answers with a row when rows break the key; null where it cannot be asked as a join (PERIOD). */
  readonly checkSql: string | null;
}

export interface LoadWay {
  /** Rows arrive with session_replication_role = replica, which silences foreign keys and triggers of mode O. */
  readonly isReplicaRoleAllowed: boolean;
  /** TRUNCATE refuses a table that a foreign key of another one refers to, whatever the role. */
  readonly isTruncated: boolean;
}

export interface Obstacle {
  /** Null for what may stay during the load and is only checked after it. */
  readonly takeAsideSql: string | null;
  /** In order; a statement that answers with a row is a check that failed. See putBack. */
  readonly putBackSql: readonly string[];
}

export async function readObstacles(
  connection: PostgresConnection,
  table: TableName,
  way: LoadWay,
): Promise<readonly Obstacle[]> {
  const triggers = await readTriggers(connection, table);
  const foreignKeys = await readForeignKeys(connection, table);
  return judgeObstacles(triggers, foreignKeys, way);
}

export function judgeObstacles(
  triggers: readonly TriggerOnTable[],
  foreignKeys: readonly ForeignKeyOnTable[],
  way: LoadWay,
): readonly Obstacle[] {
  const { isReplicaRoleAllowed } = way;
  const firingModes: readonly TriggerMode[] = isReplicaRoleAllowed ? ['R', 'A'] : ['O', 'A'];
  return [
    ...triggers.filter(({ mode }) => firingModes.includes(mode)).map(triggerObstacle),
    ...foreignKeys.flatMap((key) => judgeForeignKey(key, way)),
  ];
}

/**
 * 1. of another table: in the way of TRUNCATE alone; rows that are only added break none
 * 2. silenced and validated: stays, and must still be true after the load, which PostgreSQL would never ask again
 * 3. silenced, but NOT VALID: claims nothing of rows that are there
 * 4. otherwise it would act on every row
 */
function judgeForeignKey(key: ForeignKeyOnTable, { isReplicaRoleAllowed, isTruncated }: LoadWay): readonly Obstacle[] {
  if (key.direction === 'incoming') return isTruncated ? [foreignKeyObstacle(key)] : []; // 1
  if (isReplicaRoleAllowed) {
    if (key.isValidated === 'f') return []; // 3
    if (key.checkSql !== null) return [{ takeAsideSql: null, putBackSql: [key.checkSql] }]; // 2
  }
  return key.isOfTable === 't' ? [foreignKeyObstacle(key)] : []; // 4
}

const ENABLE: Readonly<Record<TriggerMode, string>> = {
  O: 'ENABLE TRIGGER',
  R: 'ENABLE REPLICA TRIGGER',
  A: 'ENABLE ALWAYS TRIGGER',
  D: 'DISABLE TRIGGER',
};

/** ONLY: each partition's trigger has a mode of its own and is listed itself. */
function triggerObstacle({ relation, name, mode }: TriggerOnTable): Obstacle {
  const trigger = quoteIdentifier(name);
  return {
    takeAsideSql: `ALTER TABLE ONLY ${relation} DISABLE TRIGGER ${trigger}`,
    putBackSql: [`ALTER TABLE ONLY ${relation} ${ENABLE[mode]} ${trigger}`],
  };
}

function foreignKeyObstacle({ relation, name, definition, comment }: ForeignKeyOnTable): Obstacle {
  const constraint = quoteIdentifier(name);
  const add = `ALTER TABLE ${relation} ADD CONSTRAINT ${constraint} ${definition}`;
  const remark = `COMMENT ON CONSTRAINT ${constraint} ON ${relation} IS ${quoteLiteral(comment ?? '')}`;
  return {
    takeAsideSql: `ALTER TABLE ${relation} DROP CONSTRAINT ${constraint}`,
    putBackSql: comment === null ? [add] : [add, remark],
  };
}

/** Of the table and its partitions. Internal triggers are those of constraints; see readForeignKeys. */
async function readTriggers(connection: PostgresConnection, table: TableName): Promise<readonly TriggerOnTable[]> {
  return connection.query<TriggerOnTable>(
    `SELECT tgrelid::regclass::text AS relation, tgname AS name, tgenabled AS mode
     FROM pg_trigger
     WHERE NOT tgisinternal AND (tgrelid = $1::regclass OR tgrelid IN (SELECT relid FROM pg_partition_tree($1::regclass)))
     ORDER BY tgrelid::regclass::text, tgname`,
    [quoteTable(table)],
  );
}

/**
 * SQL that writes the SQL which counts the rows of constraint `k` whose other row is missing, as ADD FOREIGN KEY looks
 * for them (RI_Initial_Check in ri_triggers.c). It finds nothing once the constraint is gone.
 */
const ORPHANS_SQL = `
  SELECT format('SELECT %L AS "constraint", count(*) AS orphans FROM %s%s f LEFT JOIN %s%s r ON %s WHERE r.%I IS NULL AND (%s)'
      || ' AND EXISTS (SELECT FROM pg_constraint WHERE oid = %s AND convalidated) HAVING count(*) > 0',
    k.conname, CASE f.relkind WHEN 'p' THEN '' ELSE 'ONLY ' END, f.oid::regclass, CASE r.relkind WHEN 'p' THEN '' ELSE 'ONLY ' END, r.oid::regclass,
    string_agg(format('r.%I OPERATOR(%I.%s) f.%I%s', ra.attname, n.nspname, o.oprname, fa.attname,
      CASE WHEN fa.attcollation <> ra.attcollation AND 0 NOT IN (fa.attcollation, ra.attcollation)
        THEN ' COLLATE ' || ra.attcollation::regcollation END), ' AND ' ORDER BY p.place),
    min(ra.attname::text) FILTER (WHERE p.place = 1),
    string_agg(format('f.%I IS NOT NULL', fa.attname), CASE k.confmatchtype WHEN 'f' THEN ' OR ' ELSE ' AND ' END ORDER BY p.place),
    k.oid)
  FROM unnest(k.conkey, k.confkey, k.conpfeqop) WITH ORDINALITY AS p(own, referenced, operator, place)
  JOIN pg_attribute fa ON fa.attrelid = k.conrelid AND fa.attnum = p.own
  JOIN pg_attribute ra ON ra.attrelid = k.confrelid AND ra.attnum = p.referenced
  JOIN pg_operator o ON o.oid = p.operator JOIN pg_namespace n ON n.oid = o.oprnamespace
  HAVING NOT coalesce((to_jsonb(k) ->> 'conperiod')::boolean, false)`;

/**
 * With those of its partitions, and those that it has as a partition itself. A table's reference to itself is its own. The
 * further rows that PostgreSQL keeps for each partition of a referenced table are no keys of their own.
 */
async function readForeignKeys(
  connection: PostgresConnection,
  table: TableName,
): Promise<readonly ForeignKeyOnTable[]> {
  return connection.query<ForeignKeyOnTable>(
    `WITH tree AS (SELECT $1::regclass AS relid UNION SELECT relid FROM pg_partition_tree($1::regclass))
     SELECT k.conrelid::regclass::text AS relation, k.conname AS name, pg_get_constraintdef(k.oid) AS definition,
       obj_description(k.oid, 'pg_constraint') AS comment,
       CASE WHEN k.conrelid IN (SELECT relid FROM tree) THEN 'outgoing' ELSE 'incoming' END AS direction,
       k.conrelid <> ALL (SELECT relid FROM tree) OR k.conrelid = $1::regclass AND k.conparentid = 0 AS "isOfTable",
       k.convalidated AS "isValidated", (${ORPHANS_SQL}) AS "checkSql"
     FROM pg_constraint k JOIN pg_class f ON f.oid = k.conrelid JOIN pg_class r ON r.oid = k.confrelid
     WHERE k.contype = 'f' AND (k.conparentid = 0 AND (k.conrelid IN (SELECT relid FROM tree) OR k.confrelid = $1::regclass)
       OR k.conparentid <> 0 AND k.conrelid = $1::regclass AND NOT r.relispartition)
     ORDER BY k.conrelid::regclass::text, k.conname`,
    [quoteTable(table)],
  );
}
