import 'vitest';
import type { ServerAddress, ServerName } from './test-server.js';

/** The servers that a whole run shares, as global-setup.ts hands them to the test files. */
type ProvidedServers = Readonly<Record<ServerName, ProvidedServer>>;

export type ProvidedServer =
  { readonly kind: 'running'; readonly address: ServerAddress } | { readonly kind: 'missing'; readonly reason: string };

declare module 'vitest' {
  interface ProvidedContext {
    readonly servers: ProvidedServers;
  }
  interface TaskMeta {
    /** Why a suite is skipped that a complete machine would run. */
    readonly missing?: string;
  }
}
