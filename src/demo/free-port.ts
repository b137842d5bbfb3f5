import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { isErrno } from '../lib/errno.js';

// Below the ports that systems hand to outgoing connections (32768 and up on Linux, 49152 elsewhere): a server that
// restarts would otherwise find its port taken by a client, or a waiting client would connect to itself.
const FIRST_PORT = 20_000;
const LAST_PORT = 32_000;
const TRIES_MAX = 100;

/** A port of 127.0.0.1 on which nothing listens. Another process may still be quicker to take it. */
export async function freePort(): Promise<number> {
  for (let attempt = 1; attempt <= TRIES_MAX; attempt += 1) {
    const port = randomInt(FIRST_PORT, LAST_PORT);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port among ${TRIES_MAX} tried between ${FIRST_PORT} and ${LAST_PORT}`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return true;
  } catch (error) {
    if (isErrno(error, 'EADDRINUSE') || isErrno(error, 'EACCES')) return false;
    throw error;
  } finally {
    server.close();
  }
}
