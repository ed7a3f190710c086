/** What people type into the fields of a command. */
import { expect, test } from 'vitest';
import { openBot, openDiscord } from './bot.ts';

test.each([
  ['at', 'at:09:30', '09:30'],
  ['at', 'AT: 09:30', '09:30'],
  ['timezone', 'timezone:Asia/Tokyo', 'Asia/Tokyo'],
])('in the field %s, %s is understood as the example writes it', async (field, value, read) => {
  const discord = await openDiscord();
  await openBot(discord);
  const place = { user: 'grace', channel: 'papers' };
  const command = 'paper schedule';
  const answer = await discord.slash({ ...place, command, options: { [field]: value } }).answer();
  expect(answer.text).toContain(read);
  expect(answer.ephemeral).toBe(false);
});

test('whom a topic is handed to is called by name, by a command and by a mention', async () => {
  const discord = await openDiscord();
  await openBot(discord);
  const place = { user: 'grace', channel: 'papers' };
  const slash = (command: string, options: Record<string, string>) =>
    discord.slash({ ...place, command, options }).answer();
  await slash('paper subscribe', { topic: 'model-merging' });
  const { id } = discord.person('ada');
  const handed = await slash('paper owner', { person: `<@${id}>` });
  expect(handed.text).toContain('ada** now owns model-merging');
  expect((await slash('paper status', {})).text).toContain('model-merging (by ada)');
  discord.say({
    ...place,
    content: `${discord.botMention} owner <@${discord.person('grace').id}>`,
  });
  const back = await discord.waitFor(() =>
    discord.messages('papers').find(({ text }) => text.includes('grace** now owns')),
  );
  expect(back.text).toContain('model-merging in #papers');
});
