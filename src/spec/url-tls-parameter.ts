import type { EngineName } from '../model/column-type.js';
import type { TlsMode } from '../model/endpoint.js';

interface TlsParameter {
  readonly name: string;
  readonly words: Readonly<Record<string, TlsMode>>;
}

const MYSQL: TlsParameter = {
  name: 'ssl-mode',
  words: {
    DISABLED: 'disable',
    PREFERRED: 'prefer',
    REQUIRED: 'require',
    VERIFY_CA: 'verify-ca',
    VERIFY_IDENTITY: 'verify-full',
  },
};

/** The parameter that each engine's own clients take in a url. */
const TLS_PARAMETERS: Readonly<Record<EngineName, TlsParameter | null>> = {
  postgres: {
    name: 'sslmode',
    words: {
      disable: 'disable',
      prefer: 'prefer',
      require: 'require',
      'verify-ca': 'verify-ca',
      'verify-full': 'verify-full',
    },
  },
  mysql: MYSQL,
  mariadb: MYSQL,
  oracle: null,
};

/** Reads the part of a url after the `?`. */
export function parseTlsParameter(
  query: string,
  engine: EngineName,
): { readonly mode: TlsMode | null } | { readonly problem: string } {
  if (query === '') return { mode: null };
  const parameter = TLS_PARAMETERS[engine];
  if (parameter === null) return { problem: 'a url of this engine takes no ?parameters; use tls and options' };
  const [[name, word] = ['', ''], ...more] = [...new URLSearchParams(query)];
  const mode = Object.hasOwn(parameter.words, word) ? parameter.words[word] : undefined;
  if (name === parameter.name && mode !== undefined && more.length === 0) return { mode };
  const words = Object.keys(parameter.words).join(', ');
  return { problem: `takes one parameter, ${parameter.name}, one of ${words}; use tls and options for the rest` };
}
