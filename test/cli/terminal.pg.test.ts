/** What only a terminal shows: `script` (util-linux) brings one. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../servers/create-database.js';
import { describeUnlessMissing, sharedServer } from '../servers/describe-with-server.js';
import { inheritedEnvironment, PROJECT_ROOT } from '../support/dmsctl.js';
import { endpointOf, makeWorkFolder, specText, type WorkFolder } from './work-folder.js';

const TABLES = 30;
const isUtilLinux = String(spawnSync('script', ['--version']).stdout).includes('util-linux');
const missing = isUtilLinux ? null : 'script of util-linux is not installed';

describeUnlessMissing(missing, 'on a terminal', () => {
  let source: TestDatabase;
  let target: TestDatabase;
  let folder: WorkFolder;

  beforeAll(async () => {
    source = await createDatabase(sharedServer('postgres'));
    target = await createDatabase(sharedServer('postgres'));
    await source.query('CREATE SCHEMA shop');
    for (let number = 1; number <= TABLES; number += 1) {
      await source.query(`CREATE TABLE shop.t${number} AS SELECT 1 AS id`);
    }
    folder = await makeWorkFolder();
    await folder.write('dmsctl.yaml', specText({ source: endpointOf(source), target: endpointOf(target) }));
  });

  afterAll(async () => {
    await folder[Symbol.asyncDispose]();
    await source.drop();
    await target.drop();
  });

  /** Types `answer` once the question is there. */
  async function onTerminal(
    words: string,
    { answer, env = {} }: { readonly answer?: string; readonly env?: Readonly<Record<string, string>> } = {},
  ): Promise<{ readonly exitCode: number | null; readonly screen: string }> {
    const command = `stty rows 40 cols 120; '${process.execPath}' '${join(PROJECT_ROOT, 'bin', 'run.js')}' ${words}`;
    const child = spawn('script', ['-qefc', command, '/dev/null'], {
      cwd: folder.path,
      env: { ...inheritedEnvironment(), TERM: 'xterm', ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let screen = '';
    let isAnswered = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      screen += text;
      if (answer === undefined || isAnswered || !screen.includes('is accepted: ')) return;
      isAnswered = true;
      child.stdin.write(`${answer}\r`);
    });
    const [exitCode] = (await once(child, 'close')) as [number | null];
    return { exitCode, screen };
  }

  it.each([
    ['colour', 'plan', {}, true],
    ['--no-color', 'plan --no-color', {}, false],
    ['DMSCTL_NO_COLOR', 'plan', { DMSCTL_NO_COLOR: '1' }, false],
    ['NO_COLOR', 'plan', { NO_COLOR: '1' }, false],
    ['NO_COLOR on an error', 'plan --file nosuch.yaml', { NO_COLOR: '1' }, false],
  ])('%s', async (_title, words, env, isColoured) => {
    const { screen } = await onTerminal(words, { env });
    expect(/\u001b\[\d+m/.test(screen)).toBe(isColoured);
  });

  it('apply asks, and does nothing for anything but yes', async () => {
    for (const answer of ['y', 'no', '']) {
      const { exitCode, screen } = await onTerminal('apply', { answer });
      expect(screen).toContain('Not confirmed; nothing was done.');
      expect(exitCode).toBe(0);
    }
    expect(await target.query(`SELECT to_regnamespace('shop') AS shop`)).toEqual([{ shop: null }]);
  });

  it('apply shows its progress in place and ends with a report, without a warning of Node', async () => {
    const { exitCode, screen } = await onTerminal('apply --no-color', { answer: 'yes' });
    expect(screen).toContain(`Task load: ${TABLES} of ${TABLES} tables loaded, ${TABLES} rows`);
    expect(screen).not.toMatch(/Warning:|MaxListeners/);
    expect(exitCode).toBe(0);
  });

  it('destroy --with-tables asks, naming what goes', async () => {
    const { exitCode, screen } = await onTerminal('destroy --with-tables', { answer: 'yes' });
    expect(screen).toContain('every table that dmsctl created on the target');
    expect(screen).toContain('Task load: removed control rows');
    expect(exitCode).toBe(0);
  });
});
