/**
 * What people do in Discord: slash commands, autocomplete, buttons, menus and messages, each sent
 * to the bot as Discord sends it. What Discord's client would not let a person do throws.
 *
 * https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object
 */
import type { APIApplicationCommand, APIUser } from 'discord-api-types/v10';
import {
  ApplicationCommandOptionType,
  ChannelType,
  ComponentType,
  InteractionContextType,
  Locale,
} from 'discord-api-types/v10';
import { type Choice, Exchange } from './exchange.ts';
import { INTERACTION_TYPE, owners } from './interactions.ts';
import { parseMessage } from './message-schema.ts';
import { createMessage } from './messages.ts';
import { beingTyped, filled, type OptionValue, specOf, typed } from './options.ts';
import { channelPayload, memberPayload } from './payloads.ts';
import { allows, permissionsIn, sendingIn } from './permissions.ts';
import type { Service } from './service.ts';
import type { Channel, DmChannel, Named, StoredMessage } from './state.ts';
import { type SeenMessage, see } from './view.ts';
import { until } from './wait.ts';

interface Place {
  readonly user: Named;
  readonly channel: Named;
}

interface SlashAction extends Place {
  /** The command's words without the slash: `paper search`. */
  readonly command: string;
  readonly options?: Readonly<Record<string, OptionValue>>;
}

interface AutocompleteAction extends Place {
  readonly command: string;
  /** The option being typed into, and what stands there so far. */
  readonly focused: { readonly name: string; readonly value: string };
  /** What is already filled in. */
  readonly options?: Readonly<Record<string, string | number | boolean>>;
}

interface ComponentAction {
  readonly user: Named;
  readonly message: Named;
}

type Start = Omit<ConstructorParameters<typeof Exchange>[0], 'id' | 'at' | 'responseMs'>;

export function people(service: Service) {
  const { world } = service;

  return {
    /** Sends a slash command; the exchange tells how the bot answers. */
    slash({ user: who, channel: where, command: words, options = {} }: SlashAction): Exchange {
      const { user } = world.person(who);
      const channel = world.channel(where);
      const to = typed(usableBy(service, user, channel), words);
      const { options: sent, resolved } = filled({ world, userId: user.id, channel }, to, options);
      const { id, name, type, guild_id } = to.command;
      const data = {
        id,
        name,
        type,
        ...(guild_id === undefined ? {} : { guild_id }),
        ...(sent.length > 0 ? { options: sent } : {}),
        ...(Object.keys(resolved).length > 0 ? { resolved } : {}),
      };
      return begin(service, { kind: 'command', title: to.title, user, channel }, data);
    },

    /** Types into an option; gives the choices offered. Throws when none come in time. */
    async autocomplete(action: AutocompleteAction): Promise<readonly Choice[]> {
      const { user } = world.person(action.user);
      const channel = world.channel(action.channel);
      const to = typed(usableBy(service, user, channel), action.command);
      const options = beingTyped(to, action.focused, action.options ?? {});
      const spec = specOf(to, action.focused.name);
      const choiceType = spec.type === ApplicationCommandOptionType.String ? 'string' : 'number';
      const title = `the choices for "${action.focused.name}" of ${to.title}`;
      const start: Start = { kind: 'autocomplete', title, user, channel, choiceType };
      const { id, name, type } = to.command;
      const exchange = begin(service, start, { id, name, type, options });
      await exchange.acknowledged();
      return exchange.choices ?? [];
    },

    /** Presses the button with this label or custom id, as the message is now. */
    click({ user: who, message, button }: ComponentAction & { readonly button: string }): Exchange {
      const { user } = world.person(who);
      const source = visible(service, user, message);
      const { buttons } = see(source);
      const matching = buttons.filter((one) => one.label === button || one.customId === button);
      const [found] = matching;
      if (found === undefined || matching.length > 1) {
        const shown = buttons.map((one) => one.label || one.customId).join(', ') || 'none';
        throw new Error(`There are ${matching.length} buttons "${button}"; shown are: ${shown}.`);
      }
      if (found.disabled) throw new Error(`The button "${button}" is disabled.`);
      if (found.customId === undefined) throw new Error(`"${button}" is a link to ${found.url}.`);
      const data = { component_type: ComponentType.Button, custom_id: found.customId };
      return onComponent(service, user, source, `the button "${button}"`, data);
    },

    /** Chooses values (or labels) in the menu with this custom id, by default the only menu. */
    select(
      action: ComponentAction & { readonly menu?: string; readonly values: readonly string[] },
    ): Exchange {
      const { user } = world.person(action.user);
      const source = visible(service, user, action.message);
      const { selects } = see(source);
      const found = selects.find((one) => one.customId === (action.menu ?? selects[0]?.customId));
      if (found === undefined || found.disabled) {
        throw new Error(`There is no menu "${action.menu ?? ''}" to choose from.`);
      }
      const values = action.values.map((wanted) => {
        const option = found.options.find((one) => one.value === wanted || one.label === wanted);
        if (option === undefined) throw new Error(`The menu does not offer "${wanted}".`);
        return option.value;
      });
      const custom_id = found.customId;
      const data = { component_type: ComponentType.StringSelect, custom_id, values };
      return onComponent(service, user, source, `the menu "${custom_id}"`, data);
    },

    /** Writes a message, or a reply to one, which mentions its author as Discord's own clients do. */
    say({
      user: who,
      channel: where,
      content,
      replyTo,
    }: Place & { readonly content: string; readonly replyTo?: string }): SeenMessage {
      const { user } = world.person(who);
      const channel = world.channel(where);
      if (!allows(permissionsIn(world, channel, user.id), sendingIn(channel.type))) {
        throw new Error(`${user.username} may not write in "${channel.name}".`);
      }
      const answered = replyTo === undefined ? undefined : world.messages.get(replyTo)?.wire;
      const reference = answered && { message_reference: { message_id: answered.id } };
      const body = parseMessage({ content, ...reference });
      const also = answered && { mentions: [answered.author] };
      return see(createMessage(service, { channel, author: user, body, ...(also && { also }) }));
    },

    /** How a mention of the bot is written in a message. */
    get botMention(): string {
      return `<@${world.bot.id}>`;
    },

    /** The direct messages between this person and the bot. */
    dm(user: Named): DmChannel {
      return world.dmWith(world.person(user).user.id);
    },

    /**
     * Waits until `probe` gives something (neither false nor nothing), by default for 2 seconds;
     * throws with the latest requests when it never does.
     */
    async waitFor<T>(probe: () => T | false | null | undefined, timeoutMs = 2_000): Promise<T> {
      return await until(probe, timeoutMs, () => {
        const latest = service.requests.slice(-5);
        const lines = latest.map((one) => `${one.method} ${one.path} → ${one.status ?? 'nothing'}`);
        return `${probe}\nThe latest requests were:\n${lines.join('\n') || 'none'}`;
      });
    },
  };
}

