/** Turns what pg and Node throw into DmsctlErrors, by SQLSTATE and errno. Row values never get through. */
import pg from 'pg';
import { DmsctlError, toDmsctlError } from '../../errors/dmsctl-error.js';
import type { ErrorCode } from '../../errors/error-code.js';
import { FAILURES, UNKNOWN_FAILURE, isMessageFreeOfValues } from './sql-states.js';

export interface PostgresErrorContext {
  /** Continues "while …": `reading the catalog`. */
  readonly doing: string;
  /** The endpoint's name in the spec. */
  readonly endpoint: string;
  /** What it was done to, e.g. a table's name. */
  readonly object?: string;
}

/** Kept as `cause` of a server's error in place of the error itself, whose DETAIL and CONTEXT hold row values. */
interface ServerErrorCause {
  readonly sqlState: string;
  readonly routine: string | undefined;
}

export function toPostgresError(error: unknown, context: PostgresErrorContext): DmsctlError {
  if (error instanceof DmsctlError) return error;
  if (error instanceof pg.DatabaseError) return fromServer(error, context);
  return fromNode(error, context);
}

/** The SQLSTATE behind an error, also one that has been turned into a DmsctlError. */
export function sqlStateOf(error: unknown): string | null {
  if (error instanceof pg.DatabaseError) return error.code ?? null;
  if (error instanceof DmsctlError && isServerErrorCause(error.cause)) return error.cause.sqlState;
  return null;
}

function isServerErrorCause(cause: unknown): cause is ServerErrorCause {
  return typeof cause === 'object' && cause !== null && 'sqlState' in cause;
}

function fromServer(error: pg.DatabaseError, context: PostgresErrorContext): DmsctlError {
  const sqlState = error.code ?? '(none)';
  const { code, fix } = FAILURES[sqlState] ?? UNKNOWN_FAILURE;
  const said = isMessageFreeOfValues(sqlState) ? `: ${error.message}` : '';
  const place = describePlace(error, context.object);
  const cause: ServerErrorCause = { sqlState, routine: error.routine };
  return new DmsctlError(code, { detail: `${where(context)}${place}${said} (SQLSTATE ${sqlState}).`, fix, cause });
}

function where({ doing, endpoint, object }: PostgresErrorContext): string {
  return `endpoint ${endpoint}, while ${doing}${object === undefined ? '' : `, ${object}`}`;
}

/** Leaves out the table where `object` has said it. */
function describePlace(error: pg.DatabaseError, object: string | undefined): string {
  const copied = copyPlace(error.where);
  const table = error.table === undefined ? null : [error.schema, error.table].filter(Boolean).join('.');
  const column = error.column ?? copied.column;
  const parts = [
    table && object !== `table ${table}` && `table ${table}`,
    column && `column ${column}`,
    error.constraint && `constraint ${error.constraint}`,
    copied.line && `row ${copied.line} of the COPY`,
  ].filter(Boolean);
  return parts.length === 0 ? '' : `, ${parts.join(', ')}`;
}

/**
 * COPY errors name line and column in CONTEXT only: `COPY t, line 3, column a: "the value"`. Taken for display alone, and
 * only where the shape makes sure that no part of the value is caught. What a JSON parser says comes a line before.
 */
function copyPlace(context: string | undefined): { readonly line: string | null; readonly column: string | null } {
  const match = /^(?:JSON data, .*\n)?COPY [^,:"]+, line (\d+)(?:, column ([\w$]+))?/.exec(context ?? '');
  return { line: match?.[1] ?? null, column: match?.[2] ?? null };
}

interface NodeFailure {
  readonly code: ErrorCode;
  readonly fix: string;
}

const CHECK_ADDRESS =
  'Check `host` and `port` of the endpoint, the network and firewalls between, and that the server runs.';
const UNREACHABLE: NodeFailure = { code: 'PG_UNREACHABLE', fix: CHECK_ADDRESS };
const LOST: NodeFailure = {
  code: 'PG_CONNECTION_LOST',
  fix: 'Look into the log of the server and at the network between.\nRun the same command again: it continues with what is not committed.',
};
const TLS_FAILED: NodeFailure = {
  code: 'PG_TLS_FAILED',
  fix: 'Set `tls.ca` to the authority that signed the certificate of the server, and `host` to a name that the certificate has.',
};

const NODE_FAILURES: Readonly<Record<string, NodeFailure>> = {
  ENOTFOUND: { code: 'PG_HOST_NOT_FOUND', fix: 'Correct `host` of the endpoint, or the name service of this machine.' },
  EAI_AGAIN: UNREACHABLE,
  ECONNREFUSED: { code: 'PG_CONNECTION_REFUSED', fix: CHECK_ADDRESS },
  ENOENT: { code: 'PG_CONNECTION_REFUSED', fix: CHECK_ADDRESS },
  ETIMEDOUT: UNREACHABLE,
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  EHOSTDOWN: UNREACHABLE,
};

/** OpenSSL's verification results, as Node names them: https://nodejs.org/docs/latest-v20.x/api/tls.html#x509-certificate-error-codes */
const CERTIFICATE_ERRORS: ReadonlySet<string> = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'EPROTO',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

function fromNode(error: unknown, context: PostgresErrorContext): DmsctlError {
  const errno = errnoOf(error);
  if (errno === null && isProgrammingError(error)) return toDmsctlError(error);
  const { code, fix } = nodeFailure(errno);
  return new DmsctlError(code, { detail: `${where(context)}: ${errno ?? 'the connection ended'}.`, fix, cause: error });
}

/** TypeError and the like: a mistake of ours must not look like a network that is worth another try. */
function isProgrammingError(error: unknown): boolean {
  return !(error instanceof Error) || error.name !== 'Error';
}

/** Without an errno it is pg telling of a connection that ended or is not usable any more. */
function nodeFailure(errno: string | null): NodeFailure {
  if (errno === null) return LOST;
  if (CERTIFICATE_ERRORS.has(errno) || errno.startsWith('ERR_TLS_') || errno.startsWith('ERR_SSL_')) return TLS_FAILED;
  return NODE_FAILURES[errno] ?? LOST;
}

function errnoOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
