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
