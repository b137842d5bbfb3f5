import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileStateStore } from '../../../src/state/file-state-store.js';
import { newState, type State } from '../../../src/state/state.js';
import type { LockInfo, StateLock } from '../../../src/state/state-store.js';

const lineage = '7f1c2f0e-4a2e-4d5c-9a53-0c1d1f6e2b11';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dmsctl-state-'));
  path = join(folder, 'shop.state.json');
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

function store(): FileStateStore {
  return new FileStateStore({ path, spec: 'shop', dmsctl: '0.1.0' });
}

function fresh(): State {
  return newState({ lineage, spec: 'shop', dmsctl: '0.1.0' });
}

async function lockFile(): Promise<LockInfo> {
  return JSON.parse(await readFile(`${path}.lock`, 'utf8')) as LockInfo;
}

/** Leaves the lock that a process killed with it in hand would leave. */
async function leaveLockOfDeadProcess(change: Partial<LockInfo> = {}): Promise<LockInfo> {
  const { pid } = spawnSync('true');
  const lock = await store().lock('apply');
  const left = { ...lock.info, pid, ...change };
  await writeFile(`${path}.lock`, JSON.stringify(left));
  return left;
}

async function withoutTemporaries(): Promise<void> {
  expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
}

describe('a state file', () => {
  it('is made with its folder, for its owner only, and counts its writes', async () => {
    path = join(folder, 'new', 'shop.state.json');
    expect(await store().read()).toBeNull();
    const lock = await store().lock('apply');
    const first = await store().write(fresh(), lock);
    const second = await store().write(first, lock);
    await lock.release();
    expect([first.serial, second.serial]).toEqual([1, 2]);
    expect(await store().read()).toEqual(second);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(folder, 'new'))).toEqual(['shop.state.json']);
  });

  it('survives a process that died in the middle of a write', async () => {
    const lock = await store().lock('apply');
    const written = await store().write(fresh(), lock);
    await writeFile(`${path}.${process.pid}.tmp`, '{"version":1,"lin', { mode: 0o644 });
    expect(await store().read()).toEqual(written);
    await store().write(written, lock);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await withoutTemporaries();
  });

  it('survives a write that the system refuses half way', async () => {
    const lock = await store().lock('apply');
    const written = await store().write(fresh(), lock);
    await lock.release();
    // A limit on the size of files stands in for a full disk, which a test cannot make without privileges.
    const script = join(import.meta.dirname, 'write-large-state.ts');
    const command = `ulimit -f 4; exec '${process.execPath}' --import tsx '${script}' '${path}'`;
    expect(spawnSync('bash', ['-c', command], { encoding: 'utf8' }).stdout).toBe('STATE_UNWRITABLE');
    expect(await store().read()).toEqual(written);
    await withoutTemporaries();
    const next = await store().lock('apply');
    expect(next.takenOverFrom?.operation).toBe('apply');
    expect((await store().write(written, next)).serial).toBe(2);
  });

  it('is not written over what moved meanwhile', async () => {
    const lock = await store().lock('apply');
    const first = await store().write(fresh(), lock);
    const second = await store().write(first, lock);
    await expect(store().write(first, lock)).rejects.toMatchObject({ code: 'STATE_CONFLICT', exitCode: 5 });
    await expect(store().write(fresh(), lock)).rejects.toMatchObject({ code: 'STATE_CONFLICT' });
    const foreign = { ...second, lineage: '00000000-0000-4000-8000-000000000000' };
    await expect(store().write(foreign, lock)).rejects.toMatchObject({ code: 'STATE_CONFLICT' });
    expect(await store().read()).toEqual(second);
  });

  it.each(['', '{"version":1', '{}', '{"version":99,"lineage":"x","serial":1}'])(
    'that cannot be read (%j) is never written over',
    async (text) => {
      await writeFile(path, text);
      const lock = await store().lock('apply');
      await expect(store().read()).rejects.toMatchObject({ code: expect.stringMatching(/^STATE_/) as string });
      await expect(store().write(fresh(), lock)).rejects.toMatchObject({
        code: expect.stringMatching(/^STATE_/) as string,
      });
      expect(await readFile(path, 'utf8')).toBe(text);
    },
  );

  it('is not written without the lock', async () => {
    const lock = await store().lock('apply');
    await store().unlock(lock.info.id);
    const other = await store().lock('apply');
    await expect(store().write(fresh(), lock)).rejects.toMatchObject({ code: 'STATE_LOCK_LOST', exitCode: 6 });
    await lock.release();
    expect((await lockFile()).id).toBe(other.info.id);
  });
});

