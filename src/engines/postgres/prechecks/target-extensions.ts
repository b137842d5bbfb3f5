import type { Finding } from '../../../model/finding.js';
import type { UserType } from '../../../model/table.js';
import type { Precheck, TargetTable } from '../../ports.js';
import type { PostgresConnection } from '../connection.js';
import type { PostgresConnections } from '../connection-pool.js';
import { quoteIdentifier } from '../identifiers.js';

const CHECK = 'postgres.target-extensions';

export interface ExtensionFacts {
  readonly endpoint: string;
  readonly installed: readonly string[];
  /** Those that CREATE EXTENSION could install. */
  readonly available: readonly string[];
}

export function extensionsPrecheck(connections: PostgresConnections, tables: readonly TargetTable[]): Precheck {
  return {
    name: CHECK,
    run: async (signal) => {
      const types = tables.flatMap(({ mapping }) => mapping.userTypes);
      if (types.length === 0) return [];
      return judgeExtensions(types, await connections.use(signal, readFacts));
    },
  };
}

/** One finding an extension, in the order of their names. */
export function judgeExtensions(types: readonly UserType[], facts: ExtensionFacts): readonly Finding[] {
  const extensionTypes = types.filter(({ kind }) => kind === 'extension');
  const wanted = [...new Set(extensionTypes.map(({ definition }) => definition))].sort();
  return wanted
    .filter((extension) => !facts.installed.includes(extension))
    .map((extension) => {
      const schema = extensionTypes.find(({ definition }) => definition === extension)?.schema ?? 'public';
      const create = `CREATE EXTENSION ${quoteIdentifier(extension)} SCHEMA ${quoteIdentifier(schema)};`;
      return {
        check: CHECK,
        severity: 'error',
        object: `endpoint ${facts.endpoint}`,
        found: `The extension ${extension} is not installed in the target database.`,
        why: 'Columns of the source have types that it brings.',
        fix: facts.available.includes(extension)
          ? `Install it:\n  ${create}`
          : `Install its package on the server first; then:\n  ${create}`,
      };
    });
}

async function readFacts(connection: PostgresConnection): Promise<ExtensionFacts> {
  const rows = await connection.query<{ readonly name: string; readonly is_installed: string }>(
    'SELECT name, installed_version IS NOT NULL AS is_installed FROM pg_available_extensions',
    [],
    'checking extensions',
  );
  return {
    endpoint: connection.endpointName,
    installed: rows.filter(({ is_installed }) => is_installed === 't').map(({ name }) => name),
    available: rows.map(({ name }) => name),
  };
}