/** The commands this person is shown in this channel. */
function usableBy(service: Service, user: APIUser, channel: Channel): APIApplicationCommand[] {
  const { world, commands } = service;
  const rights = permissionsIn(world, channel, user.id);
  if (!allows(rights, 'ViewChannel', 'UseApplicationCommands')) {
    throw new Error(`${user.username} cannot use commands in "${channel.name}".`);
  }
  if (channel.type === ChannelType.DM) {
    return commands
      .usable()
      .filter(
        (one) =>
          one.dm_permission !== false &&
          (one.contexts ?? [InteractionContextType.BotDM]).includes(InteractionContextType.BotDM),
      );
  }
  if (!world.guilds.get(channel.guildId)?.members.has(world.bot.id)) return [];
  return commands.usable(channel.guildId).filter((one) => {
    const here = (one.contexts ?? [InteractionContextType.Guild]).includes(
      InteractionContextType.Guild,
    );
    const wanted = one.default_member_permissions;
    // "0" is for administrators only, who have every bit, also the highest.
    const needed = wanted === '0' ? 8n : BigInt(wanted ?? 0);
    return here && (rights & needed) === needed;
  });
}

function visible(service: Service, user: APIUser, named: Named): StoredMessage {
  const { world } = service;
  const found = world.messages.get(typeof named === 'string' ? named : named.id);
  const channel = found === undefined ? undefined : world.channels.get(found.wire.channel_id);
  const seesIt =
    found !== undefined &&
    channel !== undefined &&
    (found.onlyFor === null || found.onlyFor === user.id) &&
    allows(permissionsIn(world, channel, user.id), 'ViewChannel');
  if (!seesIt) throw new Error(`${user.username} sees no such message (any more).`);
  return found;
}

function onComponent(
  service: Service,
  user: APIUser,
  source: StoredMessage,
  title: string,
  data: object,
): Exchange {
  const channel = service.world.channel(source.wire.channel_id);
  return begin(service, { kind: 'component', title, user, channel, source }, data);
}

function begin(service: Service, start: Start, data: object): Exchange {
  const { world, gateway, limits } = service;
  const { user, channel, source } = start;
  const exchange = new Exchange({
    ...start,
    id: world.newId(),
    at: service.now(),
    responseMs: limits.responseMs,
  });
  service.exchanges.push(exchange);
  const permissions = String(permissionsIn(world, channel, user.id));
  const guild = world.guildOf(channel);
  const place =
    guild === undefined
      ? { user, context: InteractionContextType.BotDM }
      : {
          guild: { id: guild.id, locale: Locale.EnglishUS, features: [] },
          guild_id: guild.id,
          guild_locale: Locale.EnglishUS,
          member: { ...memberPayload(guild, user.id), permissions },
          context: InteractionContextType.Guild,
        };
  gateway.dispatch('INTERACTION_CREATE', 0, () => ({
    id: exchange.start.id,
    application_id: world.bot.id,
    type: INTERACTION_TYPE[start.kind],
    token: exchange.token,
    version: 1,
    data,
    channel_id: channel.id,
    channel: { ...channelPayload(world, channel), permissions },
    app_permissions: String(permissionsIn(world, channel, world.bot.id)),
    locale: Locale.EnglishUS,
    entitlements: [],
    authorizing_integration_owners: owners(exchange),
    attachment_size_limit: 10 * 1024 * 1024,
    ...place,
    ...(source === undefined ? {} : { message: source.wire }),
  }));
  return exchange;
}
