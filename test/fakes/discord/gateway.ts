/**
 * The gateway: identify, heartbeat, events in order, and after a lost connection the missed events
 * again. Plain JSON only; a client that asks for compression is refused with a reason.
 *
 * https://discord.com/developers/docs/events/gateway
 * https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import { GatewayCloseCodes, GatewayIntentBits, GatewayOpcodes } from 'discord-api-types/v10';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';

export type PrivilegedIntent = 'MessageContent' | 'GuildMembers' | 'GuildPresences';

const PRIVILEGED: readonly PrivilegedIntent[] = [
  'MessageContent',
  'GuildMembers',
  'GuildPresences',
];
const EVERY_INTENT = Object.values(GatewayIntentBits).reduce<number>(
  (sum, bit) => (typeof bit === 'number' ? sum | bit : sum),
  0,
);

const frameSchema = z.object({ op: z.number(), d: z.unknown().optional() });
const identifySchema = z.object({
  token: z.string(),
  intents: z.int(),
  properties: z.object({}),
  shard: z.tuple([z.int(), z.int()]).optional(),
});
const resumeSchema = z.object({ token: z.string(), session_id: z.string(), seq: z.int() });

type Identify = z.infer<typeof identifySchema>;

interface Session {
  readonly id: string;
  readonly intents: number;
  /** Every event sent in the session; an event's sequence number is its place, from 1. */
  readonly events: { readonly t: string; readonly d: object }[];
  socket: WebSocket | null;
}

interface GatewayOptions {
  readonly server: Server;
  readonly token: string;
  /** What the developer portal has switched on for this bot. */
  readonly privileged: readonly PrivilegedIntent[];
  readonly heartbeatMs: number;
  /** The parts of READY that are not the session's, and the servers that follow it. */
  readonly ready: () => { guilds: { id: string }[] };
  readonly guildCreates: (intents: number) => object[];
}

