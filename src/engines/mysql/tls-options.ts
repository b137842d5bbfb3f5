import { isIP } from 'node:net';
import type { SslOptions } from 'mysql2';
import { DmsctlError } from '../../errors/dmsctl-error.js';
import type { Endpoint } from '../../model/endpoint.js';

/** mysql2's `ssl`, or undefined for a connection without TLS. */
export function tlsOptions({ name, host, tls }: Endpoint): SslOptions | undefined {
  if (tls.mode === 'disable') return undefined;
  if (tls.mode === 'verify-full' && isIP(host) !== 0) {
    // Node compares the certificate with `localhost` when the driver upgrades a connection made by address.
    throw new DmsctlError('MYSQL_TLS', {
      detail: `endpoint ${name}: tls.mode verify-full compares host names, but its host is an address.`,
      fix: 'Use the host name that the certificate is made out to, or tls.mode verify-ca.',
    });
  }
  const isVerified = tls.mode === 'verify-ca' || tls.mode === 'verify-full';
  return {
    rejectUnauthorized: isVerified,
    verifyIdentity: tls.mode === 'verify-full',
    ...(tls.ca === null ? {} : { ca: tls.ca }),
    ...(tls.cert === null ? {} : { cert: tls.cert }),
    ...(tls.key === null ? {} : { key: tls.key.reveal() }),
  };
}
