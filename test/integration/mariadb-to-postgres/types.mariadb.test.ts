import { MARIADB_ONLY } from '../../support/type-cases/mysql/mariadb.js';
import { describeMysqlTypes } from '../../support/type-cases/mysql/suite.js';
import { MARIADB_LEFT_OUT, MARIADB_TABLES } from '../../support/type-cases/mysql/tables.js';

describeMysqlTypes({
  engine: 'mariadb',
  placeWkt: 'POINT(20 10)',
  families: MARIADB_ONLY,
  tables: MARIADB_TABLES,
  refused: [],
  leftOut: MARIADB_LEFT_OUT,
});
