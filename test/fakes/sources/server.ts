/** A small HTTP server that serves recordings of sources, and every misfortune that sources meet. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { onTestFinished } from 'vitest';
import { BOMB, type Fault, Faults } from './faults.ts';

export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body: string;
}

export interface Seen {
  method: string;
  url: URL;
  headers: IncomingMessage['headers'];
  body: string;
  /** Milliseconds on a clock that does not jump. */
  at: number;
}

export interface SourcesFake {
  url: string;
  faults: Faults;
  requests: Seen[];
  /** Bytes of bodies that were taken off our hands. */
  sent(): number;
  /** The answer to paths that begin so; the longest beginning goes first. */
  serve(path: string, answer: string | Answer | ((seen: Seen) => string | Answer)): void;
}

/** A recording of `test/fixtures/sources`. */
export const recording = (name: string) =>
  readFileSync(new URL(`../../fixtures/sources/${name}`, import.meta.url), 'utf8');

/** Stops when the test ends. */
export async function startSources(host = '127.0.0.1'): Promise<SourcesFake> {
  const faults = new Faults();
  const requests: Seen[] = [];
  const routes = new Map<string, Parameters<SourcesFake['serve']>[1]>();
  let sent = 0;

  const server = createServer(async (request, response) => {
    const seen = await seenOf(request);
    requests.push(seen);
    const answer = answerTo(seen, routes);
    const fault = faults.take(seen.url.pathname);
    response.on('close', () => {
      sent += response.socket?.bytesWritten ?? 0;
    });
    if (fault) await strike(fault, seen, answer, response);
    else send(response, answer);
  });
  server.listen(0, host);
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${port}`,
    faults,
    requests,
    sent: () => sent,
    serve: (path, answer) => void routes.set(path, answer),
  };
}

async function seenOf(request: IncomingMessage): Promise<Seen> {
  const body = await Array.fromAsync(request);
  return {
    method: request.method ?? '',
    url: new URL(request.url ?? '/', `http://${request.headers.host}`),
    headers: request.headers,
    body: Buffer.concat(body).toString(),
    at: performance.now(),
  };
}

function answerTo(seen: Seen, routes: Map<string, Parameters<SourcesFake['serve']>[1]>): Answer {
  const [path] = [...routes.keys()]
    .filter((begin) => seen.url.pathname.startsWith(begin))
    .sort((a, b) => b.length - a.length);
  const route = path === undefined ? { status: 404, body: 'not found' } : routes.get(path);
  const answer = typeof route === 'function' ? route(seen) : route;
  return typeof answer === 'object' ? answer : { body: answer ?? '' };
}

function send(response: ServerResponse, { status = 200, headers, body }: Answer): void {
  const type = /^\s*[[{]/.test(body) ? 'application/json' : 'application/xml; charset=utf-8';
  response.writeHead(status, { 'content-type': type, ...headers }).end(body);
}

async function strike(fault: Fault, seen: Seen, answer: Answer, response: ServerResponse) {
  const { kind, retryAfter } = fault;
  const half = answer.body.slice(0, Math.floor(answer.body.length / 2));
  switch (kind) {
    case '429':
    case '500':
    case '503': {
      const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
      return send(response, { status: Number(kind), headers, body: 'sorry' });
    }
    case 'html': {
      const headers = { 'content-type': 'text/html' };
      return send(response, { headers, body: '<!DOCTYPE html>\n<html><body>Down</body></html>' });
    }
    case 'hang':
      return;
    case 'cut':
      response.writeHead(200, { 'content-length': Buffer.byteLength(answer.body) });
      response.write(half, () => response.destroy());
      return;
    case 'truncated':
      return send(response, { ...answer, body: half });
    case 'huge': {
      response.writeHead(200, { 'content-type': 'application/json' });
      const parts = Array<Buffer>(100).fill(Buffer.alloc(1024 * 1024, ' '));
      return pipeline(Readable.from(parts), response).catch(() => {});
    }
    case 'loop':
      return void response.writeHead(302, { location: seen.url.href }).end();
    case 'bomb':
      return send(response, { body: BOMB });
  }
}
