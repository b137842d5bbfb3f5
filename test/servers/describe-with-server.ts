import { describe, inject } from 'vitest';
import './provided-servers.js';
import type { ServerAddress, ServerName } from './test-server.js';

/** A suite that needs this server; without it skipped, and named with the reason in the last lines of the run. */
export function describeWithServer(name: ServerName, title: string, body: (server: ServerAddress) => void): void {
  const server = inject('servers')[name];
  if (server.kind === 'missing') {
    skip(title, server.reason);
    return;
  }
  describe(title, () => {
    body(server.address);
  });
}

/** The same for whatever else a machine may lack: `missing` says what, `null` that it is there. */
export function describeUnlessMissing(missing: string | null, title: string, body: () => void): void {
  if (missing === null) describe(title, body);
  else skip(title, missing);
}

/** The other server of a suite that needs two, e.g. its target; a suite's own need is told by `describeWithServer`. */
export function sharedServer(name: ServerName): ServerAddress {
  const server = inject('servers')[name];
  if (server.kind === 'missing') throw new Error(`${name} is not there: ${server.reason}`);
  return server.address;
}

/** The body is not called: what it does may need the server. A suite without a test would be an error, so it has one. */
function skip(title: string, reason: string): void {
  describe.skip(title, { meta: { missing: reason } }, (test) => {
    test('(not collected)', () => undefined);
  });
}