describe('the lock', () => {
  it('names its holder and is refused to a second', async () => {
    const lock = await store().lock('apply');
    expect(await lockFile()).toEqual(lock.info);
    expect(lock.info).toMatchObject({ operation: 'apply', pid: process.pid, dmsctl: '0.1.0' });
    await expect(store().lock('apply')).rejects.toMatchObject({
      code: 'STATE_LOCKED',
      exitCode: 6,
      detail: expect.stringContaining(`process ${process.pid}`) as string,
      fix: expect.stringContaining(`dmsctl state unlock ${lock.info.id}`) as string,
    });
    await lock.release();
    await (await store().lock('apply')).release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('of a dead process is taken over, and said so', async () => {
    const left = await leaveLockOfDeadProcess();
    const lock = await store().lock('apply');
    expect(lock.takenOverFrom).toEqual(left);
    expect((await lockFile()).id).toBe(lock.info.id);
    expect(await readdir(folder)).toEqual(['shop.state.json.lock']);
  });

  it.runIf(process.platform === 'linux')('of a process whose pid lives again is taken over', async () => {
    const left = await leaveLockOfDeadProcess({ pid: process.pid, processStart: '1' });
    expect((await store().lock('apply')).takenOverFrom).toEqual(left);
  });

  it('of another host is left alone', async () => {
    const left = await leaveLockOfDeadProcess({ hostId: 'another', host: 'db-mover-2' });
    await expect(store().lock('apply')).rejects.toMatchObject({
      code: 'STATE_LOCKED',
      detail: expect.stringContaining('db-mover-2') as string,
    });
    expect(await lockFile()).toEqual(left);
  });

  it('of a dead process goes to exactly one of many', async () => {
    for (let round = 0; round < 20; round += 1) {
      await leaveLockOfDeadProcess();
      const outcomes = await Promise.allSettled(Array.from({ length: 12 }, async () => store().lock('apply')));
      const won = outcomes.filter(
        (outcome): outcome is PromiseFulfilledResult<StateLock> => outcome.status === 'fulfilled',
      );
      expect(won).toHaveLength(1);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'STATE_LOCKED' });
      }
      expect((await lockFile()).id).toBe(won[0]?.value.info.id);
      await won[0]?.value.release();
      expect(await readdir(folder)).toEqual([]);
    }
  });

  it('is taken over also when the one who was taking it over died', async () => {
    const left = await leaveLockOfDeadProcess();
    await writeFile(`${path}.lock.takeover`, JSON.stringify({ ...left, id: 'died-on-the-way' }));
    const lock = await store().lock('apply');
    expect(lock.takenOverFrom).toEqual(left);
    expect(await readdir(folder)).toEqual(['shop.state.json.lock']);
  });

  it('is freed by its id only', async () => {
    const left = await leaveLockOfDeadProcess({ hostId: 'another' });
    await expect(store().unlock('wrong')).rejects.toMatchObject({ code: 'STATE_LOCK_UNKNOWN' });
    expect(await store().unlock(left.id)).toEqual(left);
    await expect(store().unlock(left.id)).rejects.toMatchObject({ code: 'STATE_LOCK_UNKNOWN' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('blocks when it is not one of dmsctl', async () => {
    await writeFile(`${path}.lock`, 'busy');
    await expect(store().lock('apply')).rejects.toMatchObject({ code: 'STATE_LOCKED' });
    expect(await readFile(`${path}.lock`, 'utf8')).toBe('busy');
  });
});
