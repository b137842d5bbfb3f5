import { describe, expect, it } from 'vitest';
import { changed, ENV, load, problemsOf, VALID } from './spec-fixture.js';

const AWKWARD = 'p@:/?#{}%\\ ü"\'x';
const PEM = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
const KEY = '-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----\n';

/** The valid spec with this url for the target endpoint, and what became of it. */
async function targetOf(url: string, env: NodeJS.ProcessEnv = {}) {
  const spec = await load(changed('url: ${env:TARGET_URL}', `url: '${url}'`), { env: { ...ENV, ...env } });
  const { host, port, database, user, password, tls } = spec.endpoints[1] ?? expect.fail('no endpoint');
  return { host, port, database, user, password: password?.reveal() ?? null, mode: tls.mode };
}

const PLAIN = { host: 'h', port: 5432, database: 'd', user: 'u', password: null, mode: 'prefer' };

describe('url', () => {
  it('gives host, port, database, user and TLS mode', async () => {
    expect(await targetOf('postgres://u@h/d')).toEqual(PLAIN);
    expect(await targetOf('postgresql://u%40corp@[::1]:99/my%20db?sslmode=verify-full')).toEqual({
      host: '::1',
      port: 99,
      database: 'my db',
      user: 'u@corp',
      password: null,
      mode: 'verify-full',
    });
  });

  it.each([
    ['a whole url, encoded', '${env:URL}', { URL: `postgres://u:${encodeURIComponent(AWKWARD)}@h/d` }],
    ['a whole url, as it is', '${env:URL}', { URL: `postgres://u:${AWKWARD}@h/d` }],
    ['a password in a url, as it is', 'postgres://u:${env:P}@h/d', { P: AWKWARD }],
    ['a password in a url, encoded', 'postgres://u:${env:P}@h/d', { P: encodeURIComponent(AWKWARD) }],
    ['user and password in one variable', 'postgres://${env:C}@h/d', { C: `u:${encodeURIComponent(AWKWARD)}` }],
  ])('takes a password with any character: %s', async (_, url, env) => {
    expect(await targetOf(url, env)).toEqual({ ...PLAIN, password: AWKWARD });
  });

  it('keeps each part of a url that is made of variables', async () => {
    const env = { U: 'me@corp', P: 'a/b', H: 'h', D: 'd' };
    expect(await targetOf('postgres://${env:U}:${env:P}@${env:H}/${env:D}', env)).toEqual({
      ...PLAIN,
      user: 'me@corp',
      password: 'a/b',
    });
  });

  it.each([
    [
      'the wrong scheme',
      'mysql://u@h/d',
      /^expected a url that starts with postgres:\/\/ or postgresql:\/\/ for engine/,
    ],
    ['no scheme', 'h/d', /^expected a url that starts with/],
    ['no host', 'postgres://u@/d', /^expected postgres:\/\/user:password@host/],
    ['a port out of range', 'postgres://u@h:70000/d', /^the port must be/],
    ['another parameter', 'postgres://u@h/d?password=x', /^takes one parameter, sslmode/],
    ['a word that is none', 'postgres://u@h/d?sslmode=constructor', /^takes one parameter, sslmode/],
    ['two readings', 'postgres://u:p@h/d@k', /^can be read in two ways/],
    ['two readings without a user', 'postgres://h/d@k', /^can be read in two ways/],
    ['a NUL', 'postgres://u%00@h/d', /^holds a NUL/],
  ])('refuses %s', async (_, url, message) => {
    const [problem, ...more] = await problemsOf(changed('${env:TARGET_URL}', url));
    expect(more).toEqual([]);
    expect(problem?.replace('11:10 endpoints.warehouse.url: ', '')).toMatch(message);
  });

  it('takes mariadb:// and mysql:// for MariaDB, and its own word for TLS', async () => {
    for (const scheme of ['mariadb', 'mysql']) {
      const text = changed(
        'engine: mysql\n    host: old.internal',
        `engine: mariadb\n    url: ${scheme}://h?ssl-mode=REQUIRED`,
      );
      expect((await load(text)).endpoints[0]).toMatchObject({ host: 'h', user: 'reader', tls: { mode: 'require' } });
    }
  });
});

