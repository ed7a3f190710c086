/**
 * The bot itself: who it is and where its gateway is.
 *
 * https://discord.com/developers/docs/resources/user#get-current-user
 * https://discord.com/developers/docs/resources/application#get-current-application
 * https://discord.com/developers/docs/events/gateway#get-gateway-bot
 */
import { Hono } from 'hono';
import { invalidRecipients, unknownUser } from '../errors.ts';
import { applicationPayload, channelPayload } from '../payloads.ts';
import { bodyOf, type Env } from '../request.ts';
import type { Service } from '../service.ts';

export function applicationRoutes(service: Service): Hono<Env> {
  const { world } = service;
  const routes = new Hono<Env>();

  routes.get('/users/@me', (c) => c.json(world.bot));
  routes.get('/users/@me/guilds', (c) => {
    const mine = [...world.guilds.values()].filter((one) => one.members.has(world.bot.id));
    return c.json(mine.map(({ id, name }) => ({ id, name, icon: null, owner: false })));
  });
  routes.get('/users/:user', (c) => {
    const person = world.people.get(c.req.param('user'));
    if (person === undefined) throw unknownUser();
    return c.json(person.user);
  });
  routes.post('/users/@me/channels', (c) => {
    const { recipient_id }: { recipient_id?: unknown } = bodyOf(c) ?? {};
    const person = world.people.get(String(recipient_id));
    if (person === undefined) throw invalidRecipients();
    return c.json(channelPayload(world, world.dmWith(person.user.id)));
  });

  routes.get('/applications/@me', (c) => c.json(applicationPayload(world)));
  routes.get('/oauth2/applications/@me', (c) => c.json(applicationPayload(world)));

  routes.get('/gateway/bot', (c) =>
    c.json({
      url: `ws://${new URL(c.req.url).host}/gateway`,
      shards: 1,
      session_start_limit: { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 1 },
    }),
  );
  return routes;
}
