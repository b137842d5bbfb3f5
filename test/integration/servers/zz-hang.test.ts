import { test } from 'vitest';
import { startPostgres } from '../../servers/postgres.js';
test('hangs', async () => { await startPostgres(); console.log('HANGING', process.env.TZ); await new Promise((r) => setTimeout(r, 50000)); }, 60000);
