/**
 * HTTP mode: commands, clicks and events posted to the app's request URL, signed with v0.
 *
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 * https://docs.slack.dev/apis/events-api/using-http-request-urls
 */
import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Answer, Delivery, Transport } from './delivery.ts';

/** How a forged request differs from Slack's own. */
export type Forgery = 'wrong signature' | 'old timestamp' | 'no signature';

export type SignedHttpOptions = {
  /** The app's address; the path defaults to Bolt's `/slack/events`. */
  baseUrl: string;
  signingSecret: string;
  ackDeadlineMs: number;
};

type Posted = { status: number; body: string; headers: Record<string, unknown> };
type Body = { contentType: string; text: string };

export class SignedHttp implements Transport {
  readonly #options: SignedHttpOptions;
  readonly #url: URL;

  constructor(options: SignedHttpOptions) {
    this.#options = options;
    this.#url = new URL(options.baseUrl);
    if (this.#url.pathname === '/') this.#url.pathname = '/slack/events';
  }

  async deliver(delivery: Delivery): Promise<Answer> {
    const start = performance.now();
    const retry =
      delivery.attempt === 0
        ? {}
        : {
            'x-slack-retry-num': String(delivery.attempt),
            'x-slack-retry-reason': delivery.retryReason ?? '',
          };
    try {
      const posted = await this.#post(bodyOf(delivery), retry);
      const afterMs = performance.now() - start;
      if (posted.status < 200 || posted.status > 299) {
        return { acked: false, afterMs, reason: 'http_error', status: posted.status };
      }
      return { acked: true, afterMs, payload: payloadOf(posted) };
    } catch (error) {
      const late = error instanceof Error && error.name === 'TimeoutError';
      const reason = late ? 'timeout' : 'connection_failed';
      return { acked: false, afterMs: performance.now() - start, reason };
    }
  }

  retryReason(answer: Answer & { acked: false }): string {
    return answer.reason === 'timeout' ? 'http_timeout' : answer.reason;
  }

  /** Whether the app echoes the challenge Slack sends when a request URL is entered. */
  async verifyUrl(token: string): Promise<boolean> {
    const challenge = 'fake-challenge';
    const payload = { type: 'url_verification', token, challenge };
    const posted = await this.#post({
      contentType: 'application/json',
      text: JSON.stringify(payload),
    });
    return posted.status === 200 && posted.body.includes(challenge);
  }

  /** Sends a delivery that Slack did not sign (so); gives the HTTP status it is met with. */
  async forge(delivery: Pick<Delivery, 'kind' | 'payload'>, forgery: Forgery): Promise<number> {
    return (await this.#post(bodyOf(delivery), {}, forgery)).status;
  }

  #post(body: Body, headers: Record<string, string> = {}, forgery?: Forgery): Promise<Posted> {
    const { promise, resolve, reject } = Promise.withResolvers<Posted>();
    const signal = AbortSignal.timeout(this.#options.ackDeadlineMs);
    const options = {
      method: 'POST',
      // No keep-alive: an idle connection would hold up the app's own shutdown.
      agent: false,
      signal,
      headers: {
        'content-type': body.contentType,
        'content-length': Buffer.byteLength(body.text),
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        ...this.#signature(body.text, forgery),
        ...headers,
      },
    };
    const call = request(this.#url, options, (response) => {
      text(response).then(
        (answer) =>
          resolve({ status: response.statusCode ?? 0, body: answer, headers: response.headers }),
        reject,
      );
    });
    call.on('error', (error) => reject(signal.aborted ? signal.reason : error));
    call.end(body.text);
    return promise;
  }

  #signature(body: string, forgery: Forgery | undefined): Record<string, string> {
    if (forgery === 'no signature') return {};
    // The real clock, whatever the fake's own says: the receiver compares with its real one.
    const age = forgery === 'old timestamp' ? 6 * 60 : 0;
    const timestamp = String(Math.floor(Date.now() / 1000) - age);
    const secret = forgery === 'wrong signature' ? 'not-the-secret' : this.#options.signingSecret;
    const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
    return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
  }
}

function bodyOf({ kind, payload }: Pick<Delivery, 'kind' | 'payload'>): Body {
  if (kind === 'events_api') {
    return { contentType: 'application/json', text: JSON.stringify(payload) };
  }
  const fields =
    kind === 'interactive'
      ? { payload: JSON.stringify(payload) }
      : Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, String(value)]));
  const form = new URLSearchParams(fields).toString();
  return { contentType: 'application/x-www-form-urlencoded', text: form };
}

function payloadOf({ body, headers }: Posted): unknown {
  if (body === '') return undefined;
  return String(headers['content-type'] ?? '').startsWith('application/json')
    ? JSON.parse(body)
    : { text: body };
}
