import type { ConnectionOptions } from 'node:tls';
import type { TlsSettings } from '../../model/endpoint.js';

/** `false`: plain text. Meaning of the modes as in libpq: https://www.postgresql.org/docs/18/libpq-ssl.html */
export function tlsOptions(tls: TlsSettings): ConnectionOptions | false {
  if (tls.mode === 'disable') return false;
  return {
    ...(tls.ca === null ? {} : { ca: tls.ca }),
    ...(tls.cert === null ? {} : { cert: tls.cert }),
    ...(tls.key === null ? {} : { key: tls.key.reveal() }),
    rejectUnauthorized: isCertificateChecked(tls),
    ...(tls.mode === 'verify-full' ? {} : { checkServerIdentity: acceptAnyName }),
  };
}

/** Like libpq, `require` with a CA at hand checks against it. */
function isCertificateChecked({ mode, ca }: TlsSettings): boolean {
  return mode === 'verify-ca' || mode === 'verify-full' || (mode === 'require' && ca !== null);
}

function acceptAnyName(): undefined {
  return undefined;
}
