/**
 * A TCP proxy before a PostgreSQL that loses connections at the one instant that cannot be hit from outside: COMMIT has
 * reached the server, its answer has not reached the client. Unencrypted connections only.
 */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface LossyProxy extends AsyncDisposable {
  readonly port: number;
  /** COMMITs whose answers were lost so far. */
  lostAnswers(): number;
}

/** `isLost` is asked at each COMMIT with the statements of its transaction so far. */
export async function startLossyProxy(
  { host, port }: { readonly host: string; readonly port: number },
  isLost: (transaction: string) => boolean,
): Promise<LossyProxy> {
  let lost = 0;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect({ host, port });
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        open.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    let transaction = '';
    let isAnswerLost = false;
    client.on('data', (bytes: Buffer) => {
      const statements = statementsIn(bytes);
      transaction += `${statements}\n`;
      if (statements.endsWith('COMMIT')) {
        isAnswerLost = isLost(transaction);
        transaction = '';
      }
      upstream.write(bytes);
    });
    upstream.on('data', (bytes: Buffer) => {
      if (!isAnswerLost) {
        client.write(bytes);
        return;
      }
      lost += 1;
      client.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    lostAnswers: () => lost,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Texts of the Query and Parse messages at the start of a chunk; rows of a COPY are not looked at. */
function statementsIn(bytes: Buffer): string {
  const isStatement = bytes[0] === 'Q'.charCodeAt(0) || bytes[0] === 'P'.charCodeAt(0);
  if (!isStatement) return '';
  return bytes.subarray(5).toString('latin1').replaceAll('\0', '\n').trim();
}
