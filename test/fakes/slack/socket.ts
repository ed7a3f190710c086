/**
 * Socket Mode: envelopes over WebSockets, shared among up to ten connections, each to be
 * acknowledged by its envelope_id in time.
 *
 * https://docs.slack.dev/apis/events-api/using-socket-mode
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { Answer, Delivery, Transport } from './delivery.ts';
import { SOCKETS } from './limits.ts';

export type DisconnectReason =
  | 'warning'
  | 'refresh_requested'
  | 'link_disabled'
  | 'too_many_websockets';

export type SocketOptions = {
  appId: string;
  ackDeadlineMs: number;
  /** How often Slack pings each connection. */
  pingEveryMs: number;
  /** Real Slack leaves TCP open after the closing handshake; true does the same. */
  lingerAfterClose: boolean;
  changed: () => void;
};

type Pending = { delivery: Delivery; sentAt: number; settle: (answer: Answer) => void };

export class SocketMode implements Transport {
  /** While true, connections stay up and nothing passes: a dead network that nobody noticed. */
  silent = false;
  readonly #options: SocketOptions;
  // Pongs are sent by hand so that `silent` can withhold them.
  readonly #server = new WebSocketServer({ noServer: true, autoPong: false });
  readonly #tickets = new Set<string>();
  readonly #open: WebSocket[] = [];
  readonly #pending = new Map<string, Pending>();
  readonly #pings: NodeJS.Timeout;
  #turn = 0;

  constructor(options: SocketOptions) {
    this.#options = options;
    this.#pings = setInterval(() => {
      if (!this.silent) for (const socket of this.#open) socket.ping(`Ping from ${options.appId}`);
    }, options.pingEveryMs);
    this.#pings.unref();
  }

  get connections(): number {
    return this.#open.length;
  }

  /** A path to connect to, good for one connection. */
  path(): string {
    const ticket = randomUUID();
    this.#tickets.add(ticket);
    return `/link/?ticket=${ticket}&app_id=${this.#options.appId}`;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (!this.#tickets.delete(url.searchParams.get('ticket') ?? '')) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    if (this.#options.lingerAfterClose) request.socket.end = () => request.socket;
    this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#welcome(webSocket));
  }

  deliver(delivery: Delivery): Promise<Answer> {
    const socket = this.#next();
    if (socket === undefined) {
      return Promise.resolve({ acked: false, afterMs: 0, reason: 'no_connection' });
    }
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const envelope_id = randomUUID();
    const sentAt = performance.now();
    const timer = setTimeout(() => {
      resolve({ acked: false, afterMs: performance.now() - sentAt, reason: 'timeout' });
    }, this.#options.ackDeadlineMs);
    const settle = (answer: Answer) => {
      clearTimeout(timer);
      resolve(answer);
    };
    this.#pending.set(envelope_id, { delivery, sentAt, settle });
    const { kind, payload, attempt, retryReason } = delivery;
    const accepts_response_payload = kind === 'slash_commands';
    const retries =
      kind === 'events_api' ? { retry_attempt: attempt, retry_reason: retryReason ?? '' } : {};
    if (!this.silent) {
      const envelope = { envelope_id, type: kind, payload, accepts_response_payload, ...retries };
      socket.send(JSON.stringify(envelope));
    }
    return promise;
  }

  retryReason(): string {
    return 'timeout';
  }

  /** Tells every connection to go away, as Slack does every few hours; the client closes. */
  disconnect(reason: DisconnectReason): void {
    for (const socket of this.#open) sayDisconnect(socket, reason);
  }

  /** Cuts every connection without a word. */
  cut(): void {
    for (const socket of [...this.#open]) socket.terminate();
  }

  stop(): void {
    clearInterval(this.#pings);
    for (const { settle, sentAt } of this.#pending.values()) {
      settle({ acked: false, afterMs: performance.now() - sentAt, reason: 'no_connection' });
    }
    this.cut();
    this.#server.close();
  }

  #welcome(socket: WebSocket): void {
    if (this.#open.length >= SOCKETS) {
      sayDisconnect(socket, 'too_many_websockets');
      socket.close();
      return;
    }
    this.#open.push(socket);
    socket.on('message', (data) => this.#hear(data));
    socket.on('ping', (data) => {
      if (!this.silent) socket.pong(data);
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      this.#open.splice(this.#open.indexOf(socket), 1);
      this.#options.changed();
    });
    const debug_info = { host: 'fake-slack', approximate_connection_time: 18_060 };
    const connection_info = { app_id: this.#options.appId };
    const num_connections = this.#open.length;
    socket.send(JSON.stringify({ type: 'hello', num_connections, debug_info, connection_info }));
    this.#options.changed();
  }

  #hear(data: RawData): void {
    if (this.silent) return;
    const { envelope_id, payload } = readAck(String(data));
    const pending = this.#pending.get(envelope_id);
    if (pending === undefined) return;
    this.#pending.delete(envelope_id);
    const afterMs = performance.now() - pending.sentAt;
    if (pending.delivery.answer !== undefined) {
      pending.delivery.lateAckMs = afterMs;
      this.#options.changed();
      return;
    }
    pending.settle({ acked: true, afterMs, payload });
  }

  /** Connections take turns, so that two of them share the work as they do at Slack. */
  #next(): WebSocket | undefined {
    const ready = this.#open.filter((socket) => socket.readyState === socket.OPEN);
    this.#turn += 1;
    return ready[this.#turn % Math.max(1, ready.length)];
  }
}

function sayDisconnect(socket: WebSocket, reason: DisconnectReason): void {
  socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'fake-slack' } }));
}

/** An acknowledgement; the client sends an empty payload when it has nothing to say. */
function readAck(text: string): { envelope_id: string; payload: unknown } {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null || !('envelope_id' in parsed)) {
    throw new Error(`fake slack: not an acknowledgement: ${text}`);
  }
  const payload = 'payload' in parsed ? parsed.payload : undefined;
  const empty =
    typeof payload === 'object' && payload !== null && Object.keys(payload).length === 0;
  return { envelope_id: String(parsed.envelope_id), payload: empty ? undefined : payload };
}
