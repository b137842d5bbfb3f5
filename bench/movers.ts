import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BENCH_SCHEMA, BENCH_TABLE } from './dataset.js';
import type { BenchCommand } from './measure.js';

/** A server as the movers reach it. */
export interface BenchServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export interface Mover {
  readonly name: string;
  /** Why it cannot run here, or `null`. */
  readonly missing: string | null;
  readonly command: BenchCommand;
  /** Statements for the target, before the clock starts. */
  readonly prepare: readonly string[];
}

const DROP_TARGET = [`DROP SCHEMA IF EXISTS ${BENCH_SCHEMA} CASCADE`, 'CHECKPOINT'];

export function url(scheme: string, { host, port, user, password, database }: BenchServer): string {
  const credentials = password === '' ? user : `${user}:${password}`;
  return `${scheme}://${credentials}@${host}:${port}/${database}`;
}

/** Each run is a first one: nothing of an earlier run is on the target. */
export function dmsctl(folder: string): Mover {
  return {
    name: 'dmsctl apply',
    missing: null,
    command: {
      program: process.execPath,
      args: [join('bin', 'run.js'), 'apply', '--auto-approve', '--file', join(folder, 'dmsctl.yaml')],
    },
    prepare: [...DROP_TARGET, 'DROP SCHEMA IF EXISTS dmsctl CASCADE'],
  };
}

export function pgloader(source: BenchServer, target: BenchServer): Mover {
  return {
    name: 'pgloader',
    missing: missingProgram('pgloader'),
    command: {
      program: 'pgloader',
      // Its default of 100,000 rows ahead exhausts its heap of 1 GiB on this table.
      args: ['--with', 'prefetch rows = 10000', url('mysql', source), url('pgsql', target)],
    },
    prepare: DROP_TARGET,
  };
}

export function pgcopydb(source: BenchServer, target: BenchServer, folder: string): Mover {
  return {
    name: 'pgcopydb clone',
    missing: missingProgram('pgcopydb'),
    command: {
      program: 'pgcopydb',
      args: [
        ...['clone', '--source', url('postgres', source), '--target', url('postgres', target)],
        ...['--dir', join(folder, 'pgcopydb'), '--no-owner', '--no-acl', '--restart', '--not-consistent'],
      ],
    },
    prepare: DROP_TARGET,
  };
}

/** The floor: two clients and a pipe, into a table made beforehand, then its key. */
export function psqlPipe(source: BenchServer, target: BenchServer, createTable: readonly string[]): Mover {
  const table = `${BENCH_SCHEMA}.${BENCH_TABLE}`;
  const psql = (server: BenchServer, sql: string): string => `psql -qX '${url('postgres', server)}' -c '${sql}'`;
  return {
    name: 'psql copy out | psql copy in, then the key',
    missing: missingProgram('psql'),
    command: {
      program: 'bash',
      args: [
        '-c',
        `set -eo pipefail; ${psql(source, `COPY ${table} TO STDOUT`)} | ${psql(target, `COPY ${table} FROM STDIN`)}; ` +
          psql(target, `ALTER TABLE ${table} ADD PRIMARY KEY (id)`),
      ],
    },
    prepare: [...DROP_TARGET, ...createTable],
  };
}

function missingProgram(name: string): string | null {
  const isThere = (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, name)));
  return isThere ? null : `${name} is not installed (Debian: ${name === 'psql' ? 'postgresql-client' : name})`;
}
