import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../support/dmsctl.js';

/** The parts of oclif.manifest.json (written by the build) that users see. */
interface Manifest {
  readonly commands: Readonly<Record<string, ManifestCommand>>;
}

export interface ManifestCommand {
  readonly summary: string;
  readonly examples: readonly string[];
  readonly args: Readonly<Record<string, { readonly required?: boolean }>>;
  readonly flags: Readonly<Record<string, ManifestFlag>>;
}

export interface ManifestFlag {
  readonly type: 'boolean' | 'option';
  readonly char?: string;
  readonly env?: string;
  readonly options?: readonly string[];
  readonly default?: string | boolean;
}

const manifest = JSON.parse(readFileSync(join(PROJECT_ROOT, 'oclif.manifest.json'), 'utf8')) as Manifest;

/** By the words that a user types. */
export const COMMANDS: ReadonlyMap<string, ManifestCommand> = new Map(
  Object.entries(manifest.commands)
    .map(([id, command]): [string, ManifestCommand] => [id.replaceAll(':', ' '), command])
    .sort(([left], [right]) => (left < right ? -1 : 1)),
);
