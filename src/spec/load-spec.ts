import { dirname, isAbsolute, relative } from 'node:path';
import { bug } from '../errors/dmsctl-error.js';
import { findSpecFile, type SpecFile, type SpecFileOptions } from './find-spec-file.js';
import { normalizeSpec } from './normalize-spec.js';
import type { RawSpec } from './raw-spec.js';
import { checkBySchema } from './schema-problems.js';
import type { Spec } from './spec.js';
import { readFromDisk, type FileReader } from './spec-files.js';
import { substituteAll } from './substitute.js';
import { refuseUnsupported } from './unsupported.js';
import { readYaml, type YamlText } from './yaml-reader.js';

/** Finds, reads and checks the spec. Rejects with all that is wrong with it at once; `specProblemsOf` has it as data. */
export async function loadSpec(options: SpecFileOptions, read: FileReader = readFromDisk): Promise<Spec> {
  const file = await findSpecFile(options, read);
  const { value: root, problems } = readDocument(file, options.cwd);
  const folder = dirname(file.path);
  const substitutions = await substituteAll(root, { env: options.env, read, folder, problems });
  const invalid = checkBySchema(root, substitutions, problems);
  const allowInlineSecrets = (root as Partial<RawSpec> | null)?.allowInlineSecrets === true;
  const context = { problems, substitutions, invalid, read, folder, allowInlineSecrets };
  const spec = await normalizeSpec(root, file.path, context);
  problems.throwIfAny('SPEC_INVALID');
  refuseUnsupported(root as RawSpec, substitutions, problems);
  problems.throwIfAny('SPEC_NOT_SUPPORTED_YET');
  if (spec === null) throw bug('a spec without problems was not normalised');
  return spec;
}

/** Text that is no YAML has no structure to check any further. */
function readDocument({ path, content }: SpecFile, cwd: string): YamlText {
  const document = readYaml(content.kind === 'text' ? content.text : '', shownName(path, cwd));
  if (content.kind === 'unfit') document.problems.addAtOffset(0, [], `the file ${content.reason}`);
  if (!document.isUsable || content.kind === 'unfit') document.problems.throwIfAny('SPEC_INVALID');
  return document;
}

function shownName(path: string, cwd: string): string {
  const name = relative(cwd, path);
  return name.startsWith('..') || isAbsolute(name) ? path : name;
}
