import { RowEncoder } from '../../../../src/engines/mysql/row-encoder.js';
import type { DeliveredColumn } from '../../../../src/engines/ports.js';
import type { ColumnType } from '../../../../src/model/column-type.js';
import type { PolicyCounts } from '../../../../src/model/load-part.js';
import { DEFAULT_POLICIES, type Policies } from '../../../../src/model/policies.js';
import type { RowBatch } from '../../../../src/model/row-batch.js';
import type { TableMapping } from '../../../../src/model/table-mapping.js';

const NAME = { schema: 'shop', table: 'orders' };

export function column(nativeType: string, type: ColumnType, name = nativeType): DeliveredColumn {
  return { source: { name, type, nativeType, isNullable: true, generated: null }, deliverAs: type };
}

export const TEXT = column('varchar(20)', { kind: 'text', charsMax: 20 }, 'note');
export const INTEGER = column('int', { kind: 'integer', bits: 32, isUnsigned: false }, 'id');

export function mappingOf(columns: readonly DeliveredColumn[], key: TableMapping['sourceKey'] = null): TableMapping {
  return {
    source: NAME,
    target: NAME,
    key,
    sourceKey: key,
    userTypes: [],
    rangeBasis: '',
    size: { estimatedRows: null, estimatedBytes: null },
    columns: columns.map((delivered) => ({
      ...delivered,
      targetName: delivered.source.name,
      targetType: '',
      isNullable: true,
      generated: null,
      losses: [],
      isSameType: false,
    })),
  };
}

type Value = string | Buffer | null;

/** A row of the text protocol. */
function rowPacket(values: readonly Value[]): Buffer {
  return Buffer.concat(values.map(lengthEncoded));
}

function lengthEncoded(value: Value): Buffer {
  if (value === null) return Buffer.of(0xfb);
  const bytes = Buffer.from(value);
  return Buffer.concat([lengthPrefix(bytes.length), bytes]);
}

function lengthPrefix(length: number): Buffer {
  if (length <= 250) return Buffer.of(length);
  const [mark, size] = length < 2 ** 16 ? [0xfc, 2] : length < 2 ** 24 ? [0xfd, 3] : [0xfe, 8];
  const prefix = Buffer.alloc(1 + size, 0);
  prefix[0] = mark;
  prefix.writeUIntLE(length, 1, Math.min(size, 6));
  return prefix;
}

export interface Encoded {
  readonly batches: readonly RowBatch[];
  readonly text: string;
  readonly counts: PolicyCounts;
}

export function encode(
  columns: readonly DeliveredColumn[],
  rows: readonly (readonly Value[])[],
  policies: Partial<Policies> = {},
): Encoded {
  const batches: RowBatch[] = [];
  const encoder = new RowEncoder(
    { mapping: mappingOf(columns), columns, policies: { ...DEFAULT_POLICIES, ...policies } },
    (batch) => batches.push(batch),
  );
  for (const row of rows) {
    // Rows lie somewhere inside what the socket read.
    const packet = Buffer.concat([Buffer.from('before'), rowPacket(row), Buffer.from('after')]);
    encoder.addRow(packet, 6, packet.length - 5);
  }
  encoder.flush();
  const text = Buffer.concat(batches.map(({ bytes }) => bytes)).toString('utf8');
  return { batches, text, counts: encoder.policyCounts };
}
