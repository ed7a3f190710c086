/** The real Bolt app, wired to the fake, with a logger that keeps what it would have printed. */
import type { AddressInfo } from 'node:net';
import { App, type AppOptions, HTTPReceiver, type Logger, LogLevel, webApi } from '@slack/bolt';
import type { FakeSlack } from './slack.ts';

/** A logger that prints nothing; `lines` holds what was said at warning level and above. */
function quietLogger(): Logger & { lines: string[] } {
  const lines: string[] = [];
  const keep = (...words: unknown[]) => void lines.push(words.map(String).join(' '));
  const drop = () => undefined;
  return {
    lines,
    debug: drop,
    info: drop,
    warn: keep,
    error: keep,
    setLevel: drop,
    getLevel: () => LogLevel.WARN,
    setName: drop,
  };
}

const clientOptionsFor = (slack: FakeSlack) => ({
  slackApiUrl: slack.apiUrl,
  // Failures surface in the test at once instead of after half an hour of retries.
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
});

/** An app in Socket Mode; `start()` and `stop()` are the test's to call. */
export function socketApp(slack: FakeSlack, options: Partial<AppOptions> = {}): App {
  const { botToken, appToken } = slack.workspace.app;
  return new App({
    token: botToken,
    appToken,
    socketMode: true,
    logger: quietLogger(),
    clientOptions: clientOptionsFor(slack),
    ...options,
  });
}

/** An app behind signed HTTP on a free port, already started, with the fake posting to it. */
export async function httpApp(
  slack: FakeSlack,
  { unhandledRequestTimeoutMillis = 3001 }: { unhandledRequestTimeoutMillis?: number } = {},
): Promise<App> {
  const logger = quietLogger();
  const receiver = new HTTPReceiver({
    signingSecret: slack.workspace.app.signingSecret,
    logger,
    unhandledRequestTimeoutMillis,
  });
  const app = new App({
    token: slack.workspace.app.botToken,
    receiver,
    logger,
    clientOptions: clientOptionsFor(slack),
  });
  const server = await receiver.start({ port: 0, host: '127.0.0.1' });
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the app has no port');
  slack.deliverHttp(`http://127.0.0.1:${address.port}`);
  return app;
}

/** The real Web API client on its own. */
export function clientFor(slack: FakeSlack, token = slack.workspace.app.botToken) {
  return new webApi.WebClient(token, { ...clientOptionsFor(slack), logger: quietLogger() });
}
