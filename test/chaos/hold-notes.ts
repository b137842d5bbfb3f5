import { setTimeout as delay } from 'node:timers/promises';
import { connectTo } from '../servers/text-connection.js';
import type { World } from './world.js';

const POLL_INTERVAL_MS = 20;

/**
 * Locks the table `notes`, the largest one and so the first to be loaded, such that it can be planned and prepared but no
 * row gets into it: a load stands still in the middle, for as long as a test wants.
 */
export interface HeldNotes {
  /** Resolves when a part of the table waits with its rows. */
  reached(): Promise<void>;
  release(): Promise<void>;
}

export async function holdNotes({ source: { schema }, target }: World): Promise<HeldNotes> {
  const holder = await connectTo(target.server, target.name);
  await holder.query('BEGIN');
  await holder.query(`LOCK TABLE ${schema}.notes IN SHARE MODE`);
  // By another connection: within a transaction pg_stat_activity stays as it was first read.
  const isReached = async (): Promise<boolean> => {
    const waiting = await target.query(
      `SELECT 1 FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'COPY%notes%'`,
    );
    return waiting.length > 0;
  };
  return {
    async reached() {
      while (!(await isReached())) await delay(POLL_INTERVAL_MS);
    },
    release: async () => holder.close(),
  };
}
