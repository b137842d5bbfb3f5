import { canonicalJson, hashOfJson, type JsonValue } from '../lib/canonical-json.js';
import type { Endpoint } from '../model/endpoint.js';
import type { Spec, TablePattern, TaskSpec } from './spec.js';

/**
 * Changes with what a spec means: its endpoints and tasks. Where it runs (paths, memory, patience) is left out, so that
 * a plan made on one machine can be applied on another.
 */
export function specFingerprint(spec: Spec): string {
  return hashOfJson({
    name: spec.name,
    endpoints: Object.fromEntries(spec.endpoints.map((endpoint) => [endpoint.name, describeEndpoint(endpoint)])),
    tasks: Object.fromEntries(spec.tasks.map((task) => [task.name, describeTask(task)])),
  });
}

export function endpointFingerprint(endpoint: Endpoint): string {
  return hashOfJson(describeEndpoint(endpoint));
}

export function taskFingerprint(task: TaskSpec): string {
  return hashOfJson(describeTask(task));
}

/** Without password and client certificate: rotating them does not change which database this is. */
function describeEndpoint({ name, engine, host, port, database, user, tls, options }: Endpoint): JsonValue {
  return { name, engine, host, port, database, user, tls: { mode: tls.mode, ca: tls.ca }, options };
}

function describeTask({ name, type, source, target, start, tables, prepare, fullLoad, policies }: TaskSpec): JsonValue {
  return {
    name,
    type,
    source,
    target,
    start,
    tables: { include: describePatterns(tables.include), exclude: describePatterns(tables.exclude) },
    prepare,
    fullLoad: { tables: fullLoad.tables, connectionsPerTable: fullLoad.connectionsPerTable },
    policies: { ...policies },
  };
}

/** As a set: neither order nor repetition of patterns selects other tables. */
function describePatterns(patterns: readonly TablePattern[]): JsonValue {
  return [...new Set(patterns.map(({ schema, table }) => canonicalJson({ schema, table })))].sort();
}
