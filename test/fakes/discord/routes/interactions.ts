/**
 * Answering interactions: the callback, then the messages behind the interaction's token.
 *
 * https://discord.com/developers/docs/interactions/receiving-and-responding#endpoints
 */
import type { APIMessage } from 'discord-api-types/v10';
import { MessageFlags } from 'discord-api-types/v10';
import { type Context, Hono } from 'hono';
import type { Exchange } from '../exchange.ts';
import { byToken, followUp, INTERACTION_TYPE, ownMessage, respond } from '../interactions.ts';
import { parseMessage } from '../message-schema.ts';
import { deleteMessage, editMessage } from '../messages.ts';
import { bodyOf, type Env, filesOf } from '../request.ts';
import type { Service } from '../service.ts';

export function interactionRoutes(service: Service): Hono<Env> {
  const routes = new Hono<Env>();

  routes.post('/interactions/:id/:token/callback', (c) => {
    const { id, token } = c.req.param();
    const exchange = respond(service, id, token, bodyOf(c), filesOf(c));
    if (c.req.query('with_response') !== 'true') return c.body(null, 204);
    return c.json(callbackResponse(exchange));
  });

  routes.post('/webhooks/:app/:token', (c) => {
    const { app, token } = c.req.param();
    const exchange = byToken(service, app, token);
    return c.json(followUp(service, exchange, bodyOf(c), filesOf(c)).wire);
  });

  const target = (c: Context<Env, '/webhooks/:app/:token/messages/:message'>) => {
    const { app, token, message } = c.req.param();
    return ownMessage(service, byToken(service, app, token), message);
  };
  routes.get('/webhooks/:app/:token/messages/:message', (c) => c.json(target(c).wire));
  routes.patch('/webhooks/:app/:token/messages/:message', (c) => {
    const stored = target(c);
    return c.json(editMessage(service, stored, parseMessage(bodyOf(c)), filesOf(c)).wire);
  });
  routes.delete('/webhooks/:app/:token/messages/:message', (c) => {
    deleteMessage(service, target(c));
    return c.body(null, 204);
  });
  return routes;
}

function callbackResponse({ start, original, responseType }: Exchange): object {
  const interaction = { id: start.id, type: INTERACTION_TYPE[start.kind] };
  if (original === undefined) return { interaction };
  const message: APIMessage = original.wire;
  const has = (flag: MessageFlags) => ((message.flags ?? 0) & flag) !== 0;
  return {
    interaction: {
      ...interaction,
      response_message_id: message.id,
      response_message_loading: has(MessageFlags.Loading),
      response_message_ephemeral: original.onlyFor !== null,
    },
    resource: { type: responseType, message },
  };
}
