import { execFile, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, chown, copyFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectPostgres, type PostgresConnection } from '../../../src/engines/postgres/connection.js';
import { PostgresConnections } from '../../../src/engines/postgres/connection-pool.js';
import { copyOut } from '../../../src/engines/postgres/copy-out.js';
import { Secret } from '../../../src/lib/secret.js';
import type { Endpoint, TlsSettings } from '../../../src/model/endpoint.js';
import { createDatabase } from '../../servers/create-database.js';
import { describeUnlessMissing, describeWithServer } from '../../servers/describe-with-server.js';
import { startPostgres } from '../../servers/postgres.js';
import type { TestServer } from '../../servers/test-server.js';
import { connectTo } from '../../servers/text-connection.js';
import { endpointAt, signal } from './source-database.js';

const NO_TLS: TlsSettings = { mode: 'disable', ca: null, cert: null, key: null };

async function failure(endpoint: Endpoint, stop: AbortSignal = signal): Promise<unknown> {
  return connectPostgres(endpoint, { role: 'source', signal: stop }).then(
    () => 'connected',
    (error: unknown) => error,
  );
}

function pidOf(connection: PostgresConnection): Promise<number | null> {
  return Promise.resolve(connection.backendPid());
}

describeWithServer('postgres', 'connections to PostgreSQL', (server) => {
  const endpoint = endpointAt(server, 'postgres');

  it('fixes how values are written, whatever the database and role say', async () => {
    await using database = await createDatabase(server);
    for (const setting of [
      `TimeZone TO 'Asia/Kolkata'`,
      `DateStyle TO 'German'`,
      `IntervalStyle TO 'iso_8601'`,
      `extra_float_digits TO 0`,
      `bytea_output TO 'escape'`,
      `array_nulls TO off`,
      `quote_all_identifiers TO on`,
      `transform_null_equals TO on`,
      `statement_timeout TO '1h'`,
      `default_transaction_isolation TO 'serializable'`,
      `search_path TO 'pg_catalog, public'`,
    ]) {
      await database.query(`ALTER DATABASE ${database.name} SET ${setting}`);
    }
    const connection = await connectPostgres(endpointAt(server, database.name), { role: 'source', signal });
    const [row] = await connection.query(
      `SELECT '2024-02-03 04:05:06+00'::timestamptz AS at, '1 day 2 hours'::interval AS span, 0.1::float8 + 0.2 AS float,
         '\\x00'::bytea AS bytes, ('{NULL}'::text[])[1] AS element, 1 = NULL AS unknown, quote_ident('a') AS quoted,
         'public.nothing' AS name, NULL AS nothing, 9007199254740993 AS large,
         current_setting('statement_timeout') AS timeout, current_setting('search_path') AS path,
         current_setting('transaction_isolation') AS isolation, current_setting('row_security') AS security`,
    );
    expect(row).toEqual({
      at: '2024-02-03 04:05:06+00',
      span: '1 day 02:00:00',
      float: '0.30000000000000004',
      bytes: '\\x00',
      element: null,
      unknown: null,
      quoted: 'a',
      name: 'public.nothing',
      nothing: null,
      large: '9007199254740993',
      timeout: '0',
      path: '""',
      isolation: 'read committed',
      security: 'off',
    });
    await connection.close();
  });

  it('names what is wrong with an endpoint', async () => {
    expect(await failure({ ...endpoint, database: 'no such' })).toMatchObject({
      code: 'PG_DATABASE_MISSING',
      exitCode: 77,
    });
    expect(await failure({ ...endpoint, port: 1 })).toMatchObject({ code: 'PG_CONNECTION_REFUSED', exitCode: 69 });
    expect(await failure({ ...endpoint, user: 'nobody here' })).toMatchObject({
      code: 'PG_LOGIN_REFUSED',
      exitCode: 77,
    });
  });

  it('gives a connect up when it is aborted', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const abort = new AbortController();
    silent.once('connection', () => {
      abort.abort(new Error('enough'));
    });
    const { port } = silent.address() as AddressInfo;
    expect(await failure({ ...endpoint, port }, abort.signal)).toMatchObject({ message: 'enough' });
    await new Promise((resolve) => silent.close(resolve));
  });

  it('ends a statement when its signal is aborted, on the server too, and only what that signal was for', async () => {
    const connections = new PostgresConnections(endpoint, 'source');
    const abort = new AbortController();
    const pid = await connections.use(abort.signal, pidOf);
    abort.abort(new Error('enough'));
    expect(await connections.use(signal, pidOf)).toBe(pid);

    const other = new AbortController();
    const marker = `SELECT pg_sleep(600) /* ${randomUUID()} */`;
    const sleeping = connections.use(other.signal, (connection) => connection.query(marker));
    const sleepers = () =>
      connections.use(signal, (connection) =>
        connection.query('SELECT FROM pg_stat_activity WHERE query = $1', [marker]),
      );
    await expect.poll(sleepers).toHaveLength(1);
    other.abort(new Error('enough'));
    await expect(sleeping).rejects.toThrow('enough');
    await expect.poll(sleepers, { timeout: 30_000 }).toEqual([]);
    await connections.close();
  });

  it('does not use a connection again that comes back in a transaction or dead', async () => {
    const connections = new PostgresConnections(endpoint, 'source');
    const pooledPid = () => connections.use(signal, pidOf);
    const first = await pooledPid();
    await connections.use(signal, async (connection) => connection.query('BEGIN'));
    const second = await pooledPid();
    expect(second).not.toBe(first);
    const killer = await connectTo(server, 'postgres');
    await killer.query('SELECT pg_terminate_backend($1, 10000)', [second]);
    await killer.close();
    await expect.poll(pooledPid).not.toBe(second);
    await connections.close();
  });
});

