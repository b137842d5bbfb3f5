/** Writes a state larger than the file size limit that its parent has set; prints the code of the error. Keeps the lock. */
import { DmsctlError } from '../../../src/errors/dmsctl-error.js';
import { FileStateStore } from '../../../src/state/file-state-store.js';
import { applyStateChanges, type StateChange } from '../../../src/state/state.js';

const store = new FileStateStore({ path: process.argv[2] ?? '', spec: 'shop', dmsctl: '0.1.0' });
const lock = await store.lock('apply');
const state = await store.read();
if (state === null) throw new TypeError('the test writes a state first');
const changes = Array.from({ length: 500 }, (_, number): StateChange => {
  const resource = { kind: 'endpoint', phase: 'known', fingerprint: 'f', created: [] } as const;
  return { kind: 'record', address: `endpoint.e${number}`, resource };
});
try {
  await store.write(applyStateChanges(state, changes), lock);
  process.stdout.write('written');
} catch (error) {
  process.stdout.write(error instanceof DmsctlError ? error.code : String(error));
}
