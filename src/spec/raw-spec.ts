import type { EngineName } from '../model/column-type.js';
import type { TlsMode } from '../model/endpoint.js';
import type { FullLoadSettings, TaskSpec } from './spec.js';

/** A spec as the JSON Schema lets it through: text substituted, the schema's defaults filled in, nothing else done. */
export interface RawSpec {
  readonly name: string;
  readonly allowInlineSecrets: boolean;
  readonly state: { readonly path?: string };
  readonly replicationInstance: {
    readonly storage: { readonly path?: string; readonly limit: string | number };
    readonly memory: string | number;
    readonly retryFor: string;
  };
  readonly endpoints: Readonly<Record<string, RawEndpoint>>;
  readonly tasks: Readonly<Record<string, RawTask>>;
}

export interface RawEndpoint {
  readonly engine: EngineName;
  readonly url?: string;
  readonly host?: string;
  readonly port?: number | string;
  readonly database?: string;
  readonly user?: string;
  readonly password?: string;
  readonly tls: RawTls;
  readonly options: Readonly<Record<string, string | number | boolean>>;
}

export interface RawTls {
  readonly mode?: TlsMode;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** Only what this version carries out; unsupported.ts has refused the rest. */
export interface RawTask extends Pick<TaskSpec, 'type' | 'source' | 'target' | 'start' | 'prepare'> {
  readonly tables: {
    readonly include: readonly RawTablePattern[];
    readonly exclude: readonly RawTablePattern[];
  };
  readonly fullLoad: FullLoadSettings;
  readonly policies: Omit<TaskSpec['policies'], 'zeroDate'> & { readonly zeroDate: string | null };
}

export type RawTablePattern = string | { readonly schema: string; readonly table: string };
