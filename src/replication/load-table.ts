import type {
  DdlWriter,
  ProgressStore,
  SnapshotReader,
  SnapshotTable,
  TargetLoader,
  TargetTable,
} from '../engines/ports.js';
import type { TableProgress } from '../model/task-progress.js';

/** One table of a load. `recorded` is what the target knew of this very load when the task was claimed. */
export interface LoadTable {
  readonly target: TargetTable;
  readonly snapshot: SnapshotTable;
  readonly recorded: TableProgress | null;
}

/** The engines' side of a full load. */
export interface FullLoadPorts {
  readonly snapshotReader: SnapshotReader;
  readonly ddlWriter: DdlWriter;
  readonly loader: TargetLoader;
  readonly progress: ProgressStore;
}
