/** Reads the rows of information_schema that describe tables. A constant number of queries, whatever the number of tables. */
import type { MysqlConnection, QueryContext, TextRow } from './connection.js';
import { textLiteral } from './identifiers.js';

type InTable = 'schemaName' | 'tableName';
export type TableRow = TextRow<InTable | 'kind' | 'storageEngine' | 'estimatedRows' | 'estimatedBytes'>;
export type ColumnRow = TextRow<
  | InTable
  | 'name'
  | 'ordinal'
  | 'dataType'
  | 'columnType'
  | 'isNullable'
  | 'lengthMax'
  | 'collation'
  | 'precision'
  | 'scale'
  | 'fraction'
  | 'extra'
  | 'generation'
  | 'srid'
>;
export type KeyPartRow = TextRow<InTable | 'keyName' | 'ordinal' | 'columnName' | 'prefixLength'>;
export type CheckRow = TextRow<InTable | 'clause'>;

export interface CatalogRows {
  readonly tables: readonly TableRow[];
  readonly columns: readonly ColumnRow[];
  readonly uniqueKeyParts: readonly KeyPartRow[];
  readonly checks: readonly CheckRow[];
}

/** `schemas` null: all but the system's own. */
export async function readCatalogRows(
  connection: MysqlConnection,
  schemas: readonly string[] | null,
  signal: AbortSignal,
): Promise<CatalogRows> {
  const { flavor, version } = connection.server;
  const inSchemas = (column: string): string =>
    schemas === null ? `${column} NOT IN (${list(flavor.systemSchemas)})` : `${column} IN (${list(schemas)})`;
  const context = (what: string): QueryContext => ({ doing: `reading the ${what} in information_schema`, signal });

  const tables = await connection.query<TableRow>(
    `SELECT TABLE_SCHEMA AS schemaName, TABLE_NAME AS tableName, TABLE_TYPE AS kind, ENGINE AS storageEngine,
       TABLE_ROWS AS estimatedRows, DATA_LENGTH AS estimatedBytes
     FROM information_schema.TABLES WHERE ${inSchemas('TABLE_SCHEMA')}`,
    context('tables'),
  );
  const columns = await connection.query<ColumnRow>(
    `SELECT TABLE_SCHEMA AS schemaName, TABLE_NAME AS tableName, COLUMN_NAME AS name, ORDINAL_POSITION AS ordinal,
       DATA_TYPE AS dataType, COLUMN_TYPE AS columnType, IS_NULLABLE AS isNullable,
       CHARACTER_MAXIMUM_LENGTH AS lengthMax, COLLATION_NAME AS collation, NUMERIC_PRECISION AS \`precision\`, NUMERIC_SCALE AS scale,
       DATETIME_PRECISION AS fraction, EXTRA AS extra, GENERATION_EXPRESSION AS generation,
       ${flavor.hasColumnSrid ? 'SRS_ID' : 'NULL'} AS srid
     FROM information_schema.COLUMNS WHERE ${inSchemas('TABLE_SCHEMA')}`,
    context('columns'),
  );
  const uniqueKeyParts = await connection.query<KeyPartRow>(
    `SELECT TABLE_SCHEMA AS schemaName, TABLE_NAME AS tableName, INDEX_NAME AS keyName, SEQ_IN_INDEX AS ordinal,
       COLUMN_NAME AS columnName, SUB_PART AS prefixLength
     FROM information_schema.STATISTICS
     WHERE NON_UNIQUE = 0 AND ${flavor.usableIndexCondition(version)} AND ${inSchemas('TABLE_SCHEMA')}`,
    context('keys'),
  );
  const checks = flavor.hasJsonCheckConstraints
    ? await connection.query<CheckRow>(
        `SELECT CONSTRAINT_SCHEMA AS schemaName, TABLE_NAME AS tableName, CHECK_CLAUSE AS clause
         FROM information_schema.CHECK_CONSTRAINTS
         WHERE CHECK_CLAUSE LIKE 'json_valid(%' AND ${inSchemas('CONSTRAINT_SCHEMA')}`,
        context('checks'),
      )
    : [];
  // The catalog compares names without case; MySQL's own names may differ in nothing else.
  const isWanted = ({ schemaName }: TextRow<'schemaName'>): boolean =>
    schemas === null || (schemaName !== null && schemas.includes(schemaName));
  return {
    tables: tables.filter(isWanted),
    columns: columns.filter(isWanted),
    uniqueKeyParts: uniqueKeyParts.filter(isWanted),
    checks: checks.filter(isWanted),
  };
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'NULL' : names.map(textLiteral).join(', ');
}
