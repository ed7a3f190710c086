/**
 * The Web API's door: body, token, scope and rate are checked here, before any method runs.
 *
 * https://docs.slack.dev/apis/web-api/#responses
 * https://docs.slack.dev/authentication/tokens
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './faults.ts';
import { chat } from './methods/chat.ts';
import { conversations } from './methods/conversations.ts';
import { ApiError, type Args, type Method } from './methods/method.ts';
import { people } from './methods/people.ts';
import type { Service } from './service.ts';

/** What a caller gets; `cut` breaks the connection, `hang` leaves it waiting. */
export type HttpAnswer =
  | { status: number; headers: Record<string, string>; body: string }
  | 'hang'
  | 'cut';

export type HttpAsk = { headers: Record<string, string | string[] | undefined>; body: string };

/** One call of the Web API as the service saw it. */
export type Call = {
  method: string;
  args: Args;
  /** Milliseconds of the fake's clock. */
  at: number;
  token: string | undefined;
  /** What was answered, or meant to be when a fault ate it. Undefined when a fault came first. */
  response: Record<string, unknown> | undefined;
  /** The `error` of the answer, or the fault that struck. */
  error: string | undefined;
};

const METHODS: Record<string, Method> = { ...chat, ...conversations, ...people };

/** Answers one call and reports it to `record`. */
export async function answerApi(
  service: Service,
  method: string,
  ask: HttpAsk,
  record: (call: Call) => void,
): Promise<HttpAnswer> {
  const args = readArgs(ask);
  const fromHeader = /^Bearer (.+)$/.exec(String(ask.headers.authorization ?? ''))?.[1];
  const token = fromHeader ?? (typeof args.token === 'string' ? args.token : undefined);
  const call: Call = {
    method,
    args,
    at: service.now(),
    token,
    response: undefined,
    error: undefined,
  };
  const fault = service.faults.take(method, args.channel);
  const early = fault && beforeIt(fault);
  if (early) {
    record({ ...call, error: fault.kind });
    return early;
  }
  const channel = service.workspace.findChannel(String(args.channel ?? ''))?.id ?? '';
  const wait = service.limits.check(method, channel, service.now());
  if (wait !== undefined) {
    record({ ...call, error: '429' });
    return tooMany(wait);
  }
  const response = run(service, method, args, token);
  record({ ...call, response, error: response.ok ? undefined : String(response.error) });
  if (fault?.kind === 'accept-then-cut') return 'cut';
  if (fault?.kind === 'slow') await sleep(fault.delayMs ?? 50, undefined, { ref: false });
  return json(200, response, { 'x-oauth-scopes': [...service.workspace.app.scopes].join(',') });
}

type Response = { ok: boolean; [field: string]: unknown };

function run(service: Service, name: string, args: Args, token: string | undefined): Response {
  try {
    const method = METHODS[name];
    if (method === undefined) return { ok: false, error: 'unknown_method', req_method: name };
    checkToken(service, name, token);
    const needed = service.workspace.missingScopes.get(name);
    if (needed !== undefined) {
      const provided = [...service.workspace.app.scopes].filter((scope) => scope !== needed);
      return { ok: false, error: 'missing_scope', needed, provided: provided.join(',') };
    }
    return { ok: true, ...method(service, args) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { ok: false, error: error.error, ...error.extra };
  }
}

/** Socket Mode takes the app-level token, everything else the bot's. */
function checkToken(service: Service, method: string, token: string | undefined): void {
  const { app } = service.workspace;
  if (token === undefined) throw new ApiError('not_authed');
  if (token !== app.botToken && token !== app.appToken) throw new ApiError('invalid_auth');
  if (!app.installed) throw new ApiError('account_inactive');
  const wanted = method === 'apps.connections.open' ? app.appToken : app.botToken;
  if (token !== wanted) throw new ApiError('not_allowed_token_type');
}

function readArgs({ headers, body }: HttpAsk): Args {
  if (String(headers['content-type'] ?? '').startsWith('application/json')) {
    const parsed: unknown = body === '' ? {} : JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  }
  return Object.fromEntries(new URLSearchParams(body));
}

/** The answer of a fault that strikes before the call has any effect. */
export function beforeIt(fault: Fault): HttpAnswer | undefined {
  switch (fault.kind) {
    case '429':
      return tooMany(fault.retryAfter ?? 1);
    case '500':
      return html(500, 'Internal Server Error');
    case '503':
      return html(503, 'Service Unavailable');
    case 'html':
      return html(200, 'Slack is having a moment');
    case 'error':
      return json(200, { ok: false, error: fault.error ?? 'internal_error' });
    case 'hang':
      return 'hang';
    case 'cut':
      return 'cut';
    case 'accept-then-cut':
    case 'slow':
      return undefined;
  }
}

const tooMany = (seconds: number) =>
  json(429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(seconds) });

const html = (status: number, title: string): HttpAnswer => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: `<!DOCTYPE html><html><head><title>${title}</title></head><body>${title}</body></html>`,
});

export const json = (
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(body),
});
