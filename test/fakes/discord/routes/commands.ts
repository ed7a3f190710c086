/**
 * Registering application commands, global and per server.
 *
 * https://discord.com/developers/docs/interactions/application-commands#endpoints
 */
import { type Context, Hono } from 'hono';
import { missingAccess, notThisApplication } from '../errors.ts';
import { bodyOf, type Env } from '../request.ts';
import type { Service } from '../service.ts';

export function commandRoutes(service: Service): Hono<Env> {
  const { world, commands } = service;
  const routes = new Hono<Env>();

  /** The server in the path, if any, once it is sure that the bot may register there. */
  const scope = (c: Context<Env>): string | undefined => {
    if (c.req.param('app') !== world.bot.id) throw notThisApplication();
    const guildId = c.req.param('guild');
    const isIn = world.guilds.get(guildId ?? '')?.members.has(world.bot.id);
    if (guildId !== undefined && !isIn) throw missingAccess();
    return guildId;
  };
  const id = (c: Context<Env>) => c.req.param('command') ?? '';

  for (const base of ['/applications/:app/commands', '/applications/:app/guilds/:guild/commands']) {
    routes.get(base, (c) => c.json(commands.list(scope(c))));
    routes.put(base, (c) => c.json(commands.replaceAll(bodyOf(c), scope(c))));
    routes.post(base, (c) => {
      const { command, isNew } = commands.put(bodyOf(c), scope(c));
      return c.json(command, isNew ? 201 : 200);
    });
    routes.get(`${base}/:command`, (c) => c.json(commands.get(id(c), scope(c))));
    routes.patch(`${base}/:command`, (c) => c.json(commands.change(id(c), bodyOf(c), scope(c))));
    routes.delete(`${base}/:command`, (c) => {
      commands.remove(id(c), scope(c));
      return c.body(null, 204);
    });
  }
  return routes;
}
