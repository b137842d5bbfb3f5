import { hashOfJson, type JsonValue } from '../lib/canonical-json.js';
import type { Policies } from '../model/policies.js';
import type { ColumnMapping, TableMapping } from '../model/table-mapping.js';
import type { KeyDefinition } from '../model/table.js';

/**
 * Equal for two mappings that move the same values to the same places. Sizes, names of keys and words for people are
 * left out. A load is resumed only under the fingerprint that it was begun with, because its parts must fit together.
 */
export function mappingFingerprint(mapping: TableMapping): string {
  return hashOfJson({
    source: [mapping.source.schema, mapping.source.table],
    target: [mapping.target.schema, mapping.target.table],
    columns: mapping.columns.map(columnMeaning),
    key: keyMeaning(mapping.key),
    sourceKey: keyMeaning(mapping.sourceKey),
    userTypes: mapping.userTypes.map(({ kind, schema, name, definition }) => [kind, schema, name, definition]),
  });
}

/** What the parts of one load share beyond the mapping; see TargetTable. */
export function loadBasis({ rangeBasis }: TableMapping, { zeroDate, nulCharacter, invalidText }: Policies): string {
  return hashOfJson({ rangeBasis, zeroDate, nulCharacter, invalidText });
}

function columnMeaning(column: ColumnMapping): JsonValue {
  const { generated } = column;
  return {
    source: column.source.name,
    sourceType: column.source.nativeType,
    target: column.targetName,
    targetType: column.targetType,
    isNullable: column.isNullable,
    deliverAs: { ...column.deliverAs },
    generated: generated === null ? null : [generated.expression, generated.storage],
  };
}

function keyMeaning(key: KeyDefinition | null): JsonValue {
  return key === null ? null : [key.kind, key.columns];
}
