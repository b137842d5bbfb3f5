/** Runs what README.md and docs/*.md tell the reader to run. */
import { execFile } from 'node:child_process';
import { chmod, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../servers/create-database.js';
import { describeWithServer, sharedServer } from '../servers/describe-with-server.js';
import { connectTo, type TextConnection } from '../servers/text-connection.js';
import { comparable, markedBlocks, type MarkedBlock } from './marked-blocks.js';
import { inheritedEnvironment, PROJECT_ROOT } from '../support/dmsctl.js';
import { makeWorkFolder, type WorkFolder } from './work-folder.js';

/** The database that README.md speaks of. It must not be there before: what a test drops it has made. */
const SHOP = [
  'CREATE DATABASE shop CHARACTER SET utf8mb4',
  `CREATE TABLE shop.customers (id int unsigned AUTO_INCREMENT PRIMARY KEY, email varchar(190) NOT NULL,
     born date, created timestamp NOT NULL DEFAULT current_timestamp)`,
  `CREATE TABLE shop.orders (id bigint unsigned AUTO_INCREMENT PRIMARY KEY, customer_id int unsigned NOT NULL,
     total decimal(10,2) NOT NULL, state enum('open','paid','sent') NOT NULL)`,
  `INSERT INTO shop.customers (email, born) SELECT concat('c', seq, '@example.com'), '1980-01-01' FROM shop.seq_1_to_200`,
  `INSERT INTO shop.orders (customer_id, total, state) SELECT 1 + seq % 200, seq * 1.1, 'paid' FROM shop.seq_1_to_1000`,
  'ANALYZE TABLE shop.customers, shop.orders',
];

async function documents(): Promise<ReadonlyMap<string, readonly MarkedBlock[]>> {
  const pages = (await readdir(join(PROJECT_ROOT, 'docs'))).filter((name) => name.endsWith('.md'));
  const paths = ['README.md', ...pages.map((name) => join('docs', name))];
  const read = async (path: string): Promise<[string, readonly MarkedBlock[]]> => [
    path,
    markedBlocks(await readFile(join(PROJECT_ROOT, path), 'utf8')),
  ];
  return new Map(await Promise.all(paths.map(read)));
}

it('every example is run, or says why not', async () => {
  for (const [path, blocks] of await documents()) {
    for (const { language, marker, text } of blocks) {
      if (language !== 'text') expect(marker, `${path}: ${text}`).toMatch(/^(run: [a-z-]+|not run)/);
    }
  }
});

describeWithServer('mariadb', 'the documents, read from top to bottom', (server) => {
  let source: TextConnection;
  let target: TestDatabase;
  let folder: WorkFolder;

  beforeAll(async () => {
    source = await connectTo(server, null);
    for (const sql of SHOP) await source.query(sql);
    target = await createDatabase(sharedServer('postgres'));
    folder = await makeWorkFolder();
    await folder.write('dmsctl', `#!/bin/sh\nexec '${process.execPath}' '${PROJECT_ROOT}/bin/run.js' "$@"\n`);
    await chmod(join(folder.path, 'dmsctl'), 0o755);
  });

  afterAll(async () => {
    await folder[Symbol.asyncDispose]();
    await target.drop();
    await source.query('DROP DATABASE shop');
    await source.close();
  });

  async function runShell(script: string): Promise<string> {
    const env = {
      ...inheritedEnvironment(),
      PATH: `${folder.path}:${process.env.PATH ?? ''}`,
      SOURCE_URL: `${server.url.replace('mysql:', 'mariadb:')}shop`,
      TARGET_URL: target.url,
    };
    const { stdout } = await promisify(execFile)('sh', ['-eu', '-c', script], { cwd: folder.path, env });
    return stdout;
  }

  describe.each(['first-migration', 'operations'])('%s', (story) => {
    it('runs, and prints what is shown', async () => {
      const blocks = [...(await documents()).values()].flat().filter(({ marker }) => marker.endsWith(`: ${story}`));
      expect(blocks.length).toBeGreaterThan(1);
      let output = '';
      for (const { marker, text } of blocks) {
        if (marker.startsWith('run:')) output = await runShell(text);
        else expect(comparable(output)).toBe(comparable(text));
      }
    });
  });
});
