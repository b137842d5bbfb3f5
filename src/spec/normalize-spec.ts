import { join, resolve } from 'node:path';
import { parseByteSize } from '../lib/byte-size.js';
import { parseDurationMs } from '../lib/duration.js';
import type { Endpoint } from '../model/endpoint.js';
import type { NormalizeContext } from './normalize-context.js';
import { normalizeEndpoint } from './normalize-endpoint.js';
import { normalizeTask } from './normalize-task.js';
import type { RawEndpoint, RawSpec, RawTask } from './raw-spec.js';
import type { ReplicationInstance, Spec } from './spec.js';
import type { SpecPath } from './spec-path.js';

/**
 * Checks what the JSON Schema cannot and fills in what it does not. Looks only at what has the right shape, so that one
 * run finds everything; the result may be used only if no problem was found.
 */
export async function normalizeSpec(root: unknown, file: string, context: NormalizeContext): Promise<Spec | null> {
  const rawEndpoints = mapAt(root, 'endpoints');
  const endpoints: Endpoint[] = [];
  for (const [name, raw] of Object.entries(rawEndpoints)) {
    const endpoint = isMap(raw) ? await normalizeEndpoint(name, raw as object as RawEndpoint, context) : null;
    if (endpoint !== null) endpoints.push(endpoint);
  }
  const known = { names: Object.keys(rawEndpoints), endpoints };
  const tasks = Object.entries(mapAt(root, 'tasks'))
    .map(([name, raw]) => (isMap(raw) ? normalizeTask(name, raw as object as RawTask, known, context) : null))
    .filter((task) => task !== null);
  if (!['name', 'state', 'replicationInstance'].every((key) => context.invalid.isSound([key]))) return null;
  const raw = root as RawSpec;
  return {
    file,
    name: raw.name,
    statePath: resolve(context.folder, raw.state.path ?? join('.dmsctl', `${raw.name}.state.json`)),
    replicationInstance: normalizeInstance(raw, context),
    endpoints,
    tasks,
  };
}

function normalizeInstance(
  { name, replicationInstance: raw }: RawSpec,
  context: NormalizeContext,
): ReplicationInstance {
  const path: SpecPath = ['replicationInstance'];
  return {
    storagePath: resolve(context.folder, raw.storage.path ?? join('.dmsctl', name)),
    storageLimitBytes: readBytes([...path, 'storage', 'limit'], raw.storage.limit, context),
    memoryBytes: readBytes([...path, 'memory'], raw.memory, context),
    retryForMs: readDuration([...path, 'retryFor'], raw.retryFor, context),
  };
}

function readBytes(path: SpecPath, raw: string | number, { problems }: NormalizeContext): number {
  const bytes = typeof raw === 'number' ? raw : parseByteSize(raw);
  if (bytes === null) problems.add(path, 'is zero or too large');
  return bytes ?? 0;
}

function readDuration(path: SpecPath, raw: string, { problems }: NormalizeContext): number {
  const ms = parseDurationMs(raw);
  if (ms === null) problems.add(path, 'is too large');
  return ms ?? 0;
}

/** The map at `key`, empty where there is none. */
function mapAt(root: unknown, key: string): Readonly<Record<string, unknown>> {
  const value = isMap(root) ? root[key] : null;
  return isMap(value) ? value : {};
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
