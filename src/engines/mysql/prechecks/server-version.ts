import type { Precheck } from '../../ports.js';
import type { Endpoint } from '../../../model/endpoint.js';
import type { ConnectionPool } from '../connection-pool.js';
import { formatVersion, isAtLeast } from '../flavors.js';

export function serverVersion(pool: ConnectionPool, endpoint: Endpoint): Precheck {
  const name = 'mysql.server-version';
  return {
    name,
    run: (signal) =>
      pool.use(signal, (connection) => {
        const { flavor, version } = connection.server;
        if (isAtLeast(version, flavor.oldestSupported)) return Promise.resolve([]);
        return Promise.resolve([
          {
            check: name,
            severity: 'error',
            object: endpoint.name,
            found: `the server is ${flavor.product} ${formatVersion(version)}.`,
            why: 'Older servers describe their tables differently, so that columns or keys could be missed.',
            fix: `Use ${flavor.product} ${formatVersion(flavor.oldestSupported)} or newer.`,
          },
        ]);
      }),
  };
}
