/** A database of its own on a running server, and the source engine that reads it. */
import { randomBytes } from 'node:crypto';
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { openMysqlSource } from '../../../src/engines/mysql/engine.js';
import type { Snapshot, SnapshotTable, SourceEngine } from '../../../src/engines/ports.js';
import { Secret } from '../../../src/lib/secret.js';
import type { ColumnType } from '../../../src/model/column-type.js';
import type { Endpoint } from '../../../src/model/endpoint.js';
import { WHOLE_TABLE, type LoadPart, type PolicyCounts } from '../../../src/model/load-part.js';
import { DEFAULT_POLICIES, type Policies } from '../../../src/model/policies.js';
import type { SnapshotBoundary } from '../../../src/model/position.js';
import type { TableDefinition } from '../../../src/model/table.js';

export type EngineWord = 'mysql' | 'mariadb';

/** Names of the environment variables that say where servers run, e.g. `mysql://user:password@host:3306`. */
export const SERVERS: readonly { readonly engine: EngineWord; readonly url: string | undefined }[] = [
  { engine: 'mariadb', url: process.env['DMSCTL_TEST_MARIADB_URL'] },
  { engine: 'mysql', url: process.env['DMSCTL_TEST_MYSQL_URL'] },
];

export type CanonicalRow = readonly (string | null)[];

export interface ReadOptions {
  readonly policies?: Partial<Policies>;
  /** By column name; the column's own type otherwise. */
  readonly deliverAs?: Readonly<Record<string, ColumnType>>;
  readonly parts?: readonly LoadPart[];
}

export interface ReadResult {
  readonly rows: readonly CanonicalRow[];
  /** Rows of each part. */
  readonly partRows: readonly number[];
  readonly boundaries: readonly SnapshotBoundary[];
  readonly policyCounts: readonly PolicyCounts[];
}

export class SourceDatabase {
  readonly name = `dmsctl_${randomBytes(5).toString('hex')}`;
  readonly signal = new AbortController().signal;

  private constructor(
    readonly endpoint: Endpoint,
    readonly admin: Connection,
    readonly source: SourceEngine,
  ) {}

  static async create(engine: EngineWord, url: string): Promise<SourceDatabase> {
    const endpoint = endpointAt(engine, url);
    const admin = await createConnection({ uri: url, multipleStatements: true, charset: 'utf8mb4' });
    const database = new SourceDatabase(endpoint, admin, openMysqlSource(endpoint));
    await database.run(`CREATE DATABASE ${database.name} CHARACTER SET utf8mb4; USE ${database.name}; SET sql_mode = ''`);
    return database;
  }

  async run(sql: string): Promise<void> {
    await this.admin.query(sql);
  }

  async rows(sql: string): Promise<readonly RowDataPacket[]> {
    const [rows] = await this.admin.query<RowDataPacket[]>(sql);
    return rows;
  }

  async table(name: string): Promise<TableDefinition> {
    const catalog = await this.source.schemaReader.readCatalog([this.name], this.signal);
    const table = catalog.tables.find((candidate) => candidate.name.table === name);
    if (table === undefined) throw new Error(`no table ${name}`);
    return table;
  }

  async read(name: string, options: ReadOptions = {}): Promise<ReadResult> {
    const table = snapshotTable(await this.table(name), options);
    return this.withSnapshot(async (snapshot) => {
      const rows: CanonicalRow[] = [];
      const partRows: number[] = [];
      const boundaries: SnapshotBoundary[] = [];
      const policyCounts: PolicyCounts[] = [];
      for (const part of options.parts ?? [WHOLE_TABLE]) {
        const reader = await snapshot.openPart(table, part, 'copy-text', this.signal);
        const before = rows.length;
        for await (const batch of reader.batches) rows.push(...parseCopyText(batch.bytes));
        partRows.push(rows.length - before);
        boundaries.push(reader.boundary);
        policyCounts.push(reader.policyCounts());
        await reader.close();
      }
      return { rows, partRows, boundaries, policyCounts };
    });
  }

  async withSnapshot<Result>(step: (snapshot: Snapshot) => Promise<Result>): Promise<Result> {
    const snapshot = await this.source.snapshotReader.open(this.signal);
    try {
      return await step(snapshot);
    } finally {
      await snapshot.close();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.source.close();
    await this.run(`DROP DATABASE ${this.name}`);
    await this.admin.end();
  }
}

export function endpointAt(engine: EngineWord, url: string): Endpoint {
  const { hostname, port, username, password } = new URL(url);
  return {
    name: 'legacy',
    engine,
    host: hostname,
    port: Number(port),
    database: null,
    user: decodeURIComponent(username),
    password: new Secret(decodeURIComponent(password)),
    tls: { mode: 'prefer', ca: null, cert: null, key: null },
    options: {},
  };
}

export function snapshotTable(table: TableDefinition, { policies, deliverAs }: ReadOptions = {}): SnapshotTable {
  const columns = table.columns.map((source) => ({ source, deliverAs: deliverAs?.[source.name] ?? source.type }));
  return {
    policies: { ...DEFAULT_POLICIES, ...policies },
    columns,
    mapping: {
      source: table.name,
      target: table.name,
      key: table.key,
      sourceKey: table.key,
      userTypes: [],
      size: table.size,
      columns: columns.map((column) => ({
        ...column,
        targetName: column.source.name,
        targetType: '',
        isNullable: column.source.isNullable,
        generated: null,
        losses: [],
        isSameType: false,
      })),
    },
  };
}

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', '\\': '\\' };

/** COPY text back into values, as PostgreSQL reads it. */
export function parseCopyText(bytes: Buffer): readonly CanonicalRow[] {
  const lines = bytes.toString('utf8').split('\n');
  if (lines.pop() !== '') throw new Error('the last row of a batch has no newline');
  return lines.map((line) => line.split('\t').map(parseValue));
}

function parseValue(text: string): string | null {
  if (text === '\\N') return null;
  return text.replace(/\\(.)/gs, (_, letter: string) => {
    const character = ESCAPES[letter];
    if (character === undefined) throw new Error(`an escape that LOAD DATA reads otherwise: ${letter}`);
    return character;
  });
}
