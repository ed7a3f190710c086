/**
 * What every request goes through before its route: the log, ordered faults, the token, the rate
 * limits; and how errors are answered.
 *
 * https://discord.com/developers/docs/reference#authentication
 * https://discord.com/developers/docs/topics/rate-limits#exceeding-a-rate-limit
 */
import { type Context, Hono } from 'hono';
import { DiscordError, notFound, unauthorized } from './errors.ts';
import type { Fault } from './faults.ts';
import { type Env, PREFIX, readRequest } from './request.ts';
import { applicationRoutes } from './routes/application.ts';
import { channelRoutes } from './routes/channels.ts';
import { commandRoutes } from './routes/commands.ts';
import { guildRoutes } from './routes/guilds.ts';
import { interactionRoutes } from './routes/interactions.ts';
import type { Service } from './service.ts';

/** Routes that prove the caller by a token in their path. */
const BY_PATH = /^\/(interactions\/[^/]+\/[^/]+\/callback|webhooks\/[^/]+\/[^/]+)/;

const never = () => new Promise<never>(() => {});

export function httpApp(service: Service): Hono<Env> {
  const app = new Hono<Env>();
  app.use(async (c, next) => {
    const request = await readRequest(c);
    service.requests.push(request);
    c.env.outgoing.once('finish', () => service.hear(request));
    c.set('request', request);
    const { method, path } = request;

    const fault = service.faults.take(method, path);
    if (fault !== undefined) request.fault = fault.kind;
    if (fault !== undefined && fault.kind !== 'accept-then-cut') {
      const answer = await failed(c, fault);
      request.status = answer.status;
      return answer;
    }
    let headers: Readonly<Record<string, string>> = {};
    if (!BY_PATH.test(path)) {
      if (c.req.header('authorization') !== `Bot ${service.token}`) throw unauthorized();
      const verdict = service.rates.check(method, path);
      headers = verdict.headers;
      if (verdict.retryAfter !== undefined) {
        request.status = 429;
        return tooMany(verdict.retryAfter, verdict.global ?? false, headers);
      }
    }
    await next();
    if (fault !== undefined) return await failed(c, fault);
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
    request.status = c.res.status;
    if (c.res.body !== null) request.response = await c.res.clone().json();
    return undefined;
  });

  app.onError((error, c) => {
    const request = c.get('request');
    const isOurs = !(error instanceof DiscordError);
    if (isOurs) service.broken.push(error);
    const known = isOurs ? new DiscordError(500, 0, '500: Internal Server Error') : error;
    request.status = known.status;
    request.response = known.body;
    return answerOf(known);
  });
  app.notFound((c) => {
    c.get('request').unknownRoute = true;
    return answerOf(notFound());
  });

  const routes = [applicationRoutes, commandRoutes, guildRoutes, channelRoutes, interactionRoutes];
  for (const make of routes) app.route(PREFIX, make(service));
  return app;
}

function answerOf(error: DiscordError): Response {
  return Response.json(error.body, { status: error.status });
}

async function failed(c: Context<Env>, fault: Fault): Promise<Response> {
  switch (fault.kind) {
    case '429':
      return tooMany(fault.retryAfter ?? 0.05, fault.global ?? false);
    case '500':
      return answerOf(new DiscordError(500, 0, '500: Internal Server Error'));
    case '503':
      return answerOf(new DiscordError(503, 0, '503: Service Unavailable'));
    case 'hang':
      return await never();
    case 'cut':
    case 'accept-then-cut': {
      const { socket } = c.env.incoming;
      if (fault.reset) socket.resetAndDestroy();
      else socket.destroy();
      return await never();
    }
  }
}

function tooMany(
  retryAfter: number,
  global: boolean,
  bucket: Readonly<Record<string, string>> = {},
): Response {
  const headers = { 'Retry-After': String(retryAfter), ...bucket };
  return Response.json(
    { message: 'You are being rate limited.', retry_after: retryAfter, global },
    { status: 429, headers: global ? { 'X-RateLimit-Global': 'true', ...headers } : headers },
  );
}