const withoutOpenssl = spawnSync('openssl', ['version']).error === undefined ? null : 'this machine has no openssl';

describeUnlessMissing(withoutOpenssl, 'connections to PostgreSQL with TLS and passwords', () => {
  let server: TestServer;
  let folder: string;
  let ca: string;
  let endpoint: Endpoint;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dmsctl-tls-'));
    const [key, certificate] = [join(folder, 'server.key'), join(folder, 'server.crt')];
    const openssl = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=db.test'];
    await promisify(execFile)('openssl', [...openssl, '-keyout', key, '-out', certificate]);
    ca = await readFile(certificate, 'utf8');
    server = await startPostgres();
    // The server wants to own its key.
    const data = join(server.folder, 'data');
    const { uid, gid } = await stat(data);
    for (const name of ['server.key', 'server.crt']) {
      await copyFile(join(folder, name), join(data, name));
      await chown(join(data, name), uid, gid);
      await chmod(join(data, name), 0o600);
    }
    const admin = await connectTo(server, 'postgres');
    await admin.query(`ALTER SYSTEM SET ssl TO on`);
    await admin.query(`CREATE ROLE "us er" LOGIN PASSWORD 'p@:/?#{}%\\ ''ü'`);
    await admin.close();
    await server.restart();
    endpoint = endpointAt(server, 'postgres');
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const withTls = (tls: Partial<TlsSettings>): Endpoint => ({ ...endpoint, tls: { ...NO_TLS, ...tls } });

  async function isEncrypted(to: Endpoint): Promise<string | undefined> {
    const connection = await connectPostgres(to, { role: 'source', signal });
    const [row] = await connection.query<{ ssl: string }>('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()');
    await connection.close();
    return row?.ssl;
  }

  it('encrypts by mode, and checks the certificate where the mode says so', async () => {
    expect(await isEncrypted(withTls({ mode: 'disable' }))).toBe('f');
    expect(await isEncrypted(withTls({ mode: 'prefer' }))).toBe('t');
    expect(await isEncrypted(withTls({ mode: 'require' }))).toBe('t');
    expect(await isEncrypted(withTls({ mode: 'verify-ca', ca }))).toBe('t');
    expect(await failure(withTls({ mode: 'verify-ca' }))).toMatchObject({ code: 'PG_TLS_FAILED', exitCode: 77 });
    expect(await failure(withTls({ mode: 'verify-full', ca }))).toMatchObject({ code: 'PG_TLS_FAILED' });
  });

  it('reads rows over TLS', async () => {
    const connection = await connectPostgres(withTls({ mode: 'require' }), { role: 'source', signal });
    const sql = `COPY (SELECT n, repeat('x', 100) FROM generate_series(1, 100000) n) TO STDOUT`;
    let rows = 0;
    for await (const batch of copyOut(connection, { sql, format: 'copy-text', object: 't' }).batches())
      rows += batch.rows;
    expect(rows).toBe(100_000);
    expect(await connection.query('SELECT 1 AS one')).toEqual([{ one: '1' }]);
    await connection.close();
  });

  it('asks for no TLS behind the back of the mode', async () => {
    const admin = await connectTo(server, 'postgres');
    await admin.query('ALTER SYSTEM SET ssl TO off');
    await admin.query('SELECT pg_reload_conf()');
    await expect.poll(() => isEncrypted(withTls({ mode: 'prefer' }))).toBe('f');
    expect(await failure(withTls({ mode: 'require' }))).toMatchObject({ code: 'PG_TLS_NOT_OFFERED', exitCode: 77 });
    await admin.close();
  });

  it('logs in with any password, and names a wrong, a missing and an unknown one', async () => {
    const admin = await connectTo(server, 'postgres');
    const [row] = await admin.query('SHOW hba_file');
    const lines = `ARRAY['local all all trust', 'host all postgres all trust', 'host all "us er" all scram-sha-256']`;
    await admin.query(`COPY (SELECT unnest(${lines})) TO '${row?.hba_file ?? ''}'`);
    await admin.query('SELECT pg_reload_conf()');
    const user = { ...withTls({}), user: 'us er' };
    await expect.poll(() => failure(user)).toMatchObject({ code: 'PG_PASSWORD_MISSING' });
    expect(await isEncrypted({ ...user, password: new Secret(`p@:/?#{}%\\ 'ü`) })).toBe('f');
    const wrong = await failure({ ...user, password: new Secret('canary') });
    expect(wrong).toMatchObject({ code: 'PG_WRONG_PASSWORD', exitCode: 77 });
    expect(String(wrong)).not.toContain('canary');
    expect(await failure({ ...user, user: 'other' })).toMatchObject({ code: 'PG_LOGIN_REFUSED' });
    await admin.close();
  });
});
