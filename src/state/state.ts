import { quoteTableName } from '../model/table.js';
import type { TablePhase, TableProgress } from '../model/task-progress.js';

/** Version of the file format, not of dmsctl. */
export const STATE_VERSION = 1;

interface ResourceBase {
  /** Of the meaning, not of the spec's bytes. */
  readonly fingerprint: string;
  /** What dmsctl made for it on a database, in words: `schema "shop"`, `table "shop"."orders"`. Sorted. */
  readonly created: readonly string[];
}

interface EndpointResource extends ResourceBase {
  readonly kind: 'endpoint';
  readonly phase: 'known';
}

export interface TaskResource extends ResourceBase {
  readonly kind: 'task';
  readonly phase: 'created' | 'loading' | 'loaded';
}

export interface TableResource extends ResourceBase {
  readonly kind: 'table';
  readonly phase: TablePhase;
  /** `"schema"."table"` on the target. */
  readonly target: string;
  readonly rows: number;
  readonly bytes: number;
}

export type Resource = EndpointResource | TaskResource | TableResource;

/**
 * What dmsctl remembers of a spec between runs: intent and phases. It only mirrors progress, which lives in the target,
 * so that losing it loses nothing. Holds no secret and no position.
 */
export interface State {
  readonly version: typeof STATE_VERSION;
  /** Names this history; a state made anew, not recovered, gets another. */
  readonly lineage: string;
  /** +1 with each write; 0 before the first. */
  readonly serial: number;
  /** Version of the dmsctl that wrote it. */
  readonly dmsctl: string;
  /** Name of the spec. */
  readonly spec: string;
  readonly resources: Readonly<Record<string, Resource>>;
}

export function newState({ lineage, spec, dmsctl }: Pick<State, 'lineage' | 'spec' | 'dmsctl'>): State {
  return { version: STATE_VERSION, lineage, serial: 0, dmsctl, spec, resources: {} };
}

/** A change of the state that needs no work on a database. */
export type StateChange =
  | { readonly kind: 'record'; readonly address: string; readonly resource: Resource }
  | { readonly kind: 'forget'; readonly address: string };

export function applyStateChanges(state: State, changes: readonly StateChange[]): State {
  const resources = new Map(Object.entries(state.resources));
  for (const change of changes) {
    if (change.kind === 'record') resources.set(change.address, change.resource);
    else resources.delete(change.address);
  }
  return { ...state, resources: Object.fromEntries(resources) };
}

/** The table as the target's progress tells it. */
export function tableResource(progress: TableProgress): TableResource {
  const target = quoteTableName(progress.target);
  return {
    kind: 'table',
    fingerprint: progress.mappingFingerprint,
    created: progress.isCreatedByTask ? [`table ${target}`] : [],
    phase: progress.phase,
    target,
    rows: progress.rows,
    bytes: progress.bytes,
  };
}
