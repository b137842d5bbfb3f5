import { describeWithServer } from '../../servers/describe-with-server.js';
import { describePostgresTypes } from '../../support/type-cases/postgres/suite.js';
import { VIRTUAL_TABLES } from '../../support/type-cases/postgres/tables.js';
import { ENDLESS } from '../../support/type-cases/postgres/times.js';

describeWithServer('postgres', 'types of PostgreSQL', (server) => {
  describePostgresTypes({
    source: () => server,
    target: () => server,
    moreFamilies: [ENDLESS],
    moreTables: VIRTUAL_TABLES,
  });
});
