/** The control tables in the target: what is there, creating them, refusing those of another program or a newer dmsctl. */
import { DmsctlError } from '../../errors/dmsctl-error.js';
import type { PostgresConnection } from './connection.js';

/** Raised by each change that an older dmsctl could not work with. */
const CONTROL_VERSION = 1;

/** Taken while control tables are created or dropped: two first claims at once would collide on the catalog otherwise. */
const LOCK_CONTROL_TABLES = `SELECT pg_advisory_xact_lock(hashtextextended('dmsctl control tables', 0))`;

const CREATE_CONTROL_TABLES = [
  `CREATE SCHEMA IF NOT EXISTS dmsctl`,
  `COMMENT ON SCHEMA dmsctl IS 'Progress of dmsctl tasks that write to this database. Removed by dmsctl destroy.'`,

  `CREATE TABLE dmsctl.control_version (version integer PRIMARY KEY)`,
  `COMMENT ON TABLE dmsctl.control_version IS 'One row: the version of these tables, so that an older dmsctl keeps off.'`,
  `INSERT INTO dmsctl.control_version VALUES (${CONTROL_VERSION})`,

  `CREATE TABLE dmsctl.task (
    spec text,
    task text,
    lineage text NOT NULL,
    source_identity text,
    epoch bigint NOT NULL,
    lease_host_id text,
    lease_host_name text,
    lease_pid integer,
    lease_until timestamptz,
    checkpoint_position text,
    PRIMARY KEY (spec, task)
  )`,
  `COMMENT ON TABLE dmsctl.task IS 'One row a task. Every transaction that writes for a task checks that its epoch is still the one it was started with; lease_until says how long the process that runs it is taken for alive.'`,

  `CREATE TABLE dmsctl.table_state (
    spec text,
    task text,
    source_schema text,
    source_table text,
    target_schema text NOT NULL,
    target_table text NOT NULL,
    phase text NOT NULL CHECK (phase IN ('prepared', 'loading', 'loaded')),
    mapping_fingerprint text NOT NULL,
    load_basis text NOT NULL,
    is_created_by_task boolean NOT NULL,
    restore_sql text[] NOT NULL,
    rows_loaded bigint,
    bytes_loaded bigint,
    error_code text,
    error_detail text,
    PRIMARY KEY (spec, task, source_schema, source_table)
  )`,
  `COMMENT ON TABLE dmsctl.table_state IS 'One row a table of a task. restore_sql puts back, in this order, the foreign keys and triggers that were taken aside for the load; rows_loaded and bytes_loaded are set when the load is complete.'`,

  `CREATE TABLE dmsctl.chunk (
    spec text,
    task text,
    source_schema text,
    source_table text,
    part integer,
    key_after text[],
    key_up_to text[],
    is_done boolean NOT NULL DEFAULT false,
    boundary json,
    rows bigint NOT NULL DEFAULT 0,
    bytes bigint NOT NULL DEFAULT 0,
    zero_dates bigint NOT NULL DEFAULT 0,
    nul_characters bigint NOT NULL DEFAULT 0,
    invalid_texts bigint NOT NULL DEFAULT 0,
    finished_at timestamptz,
    PRIMARY KEY (spec, task, source_schema, source_table, part)
  )`,
  `COMMENT ON TABLE dmsctl.chunk IS 'One row a part of a table''s load: the rows with key_after < key <= key_up_to. It is done in the transaction that wrote its rows. boundary says which changes of the source these rows contain.'`,

  `CREATE TABLE dmsctl.exception (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    spec text NOT NULL,
    task text NOT NULL,
    source_schema text NOT NULL,
    source_table text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    error_code text NOT NULL,
    error_detail text NOT NULL
  )`,
  `COMMENT ON TABLE dmsctl.exception IS 'Rows that could not be written, where the policy rowError is record.'`,
];

/** In the order in which they can be dropped. */
const CONTROL_TABLES = ['exception', 'chunk', 'table_state', 'task', 'control_version'].map(
  (table) => `dmsctl.${table}`,
);

