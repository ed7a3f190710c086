import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { openBot, openDiscord } from './bot.ts';

const ada = { user: 'ada', channel: 'papers' } as const;
const QUESTION = 'What is model merging?';

async function open() {
  const discord = await openDiscord();
  await openBot(discord);
  const own = (channel: string) =>
    discord.messages(channel).filter(({ author }) => author === discord.bot.username);
  return {
    discord,
    ask: (channel: string, words: string) =>
      discord.say({ ...ada, channel, content: `${discord.botMention} ${words}` }),
    own,
    answer: (channel: string, n: number) => discord.waitFor(() => own(channel)[n - 1]),
    /** The thread under a message, which has its id. */
    thread: (id: string) =>
      discord.waitFor(() => discord.requests.find(({ path }) => path.endsWith(`${id}/threads`))),
  };
}

describe('a question', () => {
  test('in a mention is answered as a reply, in whose thread a mention asks on', async () => {
    const { discord, ask, answer, thread } = await open();
    ask('papers', QUESTION);
    const first = await answer('papers', 1);
    expect(first.text).toMatch(/\d of 96 papers speaks? to this/);
    await thread(first.id);
    await discord.waitFor(() => discord.channel(first.id).name === QUESTION);
    ask(first.id, 'and in Japanese?');
    expect((await answer(first.id, 1)).text).toContain('of this conversation');
  });

  test('in a reply to an answer asks on; a reply that mentions nobody is not heard', async () => {
    const { discord, ask, answer, own, thread } = await open();
    ask('papers', QUESTION);
    const { id } = await answer('papers', 1);
    await thread(id);
    discord.say({ ...ada, content: 'and in Japanese?', replyTo: id });
    expect((await answer('papers', 2)).text).toContain('of this conversation');
    discord.say({ ...ada, content: 'and in French?' });
    await sleep(200);
    expect(own('papers')).toHaveLength(2);
  });

  test('by slash command is answered in the channel, and asked on there', async () => {
    const { discord, answer, thread } = await open();
    const options = { question: QUESTION };
    const first = await discord.slash({ ...ada, command: 'paper ask', options }).answer();
    expect(first).toMatchObject({ ephemeral: false });
    await thread(first.id);
    discord.say({ ...ada, content: 'and in Japanese?', replyTo: first.id });
    expect((await answer('papers', 2)).text).toContain('of this conversation');
  });

  test('that is long has a thread named after its beginning, no character of it cut in two', async () => {
    const { discord, ask, answer, thread } = await open();
    ask('papers', `What is model merging ${'🧠'.repeat(80)}?`);
    const { id } = await answer('papers', 1);
    await thread(id);
    const name = await discord.waitFor(() => discord.channel(id).name);
    expect(name).toMatch(/^What is model merging 🧠{30,}…$/u);
  });

  test('is answered without a thread where the bot may open none', async () => {
    const { discord, ask, answer } = await open();
    discord.setBotPermissions('papers', [
      'ViewChannel',
      'SendMessages',
      'EmbedLinks',
      'ReadMessageHistory',
    ]);
    ask('papers', QUESTION);
    await answer('papers', 1);
    await sleep(200);
    expect(discord.requests.filter(({ path }) => path.endsWith('/threads'))).toEqual([]);
  });

  test('in direct messages is answered, and the next goes on from it', async () => {
    const { discord, answer } = await open();
    const dm = discord.dm('ada');
    discord.say({ user: 'ada', channel: dm, content: QUESTION });
    await answer(dm.id, 1);
    await sleep(200);
    discord.say({ user: 'ada', channel: dm, content: 'and in Japanese?' });
    expect((await answer(dm.id, 2)).text).toContain('of this conversation');
  });

  test('that two instances hear is answered by one', async () => {
    const discord = await openDiscord();
    const first = await openBot(discord);
    await openBot(discord, { stateDir: first.stateDir });
    discord.say({ ...ada, content: `${discord.botMention} ${QUESTION}` });
    await discord.waitFor(() => discord.messages('papers')[1]);
    await sleep(300);
    const posts = discord.requests.filter(
      ({ method, path }) => method === 'POST' && path.endsWith('/messages'),
    );
    expect(posts).toHaveLength(1);
  });
});
