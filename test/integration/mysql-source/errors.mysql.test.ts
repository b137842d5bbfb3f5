import { afterAll, beforeAll, expect, it } from 'vitest';
import { openMysqlSource } from '../../../src/engines/mysql/engine.js';
import { toDmsctlError, type DmsctlError } from '../../../src/errors/dmsctl-error.js';
import { Secret } from '../../../src/lib/secret.js';
import type { Endpoint } from '../../../src/model/endpoint.js';
import { describeWithServer } from '../../servers/describe-with-server.js';
import { freePort } from '../../../src/demo/free-port.js';
import { MYSQL_FAMILY, SourceDatabase } from './source-database.js';

const CANARY = 'p@ss:w/rd?#{}%\\ ü';

for (const engine of MYSQL_FAMILY) {
  describeWithServer(engine, `errors from ${engine}`, (server) => {
    let database: SourceDatabase;
    let user: string;
    beforeAll(async () => {
      database = await SourceDatabase.create(server);
      user = `u_${database.name.slice(-10)}`;
      await database.run(
        `CREATE USER '${user}'@'%' IDENTIFIED BY '${CANARY.replaceAll('\\', '\\\\')}'`,
        'CREATE TABLE readable (id int PRIMARY KEY)',
        'CREATE TABLE partly (id int PRIMARY KEY, secret int)',
        'CREATE TABLE hidden (id int PRIMARY KEY)',
        'CREATE TABLE old_engine (id int PRIMARY KEY) ENGINE = MyISAM',
        `GRANT SELECT ON ${database.name}.readable TO '${user}'@'%'`,
        `GRANT SELECT (id) ON ${database.name}.partly TO '${user}'@'%'`,
      );
    });
    afterAll(async () => {
      await database.run(`DROP USER '${user}'@'%'`);
      await database.dispose();
    });

    const errorWith = async (change: Partial<Endpoint>): Promise<DmsctlError> => {
      const source = openMysqlSource({ ...database.endpoint, ...change });
      try {
        await source.schemaReader.describeServer(database.signal);
        throw new Error('no error came');
      } catch (error) {
        return toDmsctlError(error);
      } finally {
        await source.close();
      }
    };

    it('wrong password', async () => {
      const error = await errorWith({ password: new Secret('wrong canary') });
      expect(error).toMatchObject({ code: 'MYSQL_ACCESS_DENIED', exitCode: 77 });
      expect(`${error.message}${error.fix}`).not.toContain('canary');
    });

    it('unknown database', async () => {
      expect(await errorWith({ database: 'dmsctl_no_such' })).toMatchObject({
        code: 'MYSQL_UNKNOWN_DATABASE',
        exitCode: 77,
      });
    });

    it('closed port', async () => {
      expect(await errorWith({ port: await freePort() })).toMatchObject({ code: 'MYSQL_UNREACHABLE', exitCode: 69 });
    });

    it('unknown host', async () => {
      expect(await errorWith({ host: 'no-such-host.invalid' })).toMatchObject({ code: 'MYSQL_UNREACHABLE' });
    });

    it('the other engine', async () => {
      const other = engine === 'mysql' ? 'mariadb' : 'mysql';
      expect(await errorWith({ engine: other })).toMatchObject({ code: 'MYSQL_WRONG_ENGINE', exitCode: 77 });
    });

    it('a certificate that no known authority signed, or none at all', async () => {
      const tls = { ...database.endpoint.tls, mode: 'verify-ca' } as const;
      expect(await errorWith({ tls })).toMatchObject({ code: 'MYSQL_TLS', exitCode: 77 });
    });

    it('verify-full with an address in place of a name', async () => {
      const tls = { ...database.endpoint.tls, mode: 'verify-full' } as const;
      expect(await errorWith({ host: '127.0.0.1', tls })).toMatchObject({ code: 'MYSQL_TLS' });
    });

    it('missing rights are findings with the SQL that grants them', async () => {
      const source = openMysqlSource({ ...database.endpoint, user, password: new Secret(CANARY) });
      const tables = ['readable', 'partly', 'hidden'].map((table) => ({ schema: database.name, table }));
      const check = source.prechecks(tables).find(({ name }) => name === 'mysql.select-privilege');
      const findings = await check?.run(database.signal);
      await source.close();
      expect(findings?.map(({ object, severity }) => [object, severity])).toEqual([
        [`${database.name}.partly`, 'error'],
        [`${database.name}.hidden`, 'error'],
      ]);
      await database.run(...(findings ?? []).map(({ fix }) => fix.split('\n').at(-1)?.trim() ?? ''));
      expect(await check?.run(database.signal).catch(() => 'closed')).toEqual([]);
    });

    it('a table without transactions is a warning', async () => {
      const tables = ['readable', 'old_engine'].map((table) => ({ schema: database.name, table }));
      const checks = database.source.prechecks(tables);
      const findings = (await Promise.all(checks.map((check) => check.run(database.signal)))).flat();
      expect(findings).toMatchObject([
        { check: 'mysql.storage-engine', severity: 'warning', object: `${database.name}.old_engine` },
      ]);
    });
  });
}
