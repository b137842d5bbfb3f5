/** What decides, besides its columns, which rows a key range of a table holds; see TableDefinition.rangeBasis. */
import type { PostgresConnection } from './connection.js';

export interface RangeBasisFacts {
  /** Of the key's columns, in key order, as regcollation writes them; `-` for a type without one. */
  readonly keyCollations: readonly string[];
  /** Hash of the leaf partitions' object ids; null for a table that is not partitioned. */
  readonly partitions: string | null;
}

export function toRangeBasis({ keyCollations, partitions }: RangeBasisFacts): string {
  const collations = keyCollations.filter((collation) => collation !== '-');
  return [
    ...(collations.length === 0 ? [] : [`collations ${collations.join(', ')}`]),
    ...(partitions === null ? [] : [`partitions ${partitions}`]),
  ].join('; ');
}

/** Object ids, not names: a partition that was replaced by another of the same name holds other rows. */
export function partitionsHashSql(oid: string): string {
  return `encode(sha256(coalesce(string_agg(${oid}::text, ',' ORDER BY ${oid}), '')::bytea), 'hex')`;
}

export interface PartitionsRow {
  readonly relation: string;
  readonly partitions: string;
}

/** Of those that are partitioned. */
export function readPartitions(
  connection: PostgresConnection,
  relations: readonly string[],
): Promise<readonly PartitionsRow[]> {
  return connection.query<PartitionsRow>(
    `WITH RECURSIVE part(root, relid) AS (
       SELECT c.oid, c.oid FROM unnest($1::oid[]) AS wanted(oid) JOIN pg_class c USING (oid) WHERE c.relkind = 'p'
       UNION ALL
       SELECT part.root, i.inhrelid FROM part
       JOIN pg_class c ON c.oid = part.relid AND c.relkind = 'p'
       JOIN pg_inherits i ON i.inhparent = part.relid
     )
     SELECT root::text AS relation, ${partitionsHashSql('leaf.oid')} AS partitions
     FROM part LEFT JOIN pg_class leaf ON leaf.oid = part.relid AND leaf.relkind <> 'p' GROUP BY root`,
    [relations],
    'reading partitions',
  );
}