/** False when there are none. Rejects those that this dmsctl must not touch. Creates nothing. */
export async function hasControlTables(connection: PostgresConnection): Promise<boolean> {
  // Not by to_regclass, which may answer from before the lock was waited for, within the same transaction.
  const found = await connection.query<{ readonly name: string }>(
    `SELECT relname AS name FROM pg_class
     WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = 'dmsctl') AND relname IN ('control_version', 'task')`,
  );
  const names = found.map(({ name }) => name);
  if (!names.includes('control_version')) {
    if (names.includes('task')) throw schemaTaken();
    return false;
  }
  const [row] = await connection.query<{ version: string }>(
    `SELECT max(version)::text AS version FROM dmsctl.control_version`,
  );
  if (Number(row?.version) !== CONTROL_VERSION) throw newerVersion(row?.version ?? 'unknown');
  return true;
}

/** Inside a transaction; other first claims wait for its end. */
export async function ensureControlTables(connection: PostgresConnection): Promise<void> {
  if (await hasControlTables(connection)) return;
  await connection.query(LOCK_CONTROL_TABLES);
  if (await hasControlTables(connection)) return;
  for (const statement of CREATE_CONTROL_TABLES) await connection.query(statement);
}

/** Drops the control tables when no task is left in them; the schema stays when somebody else put something there. */
export async function dropUnusedControlTables(connection: PostgresConnection): Promise<boolean> {
  // A claim under way has its row in the table before others see it; wait for its end.
  await connection.query('LOCK TABLE dmsctl.task IN ACCESS EXCLUSIVE MODE');
  const tasks = await connection.query('SELECT 1 FROM dmsctl.task LIMIT 1');
  if (tasks.length > 0) return false;
  await connection.query(`DROP TABLE ${CONTROL_TABLES.join(', ')}`);
  const [schema] = await connection.query(
    `SELECT 1 FROM pg_namespace n
     WHERE nspname = 'dmsctl' AND pg_has_role(nspowner, 'USAGE') AND NOT EXISTS (
       SELECT 1 FROM pg_depend WHERE refclassid = 'pg_namespace'::regclass AND refobjid = n.oid)`,
  );
  if (schema !== undefined) await connection.query('DROP SCHEMA dmsctl');
  return true;
}

/** Catalogs whose rows loading a table adds or changes, and planning reads. */
const CHANGED_CATALOGS = [
  'pg_attrdef',
  'pg_attribute',
  'pg_class',
  'pg_constraint',
  'pg_depend',
  'pg_description',
  'pg_index',
  'pg_inherits',
  'pg_namespace',
  'pg_stats',
  'pg_trigger',
  'pg_type',
];

/**
 * Outside a transaction, when all is done. Whoever reads a row first after its commit sets its hint bits, and with
 * checksums (the default from PostgreSQL 18) that is logged. Doing it now keeps a later run that only reads from writing.
 */
export async function settleTables(connection: PostgresConnection): Promise<void> {
  await connection.query(`VACUUM (ANALYZE) ${CONTROL_TABLES.join(', ')}`);
  await connection.query(CHANGED_CATALOGS.map((catalog) => `SELECT count(*) FROM pg_catalog.${catalog}`).join(';'));
}

function schemaTaken(): DmsctlError {
  return new DmsctlError('PG_CONTROL_SCHEMA_TAKEN', {
    detail: 'the target has a schema dmsctl with a table task, but not the table control_version that dmsctl makes.',
    fix: 'Rename that schema; dmsctl keeps the progress of its tasks under this name:\n  ALTER SCHEMA dmsctl RENAME TO dmsctl_other;',
  });
}

function newerVersion(version: string): DmsctlError {
  return new DmsctlError('PG_CONTROL_TABLES_OTHER_VERSION', {
    detail: `the control tables in the target's schema dmsctl have version ${version}; this dmsctl works with version ${CONTROL_VERSION}.`,
    fix: 'Use the dmsctl that wrote them, or a newer one.',
  });
}
