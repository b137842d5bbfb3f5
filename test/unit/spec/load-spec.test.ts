import { describe, expect, it } from 'vitest';
import { specProblemsOf } from '../../../src/model/spec-problem.js';
import { loadSpec } from '../../../src/spec/load-spec.js';
import { changed, ENV, failureOf, filesOf, load, problemsOf, VALID } from './spec-fixture.js';

describe('finding the file', () => {
  const other = VALID.replace('name: shop', 'name: other');

  it('prefers --file, then DMSCTL_FILE, then dmsctl.yaml, then dmsctl.yml', async () => {
    const read = filesOf({
      '/project/dmsctl.yaml': VALID,
      '/project/dmsctl.yml': other,
      '/project/flag.yaml': VALID.replace('name: shop', 'name: flag'),
      '/elsewhere/env.yaml': VALID.replace('name: shop', 'name: env'),
    });
    const env = { ...ENV, DMSCTL_FILE: '/elsewhere/env.yaml' };
    expect((await loadSpec({ file: 'flag.yaml', cwd: '/project', env }, read)).name).toBe('flag');
    expect((await loadSpec({ cwd: '/project', env }, read)).name).toBe('env');
    expect((await loadSpec({ cwd: '/project', env: ENV }, read)).name).toBe('shop');
    const onlyYml = filesOf({ '/project/dmsctl.yml': other });
    expect((await loadSpec({ cwd: '/project', env: ENV }, onlyYml)).name).toBe('other');
  });

  it('does not fall back when a named file is missing', async () => {
    const read = filesOf({ '/project/dmsctl.yaml': VALID });
    const loading = loadSpec({ file: 'typo.yaml', cwd: '/project', env: ENV }, read);
    await expect(loading).rejects.toMatchObject({ code: 'SPEC_NOT_FOUND', detail: 'typo.yaml does not exist' });
  });

  it('says so when there is none, or when it cannot be read', async () => {
    await expect(loadSpec({ cwd: '/project', env: ENV }, filesOf({}))).rejects.toMatchObject({
      code: 'SPEC_NOT_FOUND',
      exitCode: 64,
    });
    const denied = () => Promise.reject(Object.assign(new Error('denied'), { code: 'EACCES' }));
    await expect(loadSpec({ cwd: '/project', env: ENV }, denied)).rejects.toMatchObject({ code: 'SPEC_UNREADABLE' });
  });

  it('shows a file outside the working directory by its absolute path', async () => {
    const read = filesOf({ '/other/a.yaml': 'name: 1' });
    const error = await loadSpec({ file: '/other/a.yaml', cwd: '/project', env: ENV }, read).catch((e: unknown) => e);
    expect(specProblemsOf(error as Error)[0]?.file).toBe('/other/a.yaml');
  });
});

