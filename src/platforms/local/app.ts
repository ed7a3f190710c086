/** The local platform: a chat page for the person at this machine, on the same commands as everywhere. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Desk } from '../../command/desk.ts';
import type { Config } from '../../config.ts';
import { UserError } from '../../errors.ts';
import { type ChannelRef, channelParts } from '../../model/channel.ts';
import type { MessageStore } from '../../store/messages.ts';
import { createDrafts } from '../draft.ts';
import { type Platform, PostError } from '../platform.ts';
import { createFeed } from './feed.ts';
import { EDIT_EVERY_MS } from './limits.ts';
import { createRoutes } from './routes.ts';

/** Requests under way get this long to end. */
const STOP_MS = 2_500;

/**
 * The platform on `PAPERBOY_HOST`:`PAPERBOY_PORT`. Posting works without `start()` too: another process
 * (the terminal) posts to the page through the database.
 */
export function createLocal(house: {
  config: Pick<Config, 'PAPERBOY_HOST' | 'PAPERBOY_PORT'>;
  desk: Desk;
  messages: MessageStore;
}): Platform {
  const { desk, messages } = house;
  const { PAPERBOY_HOST: host, PAPERBOY_PORT: port } = house.config;
  const feed = createFeed(messages);
  const drafts = createDrafts({ everyMs: EDIT_EVERY_MS, log: desk.log });
  const closing = new AbortController();
  let server: Server | undefined;
  let address = port === 0 ? undefined : addressOf(host, port);

  return {
    name: 'local',

    async start() {
      const app = createRoutes({ desk, messages, feed, drafts, host, closing: closing.signal });
      server = createServer(getRequestListener(app.fetch));
      server.listen(port, host);
      await once(server, 'listening').catch((error: unknown) => {
        throw cannotListen(error, host, port);
      });
      const bound = server.address();
      if (bound && typeof bound === 'object') address = addressOf(host, bound.port);
      desk.log.info({ address }, 'the local page is open');
      return `Local page: ${address}`;
    },

    async stop() {
      closing.abort();
      drafts.stop();
      if (!server?.listening) return;
      const closed = once(server, 'close');
      server.close();
      // A connection whose answer ends later would be kept alive for the next request.
      const idle = setInterval(() => server?.closeIdleConnections(), 50);
      const timer = setTimeout(() => server?.closeAllConnections(), STOP_MS);
      await closed;
      clearInterval(idle);
      clearTimeout(timer);
    },

    isConnected: () => server?.listening ?? false,

    // A page scrolls: everything fits one message.
    split: (reply) => [reply],

    async post(ref, reply, key) {
      const { id } = await within(ref, (channel) =>
        messages.add(channel, { by: 'paperboy', reply }, key),
      );
      feed.nudge();
      return String(id);
    },

    async find(ref, key) {
      const id = await within(ref, (channel) => messages.find(channel, key));
      return id === undefined ? undefined : String(id);
    },

    // One person is at this page, and its first channel is always there.
    async tell(_, reply, key) {
      const [first] = await messages.channels();
      if (!first) throw new PostError('channel-gone', 'local: there is no channel');
      await messages.add(first.name, { by: 'paperboy', reply }, key);
      feed.nudge();
    },

    async obstacle(ref) {
      const isThere = await messages.hasChannel(channelParts(ref).channel);
      return isThere ? undefined : 'channel-gone';
    },

    async permalink(channel, message) {
      return address && `${address}/#${channelParts(channel).channel}/${message}`;
    },
  };

  /** Does something in a channel that is there, and says in the port's words when it cannot. */
  async function within<T>(ref: ChannelRef, go: (channel: string) => Promise<T>): Promise<T> {
    const { channel } = channelParts(ref);
    try {
      if (await messages.hasChannel(channel)) return await go(channel);
    } catch (cause) {
      throw new PostError('service-away', 'local: the database did not answer', { cause });
    }
    throw new PostError('channel-gone', `local: there is no channel ${channel}`);
  }
}

/** How a browser on this machine reaches the page. */
function addressOf(host: string, port: number): string {
  const name = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

function cannotListen(error: unknown, host: string, port: number): UserError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const taken = `Port ${port} of ${host} is taken, perhaps by another Paperboy. Stop that one, or choose another port with PAPERBOY_PORT, for example PAPERBOY_PORT=3720 (0 takes a free one).`;
  const forbidden = `Port ${port} may not be opened by this user. Choose one above 1023 with PAPERBOY_PORT, for example PAPERBOY_PORT=3710.`;
  const wrongHost = `${host} is no address of this machine. Set PAPERBOY_HOST to one that is, for example PAPERBOY_HOST=127.0.0.1.`;
  const sentence = { EADDRINUSE: taken, EACCES: forbidden }[code] ?? wrongHost;
  return new UserError(sentence, { cause: error });
}
