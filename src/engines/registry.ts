import type { Endpoint } from '../model/endpoint.js';
import { DmsctlError } from '../errors/dmsctl-error.js';
import type { SourceEngine, TargetEngine } from './ports.js';

/** Opens no connection yet: the ports do when first used. Engines are imported when needed, for a short start-up. */
export async function openSource(endpoint: Endpoint): Promise<SourceEngine> {
  switch (endpoint.engine) {
    case 'postgres':
      return (await import('./postgres/engine.js')).openPostgresSource(endpoint);
    case 'mysql':
    case 'mariadb':
      return (await import('./mysql/engine.js')).openMysqlSource(endpoint);
    case 'oracle':
      throw notSupportedYet(endpoint, 'source');
  }
}

export async function openTarget(endpoint: Endpoint): Promise<TargetEngine> {
  switch (endpoint.engine) {
    case 'postgres':
      return (await import('./postgres/engine.js')).openPostgresTarget(endpoint);
    case 'mysql':
    case 'mariadb':
    case 'oracle':
      throw notSupportedYet(endpoint, 'target');
  }
}

function notSupportedYet(endpoint: Endpoint, role: 'source' | 'target'): DmsctlError {
  return new DmsctlError('SPEC_NOT_SUPPORTED_YET', {
    detail: `endpoint ${endpoint.name}: ${endpoint.engine} as a ${role} is not supported yet.`,
    fix: 'Sources: postgres, mysql, mariadb. Targets: postgres.',
  });
}
