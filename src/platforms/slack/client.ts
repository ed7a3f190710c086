/** How the bot calls Slack's Web API: https://docs.slack.dev/tools/node-slack-sdk/web-api */
import { webApi } from '@slack/bolt';
import type { Config } from '../../config.ts';
import type { Log } from '../../log.ts';
import type { Pace } from '../pace.ts';
import { CALL_TIMEOUT_MS } from './limits.ts';
import { boltLogger } from './log.ts';

export interface Clients {
  /** For questions: asked again when the service stumbles. */
  ask: webApi.WebClient;
  /** For messages: never sent again by itself, since the first may have arrived. */
  tell: webApi.WebClient;
}

/** How fast the methods are called of which Slack would take too few of many editions at once; it counts each by itself. */
export type Paces = Readonly<
  Record<'chat.postMessage' | 'conversations.history' | 'conversations.replies', Pace>
>;

/** `paces` hear of every request that leaves. */
export function createClients(config: Config, log: Log, paces: Paces): Clients {
  const { SLACK_BOT_TOKEN: token } = config;
  const plain = clientOptions(config, log);
  const paceOf = new Map<string, Pace>(Object.entries(paces));
  const options = {
    ...plain,
    fetch: (url, init) => {
      const request = () => plain.fetch(url, init);
      const pace = paceOf.get(String(url).slice(plain.slackApiUrl.length));
      return pace ? pace.through(request, channelIn(init?.body)) : request();
    },
  } satisfies webApi.WebClientOptions;
  const retryConfig = { retries: 2, minTimeout: 250, factor: 2 };
  return {
    ask: new webApi.WebClient(token, { ...options, retryConfig }),
    tell: new webApi.WebClient(token, options),
  };
}

/** Calls end after `CALL_TIMEOUT_MS`, are never retried, and leave waiting for a rate limit to the caller. */
export function clientOptions(config: Config, log: Log) {
  return {
    slackApiUrl: config.SLACK_API_URL.replace(/\/*$/, '/'),
    logger: boltLogger(log),
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
    // Bolt's `respond` calls fetch without a time limit of its own.
    fetch: (url, init) =>
      fetch(url, { ...init, signal: init?.signal ?? AbortSignal.timeout(CALL_TIMEOUT_MS) }),
  } satisfies webApi.WebClientOptions;
}

/** Where a call's message goes, as the form of its body says. */
function channelIn(body: unknown): string | undefined {
  return typeof body === 'string'
    ? (new URLSearchParams(body).get('channel') ?? undefined)
    : undefined;
}
