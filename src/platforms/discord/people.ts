/** References to people as a message brings them, `<@80351110224678912>`, with their names: `<@80351110224678912|grace>`. */
import type { Message, User } from 'discord.js';

export function referenceTo({ id, displayName }: User): string {
  return `<@${id}|${displayName.replace(/[<>]/g, '')}>`;
}

/** What a message says; it tells whom it mentions. The bot's own mention stays as it is. */
export function withNames({ content, mentions, client }: Message): string {
  return content.replace(/<@!?(\d+)>/g, (written, id: string) => {
    const user = id === client.user.id ? undefined : mentions.users.get(id);
    return user ? referenceTo(user) : written;
  });
}
