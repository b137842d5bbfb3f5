import { execFileSync } from 'node:child_process';

/** The user that a child process runs as; `null`: the same as this one. */
export type ProcessIdentity = { readonly uid: number; readonly gid: number } | null;

/** PostgreSQL refuses to run as root: there it runs as the user that owns nothing. */
export function unprivilegedIdentity(): ProcessIdentity {
  if (process.getuid?.() !== 0) return null;
  return { uid: idOfNobody('-u'), gid: idOfNobody('-g') };
}

function idOfNobody(flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
}
