/**
 * The rules of answering an interaction: once, in time, with a kind of response that fits; then
 * through the token for a quarter of an hour.
 *
 * https://discord.com/developers/docs/interactions/receiving-and-responding#create-interaction-response
 * https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages
 */
import type { APIMessage } from 'discord-api-types/v10';
import {
  ApplicationIntegrationType,
  ChannelType,
  InteractionType,
  MessageFlags,
  MessageType,
  InteractionResponseType as ResponseType,
} from 'discord-api-types/v10';
import { z } from 'zod';
import {
  alreadyAcknowledged,
  badField,
  DiscordError,
  invalidForm,
  invalidWebhookToken,
  unknownChannel,
  unknownInteraction,
  unknownMessage,
  unknownWebhook,
} from './errors.ts';
import type { Exchange } from './exchange.ts';
import { type MessageBody, parseMessage } from './message-schema.ts';
import { createMessage, editMessage } from './messages.ts';
import type { Service, UploadedFile } from './service.ts';
import type { StoredMessage } from './state.ts';
import { text } from './text-schema.ts';

export const INTERACTION_TYPE = {
  command: InteractionType.ApplicationCommand,
  component: InteractionType.MessageComponent,
  autocomplete: InteractionType.ApplicationCommandAutocomplete,
} as const;

const FITTING: Record<keyof typeof INTERACTION_TYPE, readonly ResponseType[]> = {
  command: [
    ResponseType.ChannelMessageWithSource,
    ResponseType.DeferredChannelMessageWithSource,
    ResponseType.Modal,
  ],
  component: [
    ResponseType.ChannelMessageWithSource,
    ResponseType.DeferredChannelMessageWithSource,
    ResponseType.DeferredMessageUpdate,
    ResponseType.UpdateMessage,
    ResponseType.Modal,
  ],
  autocomplete: [ResponseType.ApplicationCommandAutocompleteResult],
};

const FLAGS_OF_BOT =
  MessageFlags.Ephemeral | MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications;

const callbackSchema = z.object({ type: z.int(), data: z.unknown().optional() });
const deferSchema = z.object({ flags: z.int().nullish() }).nullish();
const modalSchema = z.object({
  custom_id: text(100, 1),
  title: text(45, 1),
  components: z.array(z.object({})).min(1).max(5),
});
const choicesSchema = (type: 'string' | 'number') =>
  z.object({
    choices: z
      .array(z.object({ name: text(100, 1), value: type === 'string' ? text(100) : z.number() }))
      .max(25),
  });

/** Takes the bot's first response to an interaction; throws what Discord answers to a wrong one. */
export function respond(
  service: Service,
  id: string,
  token: string,
  body: unknown,
  files: readonly UploadedFile[],
): Exchange {
  const exchange = service.exchanges.find((one) => one.start.id === id && one.token === token);
  if (exchange === undefined) throw unknownInteraction();
  if (exchange.responseType !== undefined) throw alreadyAcknowledged();
  if (exchange.failed) throw unknownInteraction();
  if (!service.world.channels.has(exchange.start.channel.id)) throw unknownChannel();

  try {
    exchange.acknowledge(carryOut(service, exchange, body, files));
  } catch (error) {
    if (error instanceof DiscordError) exchange.refused.push(JSON.stringify(error.body));
    throw error;
  }
  return exchange;
}

/** Does what the response asks for, and gives its type. */
function carryOut(
  service: Service,
  exchange: Exchange,
  body: unknown,
  files: readonly UploadedFile[],
): ResponseType {
  const { kind, source, choiceType } = exchange.start;
  const { type: sent, data } = checked(callbackSchema, body, []);
  const type = FITTING[kind].find((one) => one === sent);
  if (type === undefined) {
    const message = `Value must be one of {${FITTING[kind].join(', ')}}.`;
    throw invalidForm([badField(['type'], 'BASE_TYPE_CHOICES', message)]);
  }
  switch (type) {
    case ResponseType.ChannelMessageWithSource:
      exchange.original = answer(service, exchange, parseMessage(data ?? {}, ['data']), files);
      return type;
    case ResponseType.DeferredChannelMessageWithSource: {
      const flags = (checked(deferSchema, data, ['data'])?.flags ?? 0) & MessageFlags.Ephemeral;
      exchange.original = answer(service, exchange, { flags }, [], MessageFlags.Loading);
      return type;
    }
    case ResponseType.DeferredMessageUpdate:
    case ResponseType.UpdateMessage: {
      if (source === undefined) throw unknownMessage();
      const isUpdate = type === ResponseType.UpdateMessage;
      if (isUpdate) editMessage(service, source, parseMessage(data ?? {}, ['data']), files);
      exchange.original = source;
      return type;
    }
    case ResponseType.ApplicationCommandAutocompleteResult:
      exchange.choices = checked(choicesSchema(choiceType ?? 'string'), data, ['data']).choices;
      return type;
    case ResponseType.Modal:
      exchange.modal = checked(modalSchema, data, ['data']);
      return type;
    case ResponseType.Pong:
    case ResponseType.PremiumRequired:
    case ResponseType.LaunchActivity:
      throw new Error(`The fake Discord does not do responses of type ${type}.`);
  }
}

