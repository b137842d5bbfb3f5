import type { PartLoad, PartRows, TargetTable } from '../../../src/engines/ports.js';
import { type LoadPart, NO_POLICY_COUNTS, WHOLE_TABLE } from '../../../src/model/load-part.js';
import type { Position } from '../../../src/model/position.js';
import type { RowBatch } from '../../../src/model/row-batch.js';
import type { KeyDefinition } from '../../../src/model/table.js';
import type { ColumnMapping, TableMapping } from '../../../src/model/table-mapping.js';
import type { LeaseHolder, TaskKey } from '../../../src/model/task-progress.js';

export const TASK: TaskKey = { spec: 'shop', task: 'shop-live' };
export const HOLDER: LeaseHolder = { hostId: 'host-a', hostName: 'alpha', pid: 101 };
export const OTHER_HOLDER: LeaseHolder = { hostId: 'host-b', hostName: 'beta', pid: 202 };
export const CLAIM = { holder: HOLDER, lineage: 'lineage-1', sourceIdentity: 'source-1', isDead: () => false };
export const BOUNDARY = { kind: 'exact', position: '0/16B3748' as Position, token: '735:735:' } as const;

export function column(name: string, targetType: string, overrides: Partial<ColumnMapping> = {}): ColumnMapping {
  const source = {
    name,
    type: { kind: 'text', charsMax: null },
    nativeType: targetType,
    isNullable: true,
    generated: null,
  } as const;
  return {
    source,
    targetName: name,
    targetType,
    isNullable: true,
    deliverAs: source.type,
    generated: null,
    losses: [],
    isSameType: true,
    ...overrides,
  };
}

const PRIMARY_ID: KeyDefinition = { kind: 'primary', name: 'PRIMARY', columns: ['id'], identifiesRow: true };

export function tableMapping(overrides: Partial<TableMapping> = {}): TableMapping {
  return {
    source: { schema: 'Shop', table: 'Orders' },
    target: { schema: 'public', table: 'orders' },
    columns: [column('id', 'integer', { isNullable: false }), column('note', 'text')],
    key: PRIMARY_ID,
    sourceKey: PRIMARY_ID,
    userTypes: [],
    rangeBasis: '',
    size: { estimatedRows: null, estimatedBytes: null },
    ...overrides,
  };
}

export function targetTable(overrides: Partial<TargetTable> = {}): TargetTable {
  return {
    mapping: tableMapping(),
    mappingFingerprint: 'fingerprint-1',
    loadBasis: 'basis',
    keepsRows: true,
    prepare: 'create',
    exists: false,
    ...overrides,
  };
}

export const TWO_PARTS: readonly LoadPart[] = [
  { number: 1, range: { after: null, upTo: ['10'] } },
  { number: 2, range: { after: ['10'], upTo: null } },
];

/** Batches given as COPY text. */
export function textRows(...batches: readonly string[]): PartRows {
  return rowsOf(
    batches.map((text) => ({ bytes: Buffer.from(text), rows: text.split('\n').length - 1, format: 'copy-text' })),
  );
}

export function rowsOf(batches: Iterable<RowBatch> | AsyncIterable<RowBatch>): PartRows {
  return {
    boundary: BOUNDARY,
    batches: (async function* () {
      yield* batches;
    })(),
    policyCounts: () => ({ ...NO_POLICY_COUNTS, zeroDate: 2 }),
    close: async () => Promise.resolve(),
  };
}

export function partLoad(rows: PartRows, overrides: Partial<PartLoad> = {}): PartLoad {
  return { table: targetTable(), part: WHOLE_TABLE, format: 'copy-text', rows, ...overrides };
}
