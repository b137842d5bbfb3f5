/** User-defined types with the SQL that makes them. https://www.postgresql.org/docs/18/catalog-pg-type.html */
import type { UserType } from '../../model/table.js';
import type { PostgresConnection } from './connection.js';

/** A type outside pg_catalog. Arrays and multiranges are only a way to the types that `needs` names. */
interface TypeRow {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  readonly kind: UserType['kind'] | 'array' | 'multirange';
  readonly definition: string;
  /** JSON list of the labels of an enum. */
  readonly members: string | null;
  /** JSON list of the oids of the types that it is made of, built-in ones included. */
  readonly needs: string;
}

export class UserTypes {
  readonly #byOid: ReadonlyMap<string, TypeRow>;

  constructor(rows: readonly TypeRow[]) {
    this.#byOid = new Map(rows.map((row) => [row.oid, row]));
  }

  /** Every user type of the database, in no particular order. */
  all(): readonly UserType[] {
    return [...this.#byOid.values()].flatMap((row) => toUserType(row) ?? []);
  }

  /** What must exist before columns of these types can, each after what it is made of. */
  neededFor(typeOids: Iterable<string>): readonly UserType[] {
    const needed = new Map<string, UserType | null>();
    const visit = (oid: string): void => {
      const row = this.#byOid.get(oid);
      if (row === undefined || needed.has(oid)) return;
      for (const inner of stringList(row.needs)) visit(inner);
      needed.set(oid, toUserType(row));
    };
    for (const oid of typeOids) visit(oid);
    return [...needed.values()].filter((type) => type !== null);
  }

  /** Labels of an enum, in its order; empty for any other type. */
  membersOf(typeOid: string): readonly string[] {
    return stringList(this.#byOid.get(typeOid)?.members ?? '[]');
  }

  /** Name of the extension that owns the type. */
  extensionOf(typeOid: string): string | null {
    const row = this.#byOid.get(typeOid);
    return row?.kind === 'extension' ? row.definition : null;
  }
}

export async function readUserTypes(connection: PostgresConnection): Promise<UserTypes> {
  const [server] = await connection.query<{ readonly hasMultiranges: string }>(
    `SELECT current_setting('server_version_num')::int >= 140000 AS "hasMultiranges"`,
  );
  const sql = typesSql({ hasMultiranges: server?.hasMultiranges === 't' });
  return new UserTypes(await connection.query<TypeRow>(sql, [], 'reading user-defined types'));
}

function toUserType({ schema, name, kind, definition }: TypeRow): UserType | null {
  return kind === 'array' || kind === 'multirange' ? null : { schema, name, kind, definition };
}

function stringList(json: string): readonly string[] {
  return JSON.parse(json) as readonly string[];
}

/** Multiranges came with PostgreSQL 14. */
function typesSql({ hasMultiranges }: { readonly hasMultiranges: boolean }): string {
  return `WITH user_type AS (
    SELECT t.*, n.nspname, x.extname
    FROM pg_type t
    JOIN pg_namespace n ON n.oid = t.typnamespace
    LEFT JOIN pg_depend d ON d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e'
    LEFT JOIN pg_extension x ON x.oid = d.refobjid
    WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_'
  )
  ${[EXTENSION_TYPES, ARRAYS, ENUMS, DOMAINS, COMPOSITES, ROW_TYPES, BASE_TYPES, ranges(hasMultiranges)].join('\nUNION ALL\n')}
  ${hasMultiranges ? `UNION ALL\n${MULTIRANGES}` : ''}`;
}

function branch(kind: string, parts: { definition: string; members?: string; needs: string; from: string }): string {
  const { definition, members = 'NULL', needs, from } = parts;
  return `SELECT t.oid::text AS oid, t.nspname AS schema, t.typname AS name, '${kind}' AS kind, ${definition} AS definition,
    ${members} AS members, ${needs} AS needs FROM user_type t ${from}`;
}

const IS_ARRAY = `(t.typcategory = 'A' AND t.typelem <> 0)`;

const EXTENSION_TYPES = branch('extension', {
  definition: 't.extname::text',
  needs: `'[]'`,
  from: `WHERE t.extname IS NOT NULL AND NOT ${IS_ARRAY}`,
});

const ARRAYS = branch('array', {
  definition: `''`,
  needs: 'json_build_array(t.typelem::text)::text',
  from: `WHERE ${IS_ARRAY}`,
});

const ENUMS = branch('enum', {
  definition: `'AS ENUM (' || coalesce(labels.quoted, '') || ')'`,
  members: `coalesce(labels.members, '[]')`,
  needs: `'[]'`,
  from: `CROSS JOIN LATERAL (
      SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder) AS quoted,
        json_agg(e.enumlabel ORDER BY e.enumsortorder)::text AS members
      FROM pg_enum e WHERE e.enumtypid = t.oid) labels
    WHERE t.extname IS NULL AND t.typtype = 'e'`,
});

/** A COLLATE clause where the collation is not the type's own. */
function collate(collation: string, type: string): string {
  return `coalesce((SELECT ' COLLATE ' || quote_ident(cn.nspname) || '.' || quote_ident(co.collname)
    FROM pg_collation co JOIN pg_namespace cn ON cn.oid = co.collnamespace, pg_type ct
    WHERE co.oid = ${collation} AND ct.oid = ${type} AND co.oid <> ct.typcollation), '')`;
}

/** Without its default, which no loaded value uses, and without checks that the source's own values need not pass. */
const DOMAINS = branch('domain', {
  definition: `'AS ' || format_type(t.typbasetype, t.typtypmod) || ${collate('t.typcollation', 't.typbasetype')}
      || coalesce(checks.sql, '') || CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END`,
  needs: 'json_build_array(t.typbasetype::text)::text',
  from: `CROSS JOIN LATERAL (
      SELECT string_agg(' CONSTRAINT ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid), ''
        ORDER BY k.conname COLLATE "C") AS sql
      FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c' AND k.convalidated) checks
    WHERE t.extname IS NULL AND t.typtype = 'd'`,
});

const ATTRIBUTES = `CROSS JOIN LATERAL (
      SELECT string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
          || ${collate('a.attcollation', 'a.atttypid')}, ', ' ORDER BY a.attnum) AS sql,
        json_agg(a.atttypid::text ORDER BY a.attnum)::text AS needs
      FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) attributes`;

const COMPOSITES = branch('composite', {
  definition: `'AS (' || coalesce(attributes.sql, '') || ')'`,
  needs: `coalesce(attributes.needs, '[]')`,
  from: `JOIN pg_class c ON c.oid = t.typrelid AND c.relkind = 'c' ${ATTRIBUTES}
    WHERE t.extname IS NULL AND t.typtype = 'c'`,
});

/** The structure is told for comparison. */
const ROW_TYPES = branch('other', {
  definition: `'AS (' || coalesce(attributes.sql, '') || ')'`,
  needs: `coalesce(attributes.needs, '[]')`,
  from: `JOIN pg_class c ON c.oid = t.typrelid AND c.relkind <> 'c' ${ATTRIBUTES}
    WHERE t.extname IS NULL AND t.typtype = 'c'`,
});

const BASE_TYPES = branch('other', {
  definition: `''`,
  needs: `'[]'`,
  from: `WHERE t.extname IS NULL AND t.typtype = 'b' AND NOT ${IS_ARRAY}`,
});

/** A canonical function is named although it must exist first: without it the type would be another one. */
function ranges(hasMultiranges: boolean): string {
  const multirange = `|| (SELECT ', MULTIRANGE_TYPE_NAME = ' || format_type(r.rngmultitypid, NULL))`;
  return branch('range', {
    definition: `'AS RANGE (SUBTYPE = ' || format_type(r.rngsubtype, NULL)
      || CASE WHEN o.opcdefault THEN '' ELSE ', SUBTYPE_OPCLASS = ' || quote_ident(opn.nspname) || '.' || quote_ident(o.opcname) END
      || coalesce((SELECT ', COLLATION = ' || quote_ident(cn.nspname) || '.' || quote_ident(co.collname)
          FROM pg_collation co JOIN pg_namespace cn ON cn.oid = co.collnamespace, pg_type st
          WHERE co.oid = r.rngcollation AND st.oid = r.rngsubtype AND co.oid <> st.typcollation), '')
      || CASE WHEN r.rngcanonical = 0 THEN '' ELSE ', CANONICAL = ' || r.rngcanonical::text END
      || CASE WHEN r.rngsubdiff = 0 THEN '' ELSE ', SUBTYPE_DIFF = ' || r.rngsubdiff::text END
      ${hasMultiranges ? multirange : ''} || ')'`,
    needs: 'json_build_array(r.rngsubtype::text)::text',
    from: `JOIN pg_range r ON r.rngtypid = t.oid
    JOIN pg_opclass o ON o.oid = r.rngsubopc JOIN pg_namespace opn ON opn.oid = o.opcnamespace
    WHERE t.extname IS NULL`,
  });
}

const MULTIRANGES = branch('multirange', {
  definition: `''`,
  needs: 'json_build_array(r.rngtypid::text)::text',
  from: `JOIN pg_range r ON r.rngmultitypid = t.oid WHERE t.extname IS NULL`,
});
