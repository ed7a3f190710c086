/**
 * What a person sees: the messages of a channel in order, as text and buttons.
 *
 * https://discord.com/developers/docs/resources/message#message-object-message-flags
 */
import type { APIEmbed, APIMessage, ButtonStyle } from 'discord-api-types/v10';
import { ComponentType, MessageFlags } from 'discord-api-types/v10';
import { allows, permissionsIn } from './permissions.ts';
import type { Channel, StoredMessage, World } from './state.ts';

export interface SeenButton {
  readonly label: string;
  /** Absent on a link. */
  readonly customId?: string;
  readonly url?: string;
  readonly style: ButtonStyle;
  readonly disabled: boolean;
}

export interface SeenSelect {
  readonly customId: string;
  readonly placeholder: string;
  readonly options: readonly { readonly label: string; readonly value: string }[];
  readonly disabled: boolean;
}

export interface SeenMessage {
  readonly id: string;
  readonly author: string;
  /** Content, then each embed from top to bottom, line by line; markup as it was sent. */
  readonly text: string;
  readonly buttons: readonly SeenButton[];
  readonly selects: readonly SeenSelect[];
  /** Only the reader sees it. */
  readonly ephemeral: boolean;
  /** Deferred and not yet filled: "… is thinking". */
  readonly loading: boolean;
  readonly edited: boolean;
  /** The whole message as Discord sends it. */
  readonly wire: APIMessage;
}

/**
 * The messages of a channel that a person sees (without a person: that everybody sees), oldest
 * first; throws if they cannot see the channel.
 */
export function view(world: World, channel: Channel, userId: string | null): SeenMessage[] {
  if (userId !== null && !allows(permissionsIn(world, channel, userId), 'ViewChannel')) {
    throw new Error(`The person ${userId} cannot see the channel "${channel.name}".`);
  }
  return world
    .messagesIn(channel.id)
    .filter((one) => one.onlyFor === null || one.onlyFor === userId)
    .map(see);
}

export function see(stored: StoredMessage): SeenMessage {
  return seen(stored.wire, stored.onlyFor !== null);
}

export function seen(wire: APIMessage, ephemeral: boolean): SeenMessage {
  const loading = ((wire.flags ?? 0) & MessageFlags.Loading) !== 0;
  const lines = loading
    ? [`${wire.author.username} is thinking…`]
    : [wire.content, ...wire.embeds.flatMap(embedLines)];
  const buttons: SeenButton[] = [];
  const selects: SeenSelect[] = [];
  for (const row of wire.components ?? []) {
    if (row.type !== ComponentType.ActionRow) continue;
    for (const one of row.components) {
      const disabled = one.disabled ?? false;
      if (one.type === ComponentType.Button) {
        buttons.push({
          label: 'label' in one ? (one.label ?? '') : '',
          ...('custom_id' in one ? { customId: one.custom_id } : {}),
          ...('url' in one ? { url: one.url } : {}),
          style: one.style,
          disabled,
        });
      } else {
        selects.push({
          customId: one.custom_id,
          placeholder: one.placeholder ?? '',
          options: one.type === ComponentType.StringSelect ? one.options : [],
          disabled,
        });
      }
    }
  }
  return {
    id: wire.id,
    author: wire.author.username,
    text: lines.filter((line) => line !== '').join('\n'),
    buttons,
    selects,
    ephemeral,
    loading,
    edited: wire.edited_timestamp !== null,
    wire,
  };
}

function embedLines(embed: APIEmbed): string[] {
  const fields = (embed.fields ?? []).flatMap((field) => [field.name, field.value]);
  const parts = [embed.author?.name, embed.title, embed.description, ...fields, embed.footer?.text];
  return parts.map((part) => part ?? '');
}