/** The interaction that a webhook token belongs to; throws when it is unknown, unanswered or old. */
export function byToken(service: Service, applicationId: string, token: string): Exchange {
  if (applicationId !== service.world.bot.id) throw unknownWebhook();
  const exchange = service.exchanges.find((one) => one.token === token);
  if (exchange === undefined) throw invalidWebhookToken();
  if (service.now() - exchange.start.at > service.limits.tokenMs) throw invalidWebhookToken();
  if (exchange.responseType === undefined || exchange.start.kind === 'autocomplete') {
    throw unknownWebhook();
  }
  if (!service.world.channels.has(exchange.start.channel.id)) throw unknownChannel();
  return exchange;
}

/** A follow-up. The first one after a deferred reply fills that reply, and keeps its visibility. */
export function followUp(
  service: Service,
  exchange: Exchange,
  body: unknown,
  files: readonly UploadedFile[],
): StoredMessage {
  const message = parseMessage(body);
  const { original } = exchange;
  if (original !== undefined && ((original.wire.flags ?? 0) & MessageFlags.Loading) !== 0) {
    return editMessage(service, original, message, files);
  }
  const created = answer(service, exchange, message, files);
  exchange.followups.push(created);
  return created;
}

/** The message that `@original` or an id names among those this interaction may touch. */
export function ownMessage(service: Service, exchange: Exchange, name: string): StoredMessage {
  const { original, followups } = exchange;
  const found =
    name === '@original' ? original : [original, ...followups].find((one) => one?.wire.id === name);
  if (found === undefined || !service.world.messages.has(found.wire.id)) throw unknownMessage();
  return found;
}

/** Whose installation an interaction came through: the server's, or nobody's in direct messages. */
export function owners(exchange: Pick<Exchange, 'start'>): Record<string, string> {
  const { channel } = exchange.start;
  const owner = channel.type === ChannelType.DM ? '0' : channel.guildId;
  return { [ApplicationIntegrationType.GuildInstall]: owner };
}

function answer(
  service: Service,
  exchange: Exchange,
  body: MessageBody,
  files: readonly UploadedFile[],
  also = 0,
): StoredMessage {
  const { channel, user } = exchange.start;
  const flags = ((body.flags ?? 0) & FLAGS_OF_BOT) | also;
  const isEphemeral = (flags & MessageFlags.Ephemeral) !== 0;
  return createMessage(service, {
    channel,
    author: service.world.bot,
    body: { ...body, flags },
    files,
    ...(isEphemeral ? { onlyFor: user.id } : {}),
    also: originOf(service, exchange),
  });
}

function originOf(service: Service, exchange: Exchange): Partial<APIMessage> {
  const { start, original } = exchange;
  const { bot } = service.world;
  const common = {
    id: start.id,
    user: start.user,
    authorizing_integration_owners: owners(exchange),
    ...(original === undefined ? {} : { original_response_message_id: original.wire.id }),
  };
  const replied = original ?? start.source;
  const isReply = replied !== undefined;
  const channel_id = start.channel.id;
  return {
    application_id: bot.id,
    webhook_id: bot.id,
    type: isReply ? MessageType.Reply : MessageType.ChatInputCommand,
    interaction_metadata:
      start.source === undefined
        ? { ...common, type: InteractionType.ApplicationCommand }
        : {
            ...common,
            type: InteractionType.MessageComponent,
            interacted_message_id: start.source.wire.id,
          },
    ...(isReply ? { message_reference: { type: 0, channel_id, message_id: replied.wire.id } } : {}),
  };
}

function checked<T>(schema: z.ZodType<T>, value: unknown, prefix: readonly string[]): T {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (!parsed.success) throw invalidForm(parsed.error.issues, prefix);
  return parsed.data;
}
