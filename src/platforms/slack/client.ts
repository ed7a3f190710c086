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

/** `pace` hears of every message that leaves. */
export function createClients(config: Config, log: Log, pace: Pace): Clients {
  const { SLACK_BOT_TOKEN: token } = config;
  const options = clientOptions(config, log);
  const retryConfig = { retries: 2, minTimeout: 250, factor: 2 };
  return {
    ask: new webApi.WebClient(token, { ...options, retryConfig }),
    tell: new webApi.WebClient(token, {
      ...options,
      fetch: (url, init) => {
        const request = () => options.fetch(url, init);
        const isMessage = String(url).endsWith('/chat.postMessage');
        return isMessage ? pace.through(request, channelIn(init?.body)) : request();
      },
    }),
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
