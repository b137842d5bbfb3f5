import type { ExistingTable, ServerDescription } from '../engines/ports.js';
import { hashOfJson, type JsonValue } from '../lib/canonical-json.js';
import type { ColumnDefinition, KeyDefinition, TableDefinition, UserType } from '../model/table.js';
import { formatTableName } from '../model/table.js';
import type { TaskProgress } from '../model/task-progress.js';
import { endpointFingerprint, taskFingerprint } from '../spec/fingerprint.js';
import type { Spec } from '../spec/spec.js';
import { endpointAddress, taskAddress } from '../state/address.js';
import { compareText } from './code-point-order.js';
import type { TaskInputs } from './plan-inputs.js';

/** Fingerprints of the spec: endpoints and tasks by address. */
export function specFingerprints(spec: Spec): readonly [string, string][] {
  return [
    ...spec.endpoints.map((endpoint): [string, string] => [
      endpointAddress(endpoint.name),
      endpointFingerprint(endpoint),
    ]),
    ...spec.tasks.map((task): [string, string] => [taskAddress(task.name), taskFingerprint(task)]),
  ];
}

/** Fingerprints of what a task saw on both sides: servers, selected tables, progress. */
export function taskFingerprints(
  task: string,
  inputs: TaskInputs,
  selected: readonly TableDefinition[],
): readonly [string, string][] {
  const of = (object: string): string => `${object} of task ${task}`;
  return [
    [of('source server'), hashOfJson(serverMeaning(inputs.source.server))],
    [of('target server'), hashOfJson(serverMeaning(inputs.target.server))],
    [of('schemas on the target'), hashOfJson([...inputs.target.catalog.schemas].sort(compareText))],
    [
      of('user types on the target'),
      hashOfJson(inputs.target.catalog.userTypes.map(userTypeMeaning).sort(compareJson)),
    ],
    [of('progress'), hashOfJson(progressMeaning(inputs.progress))],
    ...selected.map((table): [string, string] => [
      of(`source table ${formatTableName(table.name)}`),
      hashOfJson(tableMeaning(table)),
    ]),
    ...inputs.target.catalog.tables.map((table): [string, string] => [
      of(`target table ${formatTableName(table.definition.name)}`),
      hashOfJson(existingMeaning(table)),
    ]),
  ];
}

function serverMeaning({ product, identity, features }: ServerDescription): JsonValue {
  return { product, identity, features };
}

function tableMeaning(table: TableDefinition): JsonValue {
  return {
    columns: table.columns.map(columnMeaning),
    key: keyMeaning(table.key),
    userTypes: table.userTypes.map(userTypeMeaning),
    rangeBasis: table.rangeBasis,
  };
}

function existingMeaning(table: ExistingTable): JsonValue {
  return {
    ...(tableMeaning(table.definition) as Readonly<Record<string, JsonValue>>),
    hasRows: table.hasRows,
    requiredColumns: [...table.requiredColumns].sort(compareText),
    relationKind: table.relationKind,
  };
}

function columnMeaning({ name, nativeType, isNullable, generated }: ColumnDefinition): JsonValue {
  return [name, nativeType, isNullable, generated === null ? null : [generated.expression, generated.storage]];
}

function keyMeaning(key: KeyDefinition | null): JsonValue {
  return key === null ? null : [key.kind, key.columns, key.identifiesRow];
}

function userTypeMeaning({ schema, name, kind, definition }: UserType): JsonValue {
  return [schema, name, kind, definition];
}

/** The lease is left out: it runs by the clock. The epoch grows with every run, so any run in between shows. */
function progressMeaning(progress: TaskProgress | null): JsonValue {
  if (progress === null) return null;
  return {
    epoch: progress.epoch,
    lineage: progress.lineage,
    sourceIdentity: progress.sourceIdentity,
    tables: progress.tables
      .map((table): JsonValue => [
        formatTableName(table.source),
        table.phase,
        table.mappingFingerprint,
        table.parts.filter(({ isDone }) => isDone).length,
        table.hasObjectsToRestore,
      ])
      .sort(compareJson),
  };
}

function compareJson(left: JsonValue, right: JsonValue): number {
  return compareText(JSON.stringify(left), JSON.stringify(right));
}
