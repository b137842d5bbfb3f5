import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { TestDatabase } from '../servers/create-database.js';
import { type DmsctlResult, runDmsctl } from '../support/dmsctl.js';

export interface WorkFolder extends AsyncDisposable {
  readonly path: string;
  /** Runs dmsctl in the folder. */
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<DmsctlResult>;
  write(name: string, content: string): Promise<void>;
  read(name: string): Promise<string>;
  remove(name: string): Promise<void>;
  /** The text of every file below. */
  readAll(): Promise<string>;
}

export async function makeWorkFolder(): Promise<WorkFolder> {
  const path = await mkdtemp(join(tmpdir(), 'dmsctl-cli-'));
  return {
    path,
    run: (args, env = {}) => runDmsctl(args, { cwd: path, env }),
    write: (name, content) => writeFile(join(path, name), content),
    read: (name) => readFile(join(path, name), 'utf8'),
    remove: (name) => rm(join(path, name), { recursive: true }),
    readAll: async () => {
      const entries = await readdir(path, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
      return (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n');
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

type Settings = Readonly<Record<string, unknown>>;

/** A spec of one task, as text; what is given stands in place of, or beside, the defaults. */
export function specText({
  source,
  target,
  task = {},
  ...top
}: Settings & { readonly source: Settings; readonly target: Settings; readonly task?: Settings }): string {
  return stringify({
    apiVersion: 'dmsctl/v1',
    name: 'shop',
    endpoints: { old: source, new: target },
    tasks: {
      load: { type: 'full-load', source: 'old', target: 'new', tables: { include: ['shop.*'] }, ...task },
    },
    replicationInstance: { retryFor: '0s' },
    ...top,
  });
}

export function endpointOf(database: TestDatabase): Settings {
  return { engine: database.server.name, url: database.url };
}
