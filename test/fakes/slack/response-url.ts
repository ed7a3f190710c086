/**
 * The response_url of a command or a click: five uses in thirty minutes, with no token asked for,
 * in channels the bot is not in as well.
 *
 * https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
 * A command's response_url has no original to replace, so Slack posts anew:
 * https://github.com/slackapi/bolt-js/issues/2287
 */
import { randomUUID } from 'node:crypto';
import { beforeIt, type HttpAnswer, json } from './api.ts';
import { MESSAGE, RESPONSE_URL } from './limits.ts';
import type { Message } from './messages.ts';
import { contentOf } from './methods/content.ts';
import { ApiError, type Args, flag, optional } from './methods/method.ts';
import type { Service } from './service.ts';

/** One POST to a response_url. */
export type ResponseUse = { body: Args; status: number; error: string | undefined };

/** What a response_url answers to. */
export type Origin = {
  user: string;
  channel: string;
  /** The message whose button was pressed; none for a command. */
  source: Message | undefined;
};

export type IssuedUrl = Origin & {
  /** `/commands/T…/…` or `/actions/T…/…`. */
  path: string;
  expiresAt: number;
  /** How often it worked: only these count against the five. */
  spent: number;
  uses: ResponseUse[];
  /** The messages it posted, edited or deleted. */
  messages: Message[];
};

export class ResponseUrls {
  readonly #issued = new Map<string, IssuedUrl>();
  readonly #service: Service;

  constructor(service: Service) {
    this.#service = service;
  }

  issue(origin: Origin): IssuedUrl {
    const kind = origin.source === undefined ? 'commands' : 'actions';
    const path = `/${kind}/${this.#service.workspace.team.id}/${randomUUID()}`;
    const expiresAt = this.#service.now() + RESPONSE_URL.lifetimeMs;
    const url = { ...origin, path, expiresAt, spent: 0, uses: [], messages: [] };
    this.#issued.set(path, url);
    return url;
  }

  /** Answers a POST; undefined when the path was never a response_url. */
  answer(path: string, body: string): HttpAnswer | undefined {
    const url = this.#issued.get(path);
    if (url === undefined) return undefined;
    const fault = this.#service.faults.take('response_url', url.channel);
    const early = fault && beforeIt(fault);
    if (early) {
      url.uses.push({
        body: {},
        status: typeof early === 'string' ? 0 : early.status,
        error: fault.kind,
      });
      return early;
    }
    const parsed = readBody(body);
    const refusal =
      parsed === undefined ? { status: 500, error: 'invalid_payload' } : this.#use(url, parsed);
    const status = refusal?.status ?? 200;
    url.uses.push({ body: parsed ?? {}, status, error: refusal?.error });
    this.#service.watch.changed();
    if (fault?.kind === 'accept-then-cut') return 'cut';
    if (refusal) return json(status, { ok: false, error: refusal.error });
    return { status, headers: { 'content-type': 'text/plain' }, body: 'ok' };
  }

  #use(url: IssuedUrl, body: Args): { status: number; error: string } | undefined {
    if (this.#service.now() > url.expiresAt) return { status: 404, error: 'expired_url' };
    if (url.spent >= RESPONSE_URL.uses) return { status: 404, error: 'used_url' };
    try {
      url.messages.push(this.#land(url, body));
      url.spent += 1;
      return undefined;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { status: 400, error: error.error };
    }
  }

  #land(url: IssuedUrl, body: Args): Message {
    const { messages, workspace } = this.#service;
    const { source } = url;
    if (flag(body, 'delete_original') && source !== undefined) {
      messages.remove(source);
      return source;
    }
    const content = contentOf(workspace, body, { maxText: MESSAGE.text });
    if (flag(body, 'replace_original') && source !== undefined) {
      if (source.deleted) throw new ApiError('message_not_found');
      messages.edit(source, { ...content, edited: source.edited || content.blocks.length === 0 });
      return source;
    }
    return messages.add({
      ...content,
      channel: url.channel,
      user: workspace.app.botUserId,
      via: 'response_url',
      ephemeralFor: body.response_type === 'in_channel' ? undefined : url.user,
      threadTs: optional(body, 'thread_ts'),
      args: body,
    });
  }
}

function readBody(body: string): Args | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : undefined;
  } catch {
    return undefined;
  }
}
