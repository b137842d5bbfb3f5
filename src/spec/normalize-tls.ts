import { resolve } from 'node:path';
import { Secret } from '../lib/secret.js';
import type { TlsMode, TlsSettings } from '../model/endpoint.js';
import { isInlineSecret } from './inline-secret.js';
import { canCheck, type NormalizeContext } from './normalize-context.js';
import type { RawTls } from './raw-spec.js';
import { describeFailure, readTextFile } from './spec-files.js';
import type { SpecPath } from './spec-path.js';

const VERIFYING: readonly TlsMode[] = ['verify-ca', 'verify-full'];

/** `null` without the shape for it. `path` is the endpoint's; `urlMode` what its url says. */
export async function normalizeTls(
  path: SpecPath,
  { tls, urlMode }: { readonly tls: RawTls; readonly urlMode: TlsMode | null },
  context: NormalizeContext,
): Promise<TlsSettings | null> {
  const tlsPath = [...path, 'tls'];
  if (!context.invalid.isSound(tlsPath)) return null;
  if (tls.mode !== undefined && urlMode !== null && tls.mode !== urlMode) {
    context.problems.add([...tlsPath, 'mode'], 'the url of this endpoint asks for another TLS mode');
  }
  const mode = tls.mode ?? urlMode ?? (tls.ca === undefined ? 'prefer' : 'verify-full');
  checkCombination(tlsPath, { ...tls, mode }, context);
  const [ca, cert, key] = [
    await readPem([...tlsPath, 'ca'], tls.ca, context),
    await readPem([...tlsPath, 'cert'], tls.cert, context),
    await readPem([...tlsPath, 'key'], tls.key, context),
  ];
  return { mode, ca, cert, key: key === null ? null : new Secret(key) };
}

/** A file that would be left unused gives a false sense of safety. */
function checkCombination(
  path: SpecPath,
  { mode, ca, cert, key }: RawTls & { readonly mode: TlsMode },
  { problems }: NormalizeContext,
): void {
  if (ca !== undefined && !VERIFYING.includes(mode)) {
    problems.add([...path, 'ca'], `mode ${mode} does not check certificates, expected ${VERIFYING.join(' or ')}`);
  }
  if (cert !== undefined && mode === 'disable') problems.add([...path, 'cert'], 'mode disable uses no certificate');
  if (cert !== undefined && key === undefined) problems.add([...path, 'key'], 'this key is missing: tls.cert needs it');
  if (key !== undefined && cert === undefined) problems.add([...path, 'cert'], 'this key is missing: tls.key needs it');
}

/** The PEM text that `value` is, or is the path of. */
async function readPem(path: SpecPath, value: string | undefined, context: NormalizeContext): Promise<string | null> {
  const { problems, substitutions, folder, read, allowInlineSecrets } = context;
  if (value === undefined || !canCheck(path, context)) return null;
  if (isPem(value)) {
    if (value.includes('PRIVATE KEY') && !allowInlineSecrets && isInlineSecret(substitutions.segmentsOf(path, value))) {
      problems.add(path, 'a private key stands in the spec; give its path, or ${env:NAME} or ${file:PATH}');
    }
    return value;
  }
  const file = await readTextFile(read, resolve(folder, value));
  if (file.kind !== 'text') {
    problems.add(path, `this file ${describeFailure(file)}`);
  } else if (!isPem(file.text)) {
    problems.add(path, 'this file is not in PEM form (-----BEGIN …)');
  } else {
    return file.text;
  }
  return null;
}

function isPem(text: string): boolean {
  return text.includes('-----BEGIN ');
}