export class Gateway {
  /** The intents of each IDENTIFY that was accepted, in order. */
  readonly identified: { readonly intents: number }[] = [];
  /** Each session that was resumed, and how many events it was sent again. */
  readonly resumed: { readonly replayed: number }[] = [];
  readonly #options: GatewayOptions;
  readonly #sockets: WebSocketServer;
  readonly #sessions = new Map<string, Session>();

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#sockets = new WebSocketServer({ server: options.server, path: '/gateway' });
    this.#sockets.on('connection', (socket, request) => this.#connected(socket, request));
  }

  /** Whether the developer portal has this intent switched on for the bot. */
  grants(intent: PrivilegedIntent): boolean {
    return this.#options.privileged.includes(intent);
  }

  /**
   * Sends an event to every session that asked for `intent` (0: to every session), also to those
   * whose connection is lost, which get it when they resume.
   */
  dispatch(t: string, intent: number, payload: (intents: number) => object): void {
    for (const session of this.#sessions.values()) {
      if ((session.intents & intent) === intent) this.#send(session, t, payload(session.intents));
    }
  }

  /** Whether a bot is connected now. */
  get connected(): boolean {
    return [...this.#sessions.values()].some((session) => session.socket !== null);
  }

  /** Cuts every connection without a word; the sessions can be resumed. */
  drop(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
  }

  /** Asks every client to reconnect and resume (op 7), as Discord does before maintenance. */
  askToReconnect(): void {
    this.#tellAll({ op: GatewayOpcodes.Reconnect, d: null });
  }

  /** Ends every session (op 9); the clients must identify anew. */
  invalidateSessions(): void {
    this.#tellAll({ op: GatewayOpcodes.InvalidSession, d: false });
    this.#sessions.clear();
  }

  close(): void {
    this.drop();
    this.#sockets.close();
  }

  #tellAll(frame: object): void {
    for (const session of this.#sessions.values()) session.socket?.send(JSON.stringify(frame));
  }

  #connected(socket: WebSocket, request: IncomingMessage): void {
    const query = new URL(request.url ?? '', 'ws://localhost').searchParams;
    if (query.get('v') !== '10') {
      socket.close(GatewayCloseCodes.InvalidAPIVersion, 'Invalid API version.');
      return;
    }
    if (query.get('encoding') !== 'json' || query.has('compress')) {
      socket.close(GatewayCloseCodes.DecodeError, 'This gateway speaks plain JSON only.');
      return;
    }
    let session: Session | undefined;
    socket.on('error', () => socket.terminate());
    socket.on('close', (code) => {
      if (session?.socket !== socket) return;
      session.socket = null;
      // A client that says goodbye ends its session; any other end can be resumed.
      if (code === 1000 || code === 1001) this.#sessions.delete(session.id);
    });
    socket.on('message', (data) => {
      const frame = frameSchema.safeParse(parseJson(String(data)));
      if (!frame.success) {
        socket.close(GatewayCloseCodes.DecodeError, 'Error while decoding payload.');
        return;
      }
      const { op, d } = frame.data;
      if (op === GatewayOpcodes.Heartbeat) {
        socket.send(JSON.stringify({ op: GatewayOpcodes.HeartbeatAck }));
      } else if (op === GatewayOpcodes.Identify || op === GatewayOpcodes.Resume) {
        if (session !== undefined) {
          socket.close(GatewayCloseCodes.AlreadyAuthenticated, 'Already authenticated.');
        } else {
          session =
            op === GatewayOpcodes.Identify ? this.#identify(socket, d) : this.#resume(socket, d);
        }
      } else if (session === undefined) {
        socket.close(GatewayCloseCodes.NotAuthenticated, 'Not authenticated.');
      }
    });
    const d = { heartbeat_interval: this.#options.heartbeatMs };
    socket.send(JSON.stringify({ op: GatewayOpcodes.Hello, d }));
  }

  #identify(socket: WebSocket, d: unknown): Session | undefined {
    const parsed = identifySchema.safeParse(d);
    if (!parsed.success) {
      socket.close(GatewayCloseCodes.DecodeError, 'Error while decoding payload.');
      return undefined;
    }
    if (parsed.data.token !== this.#options.token) {
      socket.close(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.');
      return undefined;
    }
    const { intents, shard } = parsed.data;
    if ((intents & ~EVERY_INTENT) !== 0) {
      socket.close(GatewayCloseCodes.InvalidIntents, 'Invalid intent(s).');
      return undefined;
    }
    if (PRIVILEGED.some((one) => (intents & GatewayIntentBits[one]) !== 0 && !this.grants(one))) {
      socket.close(GatewayCloseCodes.DisallowedIntents, 'Disallowed intent(s).');
      return undefined;
    }
    return this.#begin(socket, intents, shard);
  }

  #begin(socket: WebSocket, intents: number, shard: Identify['shard']): Session {
    const session: Session = { id: randomBytes(16).toString('hex'), intents, events: [], socket };
    this.#sessions.set(session.id, session);
    this.identified.push({ intents });
    const address = this.#options.server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const resume_gateway_url = `ws://127.0.0.1:${port}/gateway`;
    const session_id = session.id;
    const own = { v: 10, session_id, resume_gateway_url, ...(shard ? { shard } : {}) };
    this.#send(session, 'READY', { ...own, ...this.#options.ready() });
    if ((intents & GatewayIntentBits.Guilds) !== 0) {
      for (const guild of this.#options.guildCreates(intents)) {
        this.#send(session, 'GUILD_CREATE', guild);
      }
    }
    return session;
  }

  #resume(socket: WebSocket, d: unknown): Session | undefined {
    const parsed = resumeSchema.safeParse(d);
    if (!parsed.success) {
      socket.close(GatewayCloseCodes.DecodeError, 'Error while decoding payload.');
      return undefined;
    }
    if (parsed.data.token !== this.#options.token) {
      socket.close(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.');
      return undefined;
    }
    const session = this.#sessions.get(parsed.data.session_id);
    if (session === undefined) {
      socket.send(JSON.stringify({ op: GatewayOpcodes.InvalidSession, d: false }));
      return undefined;
    }
    const { seq } = parsed.data;
    if (seq > session.events.length) {
      socket.close(GatewayCloseCodes.InvalidSeq, 'Invalid seq.');
      return undefined;
    }
    session.socket?.terminate();
    session.socket = socket;
    const missed = session.events.slice(seq);
    missed.forEach((event, index) => {
      socket.send(JSON.stringify({ op: GatewayOpcodes.Dispatch, s: seq + index + 1, ...event }));
    });
    this.resumed.push({ replayed: missed.length });
    this.#send(session, 'RESUMED', {});
    return session;
  }

  #send(session: Session, t: string, d: object): void {
    session.events.push({ t, d });
    const s = session.events.length;
    session.socket?.send(JSON.stringify({ op: GatewayOpcodes.Dispatch, s, t, d }));
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
