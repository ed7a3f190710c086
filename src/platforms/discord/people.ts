/** References to people, `<@80351110224678912>`, with the names that Discord leaves out: `<@80351110224678912|grace>`. */
import type { Client, Message, User } from 'discord.js';

const referenceTo = ({ id, displayName }: User) => `<@${id}|${displayName.replace(/[<>]/g, '')}>`;

/** What was typed into a field that names one person; a text with more words stays as it is, for each would be a request. */
export async function withName(typed: string, { users }: Client): Promise<string> {
  const [, id] = /^\s*<@!?(\d+)>\s*$/.exec(typed) ?? [];
  const user = id === undefined ? undefined : await users.fetch(id).catch(() => undefined);
  return user ? referenceTo(user) : typed;
}

/** What a message says; it brings those whom it mentions. The bot's own mention stays. */
export function withNames({ content, mentions, client }: Message<boolean>): string {
  return content.replace(/<@!?(\d+)>/g, (written, id: string) => {
    const user = id === client.user?.id ? undefined : mentions.users.get(id);
    return user ? referenceTo(user) : written;
  });
}
