/**
 * What a user may have on the target before: a table with foreign keys both ways and triggers that must not see the load,
 * and one without any, whose load a test can hold up by a lock (hold-notes.ts).
 */

export function ownObjectStatements(
  schema: string,
  { database, role }: { readonly database: string; readonly role: string },
): readonly string[] {
  return [
    ...(role === 'postgres' ? [] : [`CREATE ROLE ${role} LOGIN`, `GRANT CREATE ON DATABASE ${database} TO ${role}`]),
    `CREATE SCHEMA ${schema} AUTHORIZATION ${role}`,
    `SET ROLE ${role}`,
    `CREATE TABLE ${schema}.positions (position int PRIMARY KEY)`,
    `INSERT INTO ${schema}.positions VALUES (0), (1), (2), (3)`,
    `CREATE TABLE ${schema}.order_lines (id bigint PRIMARY KEY, order_id bigint NOT NULL, position int NOT NULL,
       CONSTRAINT order_lines_position FOREIGN KEY (position) REFERENCES ${schema}.positions DEFERRABLE INITIALLY DEFERRED)`,
    `COMMENT ON CONSTRAINT order_lines_position ON ${schema}.order_lines IS 'one of the four'`,
    `CREATE TABLE ${schema}.line_notes (line_id bigint REFERENCES ${schema}.order_lines ON DELETE CASCADE)`,
    `CREATE TABLE ${schema}.audit (entry text)`,
    `CREATE FUNCTION ${schema}.write_audit() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN INSERT INTO ${schema}.audit VALUES (TG_NAME); RETURN NEW; END $$`,
    ...['ordinary', 'always', 'disabled', 'replica'].map(
      (name) =>
        `CREATE TRIGGER audit_${name} AFTER INSERT ON ${schema}.order_lines FOR EACH ROW EXECUTE FUNCTION ${schema}.write_audit()`,
    ),
    `ALTER TABLE ${schema}.order_lines ENABLE ALWAYS TRIGGER audit_always`,
    `ALTER TABLE ${schema}.order_lines DISABLE TRIGGER audit_disabled`,
    `ALTER TABLE ${schema}.order_lines ENABLE REPLICA TRIGGER audit_replica`,
    `CREATE TABLE ${schema}.notes (id bigint PRIMARY KEY, body text)`,
    'RESET ROLE',
  ];
}

/** Every foreign key and trigger of a schema with what makes it what it is. $1: the schema. */
export const OWN_OBJECTS = `
  SELECT conrelid::regclass::text AS relation, conname AS name, pg_get_constraintdef(c.oid) AS definition,
    convalidated::text AS mode, obj_description(c.oid, 'pg_constraint') AS comment
  FROM pg_constraint c JOIN pg_namespace n ON n.oid = connamespace WHERE nspname = $1 AND contype = 'f'
  UNION ALL
  SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(t.oid), tgenabled::text, NULL
  FROM pg_trigger t JOIN pg_class r ON r.oid = tgrelid JOIN pg_namespace n ON n.oid = relnamespace
  WHERE nspname = $1 AND NOT tgisinternal
  ORDER BY 1, 2`;
