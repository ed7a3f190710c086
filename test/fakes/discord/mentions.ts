/**
 * Whom a message notifies: what its content names, as far as `allowed_mentions` and the author's
 * rights let it. Text in code and text in embeds notifies nobody.
 *
 * https://discord.com/developers/docs/resources/message#allowed-mentions-object
 */
import type { APIMessage } from 'discord-api-types/v10';
import type { MessageBody } from './message-schema.ts';
import { allows, permissionsIn } from './permissions.ts';
import type { Channel, World } from './state.ts';

const CODE = /```[\s\S]*?```|`[^`\n]*`/g;

export function mentionsOf(
  world: World,
  channel: Channel,
  authorId: string,
  content: string,
  allowed: MessageBody['allowed_mentions'],
): Pick<APIMessage, 'mention_everyone' | 'mention_roles' | 'mentions'> {
  const text = content.replace(CODE, '');
  const mayParse = (kind: 'everyone' | 'users' | 'roles') =>
    allowed == null || (allowed.parse ?? []).includes(kind);
  const named = (pattern: RegExp, kind: 'users' | 'roles') => {
    const ids = new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ''));
    return [...ids].filter((id) => mayParse(kind) || (allowed?.[kind] ?? []).includes(id));
  };
  const users = named(/<@!?(\d+)>/g, 'users').flatMap((id) => {
    const user = id === world.bot.id ? world.bot : world.people.get(id)?.user;
    return user === undefined ? [] : [user];
  });
  const roles = world.guildOf(channel)?.roles;
  const mentionsAll =
    /@(everyone|here)\b/.test(text) &&
    mayParse('everyone') &&
    allows(permissionsIn(world, channel, authorId), 'MentionEveryone');
  return {
    mention_everyone: mentionsAll,
    mention_roles: named(/<@&(\d+)>/g, 'roles').filter((id) => roles?.has(id)),
    mentions: users,
  };
}
