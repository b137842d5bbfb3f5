/**
 * Compiles src into dist and writes oclif.manifest.json, so that the launcher need not load every command to know them.
 * Does nothing while dist is that of the present sources.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const stampFile = join(root, 'dist', '.sources');
const manifestFile = join(root, 'oclif.manifest.json');

const stamp = hashOf([
  ...filesBelow('src'),
  'tsconfig.json',
  'tsconfig.build.json',
  'package.json',
  'package-lock.json',
]);
if (readIfThere(stampFile) !== stamp || readIfThere(manifestFile) === null) {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  rmSync(manifestFile, { force: true });
  compile();
  await writeManifest();
  writeFileSync(stampFile, stamp);
}

function compile() {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  try {
    execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
  } catch {
    // tsc has said why.
    process.exit(1);
  }
}

async function writeManifest() {
  const { Plugin } = await import('@oclif/core');
  const plugin = new Plugin({ root, type: 'core', ignoreManifest: true, errorOnManifestCreate: true });
  await plugin.load();
  writeFileSync(manifestFile, JSON.stringify(plugin.manifest, null, 2));
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

function filesBelow(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