describe('a valid spec', () => {
  it('gets every default, absolute paths and resolved secrets', async () => {
    const spec = await load(VALID);
    expect(spec).toMatchObject({
      file: '/project/dmsctl.yaml',
      name: 'shop',
      statePath: '/project/.dmsctl/shop.state.json',
      replicationInstance: {
        storagePath: '/project/.dmsctl/shop',
        storageLimitBytes: 50 * 2 ** 30,
        memoryBytes: 512 * 2 ** 20,
        retryForMs: 600_000,
      },
    });
    expect(spec.endpoints[0]).toMatchObject({
      engine: 'mysql',
      host: 'old.internal',
      port: 3306,
      database: null,
      user: 'reader',
      tls: { mode: 'prefer', ca: null, cert: null, key: null },
      options: { connectTimeoutSeconds: 10 },
    });
    expect(spec.endpoints.map(({ password }) => password?.reveal())).toEqual(['pw-canary', 'url-canary']);
    expect(spec.endpoints[1]?.options).toEqual({ applicationName: 'dmsctl', connectTimeoutSeconds: 10 });
    expect(spec.tasks).toEqual([
      {
        name: 'load',
        type: 'full-load',
        source: 'legacy',
        target: 'warehouse',
        start: 'auto',
        tables: { include: [{ schema: 'shop', table: '*' }], exclude: [] },
        prepare: 'create',
        fullLoad: { tables: 8, connectionsPerTable: 'auto' },
        policies: {
          existingRows: 'error',
          zeroDate: 'error',
          nulCharacter: 'error',
          invalidText: 'error',
          noPrimaryKey: 'allow',
          ddl: 'stop',
          truncate: 'apply',
          rowError: 'stop',
        },
      },
    ]);
  });

  it('takes paths relative to the spec, not to the working directory', async () => {
    const text = `${VALID}state: { path: my.json }\nreplicationInstance: { storage: { path: /var/spill, limit: 1.5GB } }\n`;
    const read = filesOf({ '/project/deep/s.yaml': text });
    const spec = await loadSpec({ file: 'deep/s.yaml', cwd: '/project', env: ENV }, read);
    expect(spec.statePath).toBe('/project/deep/my.json');
    expect(spec.replicationInstance).toMatchObject({ storagePath: '/var/spill', storageLimitBytes: 1.5e9 });
  });

  it('takes null as a word for zeroDate and an alias as the value it stands for', async () => {
    const text = `${VALID}    policies: { zeroDate: null }\n`
      .replace('name: shop', 'name: &n shop')
      .replace('host: old.internal', 'host: *n');
    const spec = await load(text);
    expect(spec.tasks[0]?.policies.zeroDate).toBe('null');
    expect(spec.endpoints[0]?.host).toBe('shop');
  });
});

describe('what is reported', () => {
  it('is everything at once, sorted, with exit code 65', async () => {
    const text = VALID.replace('name: shop', 'name: Shop')
      .replace('engine: mysql', 'engnie: mysql')
      .replace('${env:PW}', '${env:UNSET}')
      .replace('source: legacy', 'source: legcy');
    const error = await failureOf(text);
    expect(error).toMatchObject({ code: 'SPEC_INVALID', exitCode: 65 });
    expect(error.detail.split('\n')).toEqual([
      'dmsctl.yaml:2:7 name: expected a name of lower-case letters, digits and - that starts with a letter, at most 63 characters',
      'dmsctl.yaml:4:3 endpoints.legacy.engine: this key is missing',
      'dmsctl.yaml:5:5 endpoints.legacy.engnie: unknown key; did you mean "engine"?',
      'dmsctl.yaml:8:15 endpoints.legacy.password: the environment variable UNSET is not set',
      'dmsctl.yaml:15:13 tasks.load.source: "legcy" is no endpoint, expected one of legacy, warehouse; did you mean "legacy"?',
    ]);
  });

  it('is also there as data', async () => {
    const error = await failureOf(changed('engine: mysql', 'engine: mysq'));
    expect(specProblemsOf(error)).toEqual([
      {
        file: 'dmsctl.yaml',
        line: 5,
        column: 13,
        path: 'endpoints.legacy.engine',
        message: '"mysq" is not valid here, expected one of postgres, mysql, mariadb, oracle',
        suggestion: 'mysql',
      },
    ]);
  });

  it('is cut after 100 lines of text, not in the data', async () => {
    const text = VALID + Array.from({ length: 150 }, (_, index) => `extra${index}: 1\n`).join('');
    const error = await failureOf(text);
    expect(error.detail.split('\n')).toHaveLength(101);
    expect(error.detail).toMatch(/and 50 more$/);
    expect(specProblemsOf(error)).toHaveLength(150);
  });

  it('is about the file where that is empty, not UTF-8 or huge', async () => {
    expect(await problemsOf('')).toEqual(['1:1 (top level): found nothing, expected a map']);
    expect(await problemsOf(Buffer.from([0x61, 0xff]))).toEqual(['1:1 (top level): the file is not UTF-8 text']);
    expect(await problemsOf(Buffer.alloc(5_000_000, 0x61))).toEqual([
      '1:1 (top level): the file is larger than 4194304 bytes',
    ]);
  });
});
