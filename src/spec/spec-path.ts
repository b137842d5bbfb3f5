/** Keys and indices from the top of the spec down to a value. */
export type SpecPath = readonly (string | number)[];

/** E.g. `tasks.shop-live.tables.include[0]`. */
export function formatPath(path: SpecPath): string {
  if (path.length === 0) return '(top level)';
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : formatKey(step, index === 0))).join('');
}

/** Only the first word of an odd key is shown: in `{ password:secret }` all of it is the key. */
function formatKey(key: string, isFirst: boolean): string {
  const word = /^[A-Za-z0-9_-]{0,63}/.exec(key)?.[0] ?? '';
  if (word !== key || word === '') return `["${word}…"]`;
  return isFirst ? key : `.${key}`;
}

/** A JSON pointer (RFC 6901), as ajv names places. */
export function toPointer(path: SpecPath): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The path of a JSON pointer into `root`, which tells indices from keys. */
export function fromPointer(pointer: string, root: unknown): SpecPath {
  const path: (string | number)[] = [];
  let value = root;
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(value) ? Number(key) : key);
    value = (value as Record<string, unknown>)[key];
  }
  return path;
}
