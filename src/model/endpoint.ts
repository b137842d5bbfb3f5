import type { Secret } from '../lib/secret.js';
import type { EngineName } from './column-type.js';

export type TlsMode = 'disable' | 'prefer' | 'require' | 'verify-ca' | 'verify-full';

export interface TlsSettings {
  readonly mode: TlsMode;
  /** PEM text (the spec holds paths; they are read with the spec). */
  readonly ca: string | null;
  readonly cert: string | null;
  readonly key: Secret | null;
}

/** A database that a task reads from or writes to, with every default filled in and every secret resolved. */
export interface Endpoint {
  readonly name: string;
  readonly engine: EngineName;
  readonly host: string;
  readonly port: number;
  readonly database: string | null;
  readonly user: string;
  readonly password: Secret | null;
  readonly tls: TlsSettings;
  /** Engine settings, checked against the JSON Schema of the spec. */
  readonly options: Readonly<Record<string, string | number | boolean>>;
}
