/** Digests of several messages that are cut on their way: each goes on as it began, and repeats nothing. */
import { describe, expect, test } from 'vitest';
import { refOf } from '../../src/platforms/discord/place.ts';
import { openHouse } from '../house.ts';
import { bring, chaotic, followChaos, lettersIn } from './chaotic.ts';
import { openDiscord, openSlack, tickAt } from './wire.ts';

describe.each(['message', 'thread'] as const)(
  'a digest of several messages, as one %s',
  (layout) => {
    test.each(['Slack', 'Discord'] as const)(
      'goes on in %s as it began, whatever became of its papers since',
      async (name) => {
        const { house, channel, cutAfterNext, messages } = await openWith(name);
        const many = chaotic();
        await followChaos(house, channel, { layout });
        await bring(house, many);
        cutAfterNext();
        await tickAt(house, '2026-11-23T09:00:00Z');
        expect(messages()).toHaveLength(1);
        // Shorter and in another order they would be divided otherwise.
        await bring(
          house,
          many.map((paper, n) => ({ ...paper, abstract: 'Chaos.', upvotes: n, comments: n })),
        );
        await tickAt(house, '2026-11-23T09:04:00Z');
        const all = messages();
        expect(all.length).toBeGreaterThan(1);
        const papers = all.slice(layout === 'thread' ? 1 : 0).join(' ');
        const shown = [...papers.matchAll(/(\d+)\\?\. [^"]*?Chaotic paper ([A-Z])/g)];
        expect(shown.map(([, number]) => Number(number))).toEqual(many.map((_, n) => n + 1));
        expect(new Set(shown.map(([, , letter]) => letter)).size).toBe(18);
        expect(papers).toContain('A long sentence');
        expect(papers).not.toContain('▲');
        await tickAt(house, '2026-11-24T09:00:00Z');
        expect(messages()).toHaveLength(all.length);
      },
    );
  },
);

test('a digest that is cut where nobody may look is skipped, its owner told, and no later digest repeats what may be there', async () => {
  const { slack, env, channel, lastIn } = await openSlack();
  const house = await openHouse(env);
  const owner = slack.workspace.user('ada').id;
  await followChaos(house, channel, { owner });
  const many = chaotic();
  await bring(house, many);
  let isFirst = true;
  slack.onCall(({ method }) => {
    if (method !== 'chat.postMessage' || !isFirst) return;
    isFirst = false;
    slack.fault({ method, kind: 'cut' });
  });
  const times = Number.POSITIVE_INFINITY;
  const noScope = { kind: 'error', error: 'missing_scope', times } as const;
  for (const method of ['conversations.history', 'conversations.replies'])
    slack.fault({ method, ...noScope });
  await tickAt(house, '2026-11-23T09:00:00Z');
  expect(await lastIn(house)).toMatchObject({ state: 'failed', reason: 'service-away' });
  await tickAt(house, '2026-11-23T09:04:00Z');
  expect(await lastIn(house)).toEqual({ state: 'skipped', reason: 'unsure' });
  const first = lettersIn(slack.posts('papers'));
  expect(first.length).toBeGreaterThan(0);
  const note = JSON.stringify(slack.posts(slack.workspace.im(owner).id));
  for (const { title } of many) expect(note).toContain(title);

  await tickAt(house, '2026-11-24T09:00:00Z');
  const later = lettersIn(slack.posts('papers'));
  expect(later).toEqual([...new Set(later)]);
  // The message that was cut may be there.
  expect(later.length).toBeLessThan(many.length);
});

/** The bot in a channel of one service, and what it posted there, threads among the rest, each as JSON. */
async function openWith(name: 'Slack' | 'Discord') {
  if (name === 'Slack') {
    const { slack, env, channel } = await openSlack();
    return {
      house: await openHouse(env),
      channel,
      cutAfterNext: () => slack.fault({ method: 'chat.postMessage', kind: 'accept-then-cut' }),
      messages: () => slack.posts('papers').map(({ blocks }) => JSON.stringify(blocks)),
    };
  }
  const { discord, house } = await openDiscord();
  return {
    house,
    channel: refOf(discord.guild('Lab').id, discord.channel('papers').id),
    cutAfterNext: () =>
      discord.fault({ method: 'POST', path: /messages$/, kind: 'accept-then-cut' }),
    messages: () =>
      discord
        .messages('papers')
        .flatMap(({ id, wire }) => [
          JSON.stringify(wire),
          ...(discord.hasThread(id)
            ? discord.messages(id).map((each) => JSON.stringify(each.wire))
            : []),
        ]),
  };
}
