import type { SchemaReader } from '../engines/ports.js';

/** A schema that holds tables. Figures are the catalog's estimates. */
export interface FoundSchema {
  readonly schema: string;
  readonly tables: number;
  readonly estimatedRows: number;
  readonly estimatedBytes: number;
}

/** Of `wanted`, or all for `null`; in the order of the catalog: by schema name. */
export async function listSchemas(
  reader: SchemaReader,
  wanted: readonly string[] | null,
  signal: AbortSignal,
): Promise<readonly FoundSchema[]> {
  const { tables } = await reader.readCatalog(wanted, signal);
  const bySchema = new Map<string, FoundSchema>();
  for (const { name, size } of tables) {
    const sum = bySchema.get(name.schema) ?? { schema: name.schema, tables: 0, estimatedRows: 0, estimatedBytes: 0 };
    bySchema.set(name.schema, {
      schema: name.schema,
      tables: sum.tables + 1,
      estimatedRows: sum.estimatedRows + (size.estimatedRows ?? 0),
      estimatedBytes: sum.estimatedBytes + (size.estimatedBytes ?? 0),
    });
  }
  return [...bySchema.values()];
}
