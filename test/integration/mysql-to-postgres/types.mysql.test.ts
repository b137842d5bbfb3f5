import { MYSQL_ONLY } from '../../support/type-cases/mysql/mysql9.js';
import { describeMysqlTypes } from '../../support/type-cases/mysql/suite.js';
import { MYSQL_TABLES } from '../../support/type-cases/mysql/tables.js';

describeMysqlTypes({
  engine: 'mysql',
  placeWkt: 'POINT(10 20)',
  families: MYSQL_ONLY,
  tables: MYSQL_TABLES,
  // PostgreSQL's own refusal: jsonb cannot hold the character.
  refused: [{ table: 'nul_in_json', type: 'json', value: String.raw`'["\\u0000"]'`, code: 'PG_INVALID_TEXT' }],
  leftOut: [],
});
