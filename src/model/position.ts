/**
 * A place in a source's log, in the source engine's own text (an LSN, a GTID set or file and offset, an SCN).
 * Opaque outside its engine: kept and handed back, compared only by the engine's position codec.
 */
export type Position = string & { readonly __brand: 'Position' };

/**
 * What a load part's rows already contain of the source's changes.
 *
 * - `exact`: precisely the changes that the token (PostgreSQL: `pg_current_snapshot()`; MariaDB: the binlog position of
 *   the snapshot) shows as contained; `position` is where a change stream must start at the latest to miss nothing.
 * - `window`: all changes up to `position`, none after `until`, those between perhaps.
 * - `none`: the source keeps no log that changes could be read from.
 */
export type SnapshotBoundary =
  | { readonly kind: 'exact'; readonly position: Position; readonly token: string }
  | { readonly kind: 'window'; readonly position: Position; readonly until: Position }
  | { readonly kind: 'none' };
