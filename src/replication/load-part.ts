import type { PartRows } from '../engines/ports.js';
import { bug } from '../errors/dmsctl-error.js';
import { failPoint } from '../lib/fail-point.js';
import type { LoadedPart, LoadPart } from '../model/load-part.js';
import { NO_POLICY_COUNTS } from '../model/load-part.js';
import type { BatchFormat } from '../model/row-batch.js';
import { formatTableName, quoteTableName } from '../model/table.js';
import type { FullLoadPorts, LoadTable } from './load-table.js';
import type { LoadObserver } from './load-event.js';
import type { SharedSnapshot } from './shared-snapshot.js';
import type { Fence } from '../model/task-progress.js';
import { withRetry } from './with-retry.js';

interface LoadPartContext {
  readonly ports: FullLoadPorts;
  readonly snapshot: SharedSnapshot;
  readonly fence: Fence;
  readonly retryForMs: number;
  readonly observer: LoadObserver;
  readonly drain: AbortSignal;
  readonly signal: AbortSignal;
}

/** Loads one part, waiting for endpoints that went away. When it returns the part is durable, exactly once. */
export async function loadPart(table: LoadTable, part: LoadPart, context: LoadPartContext): Promise<LoadedPart> {
  let isFirstTry = true;
  return withRetry(
    async () => {
      if (isFirstTry) {
        isFirstTry = false;
        return transferPart(table, part, context);
      }
      return transferAgain(table, part, context);
    },
    { ...context, doing: `loading ${formatTableName(table.target.mapping.source)}, part ${part.number}` },
  );
}

/**
 * A connection lost at commit leaves open whether the part is there: its progress row decides. The lost commit may also
 * be carried out while the part is sent once more; its rows then collide with themselves, which is no error of theirs.
 */
async function transferAgain(table: LoadTable, part: LoadPart, context: LoadPartContext): Promise<LoadedPart> {
  const recorded = await readRecordedPart(table, part, context);
  if (recorded !== null) return recorded;
  try {
    return await transferPart(table, part, context);
  } catch (error) {
    context.signal.throwIfAborted();
    const late = await readRecordedPart(table, part, context).catch(() => null);
    if (late !== null) return late;
    throw error;
  }
}

async function transferPart(table: LoadTable, part: LoadPart, context: LoadPartContext): Promise<LoadedPart> {
  const { ports, fence, observer, signal } = context;
  const name = table.target.mapping.source;
  const format = commonFormat(table, ports);
  const snapshot = await context.snapshot.current(signal);
  const rows = await snapshot.openPart(table.snapshot, part, format, signal);
  const written = { rows: 0, bytes: 0 };
  try {
    return await ports.loader.loadPart(
      fence,
      { table: table.target, part, format, rows: withFailPoint(rows) },
      (rowsWritten, bytesWritten) => {
        written.rows += rowsWritten;
        written.bytes += bytesWritten;
        observer({ type: 'written', table: name, rows: rowsWritten, bytes: bytesWritten });
      },
      signal,
    );
  } catch (error) {
    observer({ type: 'part-undone', table: name, ...written });
    throw error;
  } finally {
    await rows.close();
  }
}

function commonFormat(table: LoadTable, ports: FullLoadPorts): BatchFormat {
  const taken = ports.loader.formats(table.target);
  const format = ports.snapshotReader.formats(table.snapshot).find((candidate) => taken.includes(candidate));
  if (format === undefined) throw bug('source and target share no batch format');
  return format;
}

function withFailPoint(rows: PartRows): PartRows {
  return {
    boundary: rows.boundary,
    batches: (async function* () {
      for await (const batch of rows.batches) {
        yield batch;
        failPoint('mid-chunk');
      }
    })(),
    policyCounts: () => rows.policyCounts(),
    close: async () => rows.close(),
  };
}

async function readRecordedPart(
  table: LoadTable,
  part: LoadPart,
  context: LoadPartContext,
): Promise<LoadedPart | null> {
  const progress = await context.ports.progress.read(context.fence.task, context.signal);
  const key = quoteTableName(table.target.mapping.source);
  const recorded = progress?.tables
    .find(({ source }) => quoteTableName(source) === key)
    ?.parts.find((candidate) => candidate.part.number === part.number);
  if (recorded?.isDone !== true) return null;
  const { boundary, rows, bytes } = recorded;
  return { part, boundary, rows, bytes, policyCounts: NO_POLICY_COUNTS };
}
