/** The one listening socket of the fake: HTTP calls in, WebSocket upgrades in, a prompt stop. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { HttpAnswer, HttpAsk } from './api.ts';

export type Handlers = {
  /** Answers a POST to `path`. */
  post(path: string, ask: HttpAsk): Promise<HttpAnswer>;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
};

export type Listening = { port: number; stop(): Promise<void> };

/** Listens on a free port of 127.0.0.1. */
export async function listen(handlers: Handlers): Promise<Listening> {
  const server = createServer((request, response) => {
    answer(handlers, request, response).catch((error: unknown) => {
      // A caller that went away is no error of the fake's; anything else is a bug to be seen.
      if (!request.destroyed) console.error('fake slack:', error);
      request.socket.destroy();
    });
  });
  server.on('upgrade', (request, socket, head) => handlers.upgrade(request, socket, head));
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject).listen(0, '127.0.0.1', resolve);
  await promise;
  return {
    port: portOf(server.address()),
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        // Clients keep their connections alive between calls and would hold up close().
        server.closeAllConnections();
      }),
  };
}

async function answer(
  handlers: Handlers,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  const ask = { headers: request.headers, body: await text(request) };
  const given = await handlers.post(path, ask);
  if (given === 'hang') return;
  if (given === 'cut') {
    request.socket.destroy();
    return;
  }
  response.writeHead(given.status, given.headers).end(given.body);
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('fake slack: no port');
  return address.port;
}