describe('what an endpoint needs', () => {
  it('is a host, a user and, on PostgreSQL, a database', async () => {
    const text = changed('    host: old.internal\n    user: reader\n', '').replace(
      'url: ${env:TARGET_URL}',
      'url: postgres://h',
    );
    expect(await problemsOf(text)).toEqual([
      '4:3 endpoints.legacy.host: this key is missing: write host, or a url that names it',
      '4:3 endpoints.legacy.user: this key is missing: write user, or a url that names it',
      '7:3 endpoints.warehouse.user: this key is missing: the url does not name it',
      '7:3 endpoints.warehouse.database: this key is missing: the url does not name it',
    ]);
  });

  it('is nothing twice', async () => {
    expect(await problemsOf(changed('url: ${env:TARGET_URL}', 'url: ${env:TARGET_URL}\n    database: other'))).toEqual([
      '12:15 endpoints.warehouse.database: is given here and in the url; leave one of them out',
    ]);
  });

  it('is a port in range, also as text', async () => {
    const withPort = (port: string) => changed('host: old.internal', `host: h\n    port: ${port}`);
    const env = { ...ENV, PORT: '3307' };
    expect((await load(withPort('${env:PORT}'), { env })).endpoints[0]?.port).toBe(3307);
    expect(await problemsOf(withPort('"99999"'))).toEqual([
      '7:11 endpoints.legacy.port: expected a port number from 1 to 65535',
    ]);
    expect(await problemsOf(withPort('0'))).toEqual(['7:11 endpoints.legacy.port: is too small, expected 1 or more']);
    expect(await problemsOf(withPort('1.5'))).toEqual([
      '7:11 endpoints.legacy.port: found a number, expected a port number from 1 to 65535; text that looks like a number or true/false needs quotes',
    ]);
  });

  it('is options that its engine knows', async () => {
    const withOptions = (options: string) => changed('user: reader', `user: reader\n    options: ${options}`);
    expect((await load(withOptions('{ connectTimeoutSeconds: 3 }'))).endpoints[0]?.options).toEqual({
      connectTimeoutSeconds: 3,
    });
    expect(await problemsOf(withOptions('{ applicationName: x }'))).toEqual([
      '8:16 endpoints.legacy.options.applicationName: unknown key; known here: connectTimeoutSeconds',
    ]);
  });
});

describe('inline secrets', () => {
  const REFUSED =
    'stands in the spec; use ${env:NAME} or ${file:PATH}, or allowInlineSecrets: true at the top of the spec';

  it.each(['plain', "'a${env:PW}'", "'${env:UNSET:-plain}'", "'${env:PW:-plain}x'"])('refuses %s', async (password) => {
    expect(await problemsOf(changed('${env:PW}', password))).toEqual([
      `8:15 endpoints.legacy.password: the password ${REFUSED}`,
    ]);
  });

  it.each(['postgres://u:plain@h/d', "'postgres://u:a${env:PW}@h/d'", "'${env:UNSET:-postgres://u:plain@h/d}'"])(
    'refuses %s',
    async (url) => {
      expect(await problemsOf(changed('${env:TARGET_URL}', url))).toEqual([
        `11:10 endpoints.warehouse.url: the password of this url ${REFUSED}`,
      ]);
    },
  );

  it('allows them where the spec says so', async () => {
    const text = changed('${env:PW}', 'plain').replace('${env:TARGET_URL}', 'postgres://u:plain@h/d');
    const spec = await load(`${text}allowInlineSecrets: true\n`);
    expect(spec.endpoints.map(({ password }) => password?.reveal())).toEqual(['plain', 'plain']);
  });
});

