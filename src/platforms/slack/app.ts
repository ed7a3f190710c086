/** Slack: the bot in a workspace's channels, by Socket Mode or signed HTTP. */
import { App } from '@slack/bolt';
import type { Desk } from '../../command/desk.ts';
import type { Config } from '../../config.ts';
import { createDrafts } from '../draft.ts';
import { createPace } from '../pace.ts';
import type { Platform } from '../platform.ts';
import { clientOptions, createClients, type Paces } from './client.ts';
import type { Connection } from './connection.ts';
import { startErrorOf } from './failure.ts';
import { createHttp } from './http.ts';
import { DIGEST_SHARE, EDIT_EVERY_MS, POST_EVERY_MS, READS_PER_MINUTE } from './limits.ts';
import { type House, listen } from './listen.ts';
import { boltLogger } from './log.ts';
import { createPosting } from './post.ts';
import { createSocket } from './socket.ts';
import { split } from './split.ts';
import { createUnderway } from './underway.ts';

/** How long answers under way may take at a stop, in milliseconds. */
const FINISH_MS = 2_000;

/** Needs SLACK_BOT_TOKEN, and SLACK_APP_TOKEN (Socket Mode, which wins) or SLACK_SIGNING_SECRET (HTTP). */
export function createSlack({
  config,
  desk,
  onOpen,
}: {
  config: Config;
  desk: Desk;
  onOpen: House['onOpen'];
}): Platform {
  const { log } = desk;
  const perMinute = { perMs: 60_000 };
  const paces: Paces = {
    'chat.postMessage': createPace({
      ...perMinute,
      most: Math.max(1, Math.floor(config.SLACK_MESSAGES_PER_MINUTE * DIGEST_SHARE)),
      everyMsInChannel: POST_EVERY_MS,
    }),
    'conversations.history': createPace({ ...perMinute, most: READS_PER_MINUTE }),
    'conversations.replies': createPace({ ...perMinute, most: READS_PER_MINUTE }),
  };
  const clients = createClients(config, log, paces);
  const underway = createUnderway();
  const drafts = createDrafts({ everyMs: EDIT_EVERY_MS, log });
  let connection: Connection | undefined;

  return {
    name: 'slack',
    split,
    ...createPosting(clients, desk.carrier, paces),

    async start() {
      const self = await clients.ask.auth.test().catch((error: unknown) => {
        throw startErrorOf(error, 'SLACK_BOT_TOKEN');
      });
      const { team_id: team = '', user_id: bot = '', bot_id: botId = '' } = self;
      connection = config.SLACK_APP_TOKEN ? createSocket(config, log) : createHttp(config, log);
      const app = new App({
        receiver: connection.receiver,
        // The answer above serves for every event, where Bolt would ask again.
        authorize: async () => ({
          botToken: config.SLACK_BOT_TOKEN ?? '',
          botUserId: bot,
          botId,
        }),
        clientOptions: clientOptions(config, log),
        logger: boltLogger(log),
        convoStore: false,
      });
      const adminsOnly = config.SLACK_ADMINS_ONLY;
      listen(app, { desk, clients, team, bot, adminsOnly, underway, drafts, onOpen });
      const how = await connection.open();
      log.info({ team, how }, 'slack: connected');
      return `Slack: @${self.user} in ${self.team}, ${how}.`;
    },

    isConnected: () => connection?.isOpen() ?? false,

    async stop() {
      drafts.stop();
      for (const pace of Object.values(paces)) pace.stop();
      await connection?.close();
      await underway.settled(FINISH_MS);
    },
  };
}
