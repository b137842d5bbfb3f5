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
}

export interface LoadWay {
  /** Rows arrive with session_replication_role = replica, which silences foreign keys and triggers of mode O. */
  readonly isReplicaRoleAllowed: boolean;
  /** TRUNCATE refuses a table that a foreign key of another one refers to, whatever the role. */
  readonly isTruncated: boolean;
}

export interface Obstacle {
  readonly takeAsideSql: string;
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
  { isReplicaRoleAllowed, isTruncated }: LoadWay,
): readonly Obstacle[] {
  const firingModes: readonly TriggerMode[] = isReplicaRoleAllowed ? ['R', 'A'] : ['O', 'A'];
  return [
    ...triggers.filter(({ mode }) => firingModes.includes(mode)).map(triggerObstacle),
    ...foreignKeys
      .filter(({ direction }) => (direction === 'outgoing' ? !isReplicaRoleAllowed : isTruncated))
      .map(foreignKeyObstacle),
  ];
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

/** Those inherited from a partitioned table go and come with it. A table's reference to itself is its own. */
async function readForeignKeys(
  connection: PostgresConnection,
  table: TableName,
): Promise<readonly ForeignKeyOnTable[]> {
  return connection.query<ForeignKeyOnTable>(
    `SELECT conrelid::regclass::text AS relation, conname AS name, pg_get_constraintdef(oid) AS definition,
       obj_description(oid, 'pg_constraint') AS comment,
       CASE WHEN conrelid = $1::regclass THEN 'outgoing' ELSE 'incoming' END AS direction
     FROM pg_constraint
     WHERE contype = 'f' AND conparentid = 0 AND $1::regclass IN (conrelid, confrelid)
     ORDER BY conrelid::regclass::text, conname`,
    [quoteTable(table)],
  );
}