describe('tls', () => {
  const withTls = (tls: string) => changed('user: reader', `user: reader\n    tls: ${tls}`);
  const files = { '/project/ca.pem': PEM, '/project/c.pem': PEM, '/project/k.pem': KEY, '/project/x': 'no pem' };

  it('reads PEM files beside the spec, and verifies in full once there is a ca', async () => {
    const spec = await load(withTls('{ ca: ca.pem, cert: ./c.pem, key: k.pem }'), { files });
    expect(spec.endpoints[0]?.tls).toMatchObject({ mode: 'verify-full', ca: PEM, cert: PEM });
    expect(spec.endpoints[0]?.tls.key?.reveal()).toBe(KEY);
  });

  it('takes PEM text from a variable', async () => {
    const spec = await load(withTls("{ ca: '${env:CA}' }"), { env: { ...ENV, CA: PEM } });
    expect(spec.endpoints[0]?.tls.ca).toBe(PEM);
  });

  it.each([
    ['{ ca: gone.pem }', '8:16 endpoints.legacy.tls.ca: this file does not exist'],
    ['{ ca: x }', '8:16 endpoints.legacy.tls.ca: this file is not in PEM form (-----BEGIN …)'],
    [
      '{ mode: require, ca: ca.pem }',
      '8:31 endpoints.legacy.tls.ca: mode require does not check certificates, expected verify-ca or verify-full',
    ],
    ['{ mode: disable, cert: c.pem, key: k.pem }', '8:33 endpoints.legacy.tls.cert: mode disable uses no certificate'],
    ['{ cert: c.pem }', '8:10 endpoints.legacy.tls.key: this key is missing: tls.cert needs it'],
    ['{ key: k.pem }', '8:10 endpoints.legacy.tls.cert: this key is missing: tls.key needs it'],
    [
      `{ cert: c.pem, key: "${KEY.replaceAll('\n', '\\n')}" }`,
      '8:30 endpoints.legacy.tls.key: a private key stands in the spec; give its path, or ${env:NAME} or ${file:PATH}',
    ],
    [
      '{ mode: verify }',
      '8:18 endpoints.legacy.tls.mode: "verify" is not valid here, expected one of disable, prefer, require, verify-ca, verify-full; did you mean "verify-ca"?',
    ],
  ])('refuses %s', async (tls, problem) => {
    expect(await problemsOf(withTls(tls), { files })).toEqual([problem]);
  });

  it('does not let url and tls disagree', async () => {
    const text = changed('${env:TARGET_URL}', 'postgres://u@h/d?sslmode=disable\n    tls: { mode: require }');
    expect(await problemsOf(text)).toEqual([
      '12:18 endpoints.warehouse.tls.mode: the url of this endpoint asks for another TLS mode',
    ]);
  });
});

it('never shows a secret, whatever is wrong with it', async () => {
  const canary = 'canary-7f3a';
  const env = { ...ENV, S: canary, URL: `redis://u:${canary}@h`, BAD: `postgres://u:${canary}@:x` };
  const texts = [
    changed('engine: mysql', "engine: '${env:S}'"),
    changed('source: legacy', "source: '${env:S}'"),
    changed('type: full-load', "type: '${env:S}'"),
    changed('name: shop', "name: '${env:S}!'"),
    changed("'shop.*'", "'${env:S}'"),
    changed('${env:TARGET_URL}', '${env:URL}'),
    changed('${env:TARGET_URL}', '${env:BAD}'),
    changed('${env:TARGET_URL}', `postgres://u:${canary}@h/d`),
    changed('${env:PW}', canary),
    changed('source: legacy', `source: postgres://u:${canary}@h`),
    changed('host: old.internal', `host: postgres://u:${canary}@h`),
    changed('password: ${env:PW}', `{ password:${canary} }`),
    changed('user: reader\n    password: ${env:PW}', `tls: { password:${canary} }\n    user: u`),
    changed('${env:PW}', `*${canary}`),
    changed('${env:PW}', `{ ${canary}: `),
    `${VALID}    policies: { nulCharacter: '\${env:S}', zeroDate: '\${env:S}' }\n`,
    `${VALID}    fullLoad: { stopAfter: '\${env:S}' }\n`,
  ];
  for (const text of texts) {
    const lines = await problemsOf(text, { env });
    expect(lines).not.toHaveLength(0);
    expect(lines.join('\n')).not.toContain('canary');
  }
});
