/** One connection to a MySQL or MariaDB server, its session set up. https://sidorares.github.io/node-mysql2/docs */
import type { Connection, TypeCast } from 'mysql2';
import { DmsctlError } from '../../errors/dmsctl-error.js';
import type { Endpoint } from '../../model/endpoint.js';
import { dial } from './dial.js';
import { identifyServer, type Server } from './flavors.js';
import { destroySocket, queryRawRows, type RowHandler } from './raw-query.js';
import { toMysqlError } from './server-errors.js';
import { sessionStatements } from './session-settings.js';

export interface QueryContext {
  /** Completes "while …" in error texts. */
  readonly doing: string;
  readonly signal: AbortSignal;
}

export type TextRow<Name extends string> = Readonly<Record<Name, string | null>>;

const asText: TypeCast = (field) => field.string('utf8');
const asBytes: TypeCast = (field) => field.buffer();

/** Used by one caller at a time. Once a query was aborted or the server was lost, it is good for nothing but `destroy`. */
export class MysqlConnection {
  readonly server: Server;
  readonly versionText: string;
  readonly #raw: Connection;
  #isUsable = true;
  #abandonQuery: (() => void) | null = null;

  private constructor(raw: Connection, versionText: string) {
    this.#raw = raw;
    this.versionText = versionText;
    this.server = identifyServer(versionText);
    raw.on('error', () => {
      this.#isUsable = false;
    });
  }

  static async open(endpoint: Endpoint, signal: AbortSignal): Promise<MysqlConnection> {
    const raw = await dial(endpoint, signal);
    const connection = new MysqlConnection(raw.connection, raw.versionText);
    try {
      checkEngine(endpoint, connection);
      for (const sql of sessionStatements(connection.server)) {
        await connection.query(sql, { doing: `setting up a session on endpoint ${endpoint.name}`, signal });
      }
      return connection;
    } catch (error) {
      connection.destroy();
      throw error;
    }
  }

  get isUsable(): boolean {
    return this.#isUsable;
  }

  /** Every value as the server's text. Columns by the names that the statement gives them. */
  async query<Row extends TextRow<string>>(sql: string, context: QueryContext): Promise<readonly Row[]> {
    const rows = await this.#settle(context, (onEnd) => {
      this.#raw.query({ sql, typeCast: asText }, onEnd);
    });
    return rows as readonly Row[];
  }

  /** Every value as the server's bytes, by position. */
  async queryBytes(sql: string, context: QueryContext): Promise<readonly (readonly (Buffer | null)[])[]> {
    const rows = await this.#settle(context, (onEnd) => {
      this.#raw.query({ sql, rowsAsArray: true, typeCast: asBytes }, onEnd);
    });
    return rows as readonly (readonly (Buffer | null)[])[];
  }

  /** Hands each row's packet to `onRow`, which must not keep it. Resolves after the last row. */
  async streamRows(sql: string, onRow: RowHandler, context: QueryContext): Promise<void> {
    await this.#settle(context, (onEnd) => {
      queryRawRows(this.#raw, sql, onRow, onEnd);
    });
  }

  pause(): void {
    this.#raw.pause();
  }

  resume(): void {
    this.#raw.resume();
  }

  /** Ends the connection at once; a query that is under way fails. */
  destroy(): void {
    this.#isUsable = false;
    destroySocket(this.#raw);
    this.#abandonQuery?.();
  }

  async close(): Promise<void> {
    if (!this.#isUsable) return;
    this.#isUsable = false;
    await new Promise<void>((resolve) => {
      this.#raw.end(() => {
        resolve();
      });
    });
  }

  #settle(
    { doing, signal }: QueryContext,
    start: (onEnd: (error: Error | null, rows?: unknown) => void) => void,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const onAbort = (): void => {
        reject(signal.reason as Error);
        this.destroy();
      };
      const finish = (settle: () => void): void => {
        signal.removeEventListener('abort', onAbort);
        this.#abandonQuery = null;
        settle();
      };
      // The driver tells nobody of a connection that it was asked to end.
      this.#abandonQuery = () => {
        finish(() => {
          reject(toMysqlError({ code: 'PROTOCOL_CONNECTION_LOST' }, doing));
        });
      };
      signal.addEventListener('abort', onAbort, { once: true });
      start((error, rows) => {
        finish(() => {
          if (error === null) resolve(rows);
          else reject(toMysqlError(error, doing));
        });
      });
    });
  }
}

function checkEngine(endpoint: Endpoint, { server, versionText }: MysqlConnection): void {
  if (endpoint.engine === server.flavor.engine) return;
  throw new DmsctlError('MYSQL_WRONG_ENGINE', {
    detail: `endpoint ${endpoint.name} says engine: ${endpoint.engine}, but the server is ${server.flavor.product} (${versionText}).`,
    fix: `Write into the spec:\n  engine: ${server.flavor.engine}`,
  });
}
