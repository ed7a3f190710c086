/**
 * Servers, their channels, roles and members.
 *
 * https://discord.com/developers/docs/resources/guild
 */
import { type Context, Hono } from 'hono';
import { missingAccess, unknownGuild } from '../errors.ts';
import { channelPayload, channelsOf, guildPayload, memberPayload } from '../payloads.ts';
import type { Env } from '../request.ts';
import type { Service } from '../service.ts';

export function guildRoutes(service: Service): Hono<Env> {
  const { world, gateway } = service;
  const routes = new Hono<Env>();

  const guildOf = (c: Context<Env>) => {
    const guild = world.guilds.get(c.req.param('guild') ?? '');
    if (guild === undefined || !guild.members.has(world.bot.id)) throw unknownGuild();
    return guild;
  };

  routes.get('/guilds/:guild', (c) => c.json(guildPayload(guildOf(c))));
  routes.get('/guilds/:guild/channels', (c) => {
    const channels = channelsOf(world, guildOf(c)).filter((one) => one.parentId === null);
    return c.json(channels.map((one) => channelPayload(world, one)));
  });
  routes.get('/guilds/:guild/roles', (c) => c.json([...guildOf(c).roles.values()]));
  routes.get('/guilds/:guild/members', (c) => {
    const guild = guildOf(c);
    if (!gateway.grants('GuildMembers')) throw missingAccess();
    const limit = Number(c.req.query('limit') ?? 1);
    return c.json([...guild.members.keys()].slice(0, limit).map((id) => memberPayload(guild, id)));
  });
  routes.get('/guilds/:guild/members/:user', (c) =>
    c.json(memberPayload(guildOf(c), c.req.param('user'))),
  );
  return routes;
}
