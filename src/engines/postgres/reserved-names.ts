/** https://www.postgresql.org/docs/current/ddl-system-columns.html, https://www.postgresql.org/docs/current/ddl-schemas.html */
const SYSTEM_COLUMNS: ReadonlySet<string> = new Set(['cmax', 'cmin', 'ctid', 'tableoid', 'xmax', 'xmin']);
/** The second holds the control tables. */
const TAKEN_SCHEMAS: ReadonlySet<string> = new Set(['information_schema', 'dmsctl']);

export function isReservedName(kind: 'schema' | 'column', name: string): boolean {
  return kind === 'column' ? SYSTEM_COLUMNS.has(name) : name.startsWith('pg_') || TAKEN_SCHEMAS.has(name);
}
