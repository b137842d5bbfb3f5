import { DmsctlError } from '../errors/dmsctl-error.js';
import type { ErrorCode } from '../errors/error-code.js';
import { schemaProblems } from '../lib/json-schema.js';
import { STATE_VERSION, type State } from './state.js';

export function encodeState(state: State): string {
  const resources = Object.entries(state.resources).sort(([left], [right]) => (left < right ? -1 : 1));
  return `${JSON.stringify({ ...state, resources: Object.fromEntries(resources) }, null, 2)}\n`;
}

/** Refuses by name everything that is not a whole state file of this format and this spec. */
export function decodeState(text: string, expected: { readonly path: string; readonly spec: string }): State {
  const { path, spec } = expected;
  const value = parse(text, path);
  if (!isStateLike(value)) throw refused('STATE_FOREIGN', path, 'has no version, lineage and serial.');
  if (value.version > STATE_VERSION) {
    throw new DmsctlError('STATE_VERSION_NEWER', {
      detail: `${path} has format ${value.version}, this dmsctl reads ${STATE_VERSION}.`,
      fix: 'Use the dmsctl that wrote it, or a newer one.',
    });
  }
  const problems = schemaProblems('state', value);
  if (problems.length > 0) throw refused('STATE_INVALID', path, problems.join('; '));
  const state = value as unknown as State;
  if (state.spec !== spec) {
    throw new DmsctlError('STATE_OF_OTHER_SPEC', {
      detail: `${path} belongs to the spec ${state.spec}, not to ${spec}.`,
      fix: 'Give each spec a state of its own: state.path in the spec. If the spec was renamed, name it as before.',
    });
  }
  return state;
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refused('STATE_TRUNCATED', path, text.trim() === '' ? 'is empty.' : 'is not whole JSON.', error);
  }
}

interface StateLike {
  readonly version: number;
}

function isStateLike(value: unknown): value is StateLike {
  if (typeof value !== 'object' || value === null) return false;
  return 'version' in value && typeof value.version === 'number' && 'lineage' in value && 'serial' in value;
}

function refused(code: ErrorCode, path: string, saw: string, cause?: unknown): DmsctlError {
  return new DmsctlError(code, {
    detail: `${path} ${saw}`,
    fix: `Put back a good copy. Without one, move the file away and plan again: progress is read from the target.\n  mv '${path}' '${path}.broken'`,
    cause,
  });
}
