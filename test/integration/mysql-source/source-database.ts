/** A database of its own on a running server, and the source engine that reads it. */
import { openMysqlSource } from '../../../src/engines/mysql/engine.js';
import type { Snapshot, SnapshotTable, SourceEngine } from '../../../src/engines/ports.js';
import { Secret } from '../../../src/lib/secret.js';
import type { ColumnType } from '../../../src/model/column-type.js';
import type { Endpoint } from '../../../src/model/endpoint.js';
import { WHOLE_TABLE, type LoadPart, type PolicyCounts } from '../../../src/model/load-part.js';
import { DEFAULT_POLICIES, type Policies } from '../../../src/model/policies.js';
import type { SnapshotBoundary } from '../../../src/model/position.js';
import type { TableDefinition } from '../../../src/model/table.js';
import { createDatabase, type TestDatabase } from '../../servers/create-database.js';
import type { ServerAddress } from '../../servers/test-server.js';

export const MYSQL_FAMILY = ['mariadb', 'mysql'] as const;

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
  readonly signal = new AbortController().signal;
  readonly name: string;
  readonly source: SourceEngine;

  private constructor(
    readonly endpoint: Endpoint,
    readonly database: TestDatabase,
  ) {
    this.name = database.name;
    this.source = openMysqlSource(endpoint);
  }

  static async create(server: ServerAddress): Promise<SourceDatabase> {
    const database = await createDatabase(server);
    // Lets the tests store what stricter modes refuse today but allowed once.
    await database.query("SET sql_mode = ''");
    return new SourceDatabase(endpointAt(server), database);
  }

  async run(...statements: readonly string[]): Promise<void> {
    for (const statement of statements) await this.database.query(statement);
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

  /** Ends the connections that read this table. */
  async killReaderOf(table: string): Promise<void> {
    const readers = await this.database.query(
      `SELECT ID AS id FROM information_schema.PROCESSLIST
       WHERE INFO LIKE '%FROM \`${this.name}\`.\`${table}\`%' AND ID <> CONNECTION_ID()`,
    );
    await this.run(...readers.map(({ id }) => `KILL ${id ?? ''}`));
  }

  async dispose(): Promise<void> {
    await this.source.close();
    await this.database.drop();
  }
}

function endpointAt({ name, host, port, user, password }: ServerAddress): Endpoint {
  if (name === 'postgres') throw new Error('not a server of the MySQL family');
  return {
    name: 'legacy',
    engine: name,
    host,
    port,
    database: null,
    user,
    password: new Secret(password),
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
      rangeBasis: table.rangeBasis,
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
