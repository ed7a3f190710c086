/** preview, digest and status. */
import { expect, test } from 'vitest';
import { channelRef } from '../../src/model/channel.ts';
import type { Reply } from '../../src/reply/reply.ts';
import { expectMistakes } from './mistakes.ts';
import { tell } from './papers.ts';
import { openScene, papersOf, runOf, type Scene, titlesOf, wordsOf } from './scene.ts';

/** The digests that stand in the channel, oldest first. */
async function posted({ house }: Scene): Promise<Reply[]> {
  const messages = await house.messages.page('general', 50);
  return messages.flatMap(({ said }) => (said?.by === 'paperboy' ? said.reply : []));
}

/** Sets the clock, and lets the bot do what a minute brings. */
async function tickAt({ house }: Scene, instant: string): Promise<void> {
  house.clock.now = new Date(instant);
  await house.services.digests.tick();
}

const reasonsOf = (reply: Reply) =>
  papersOf(reply).map(({ reason = [] }) => reason.map(({ text }) => text).join(''));

test('a preview shows what the digest then posts, to the asker only', async () => {
  const scene = await openScene();
  await scene.say('subscribe model-merging top:1');
  await scene.say('subscribe reasoning');
  const preview = await scene.say('preview');
  expect(preview.visibility).toBe('asker');
  expect(preview.summary).toMatch(
    /^The next digest, Mon 23 Nov at 09:00 \(Europe\/Berlin\), would hold 5 papers of \d+ that match, out of 96 new papers\.$/,
  );
  expect(reasonsOf(preview)).toContain('matches model-merging');
  expect(await posted(scene)).toEqual([]);
  const done = await scene.say('digest');
  expect(done.summary).toBe('Posted 5 papers.');
  expect(done.visibility).toBe('asker');
  const [digest, ...more] = await posted(scene);
  if (!digest) throw new Error('Nothing was posted');
  expect(more).toEqual([]);
  expect(digest.summary).toBe('5 papers for 23 Nov 2026');
  expect(titlesOf(digest)).toEqual(titlesOf(preview));
  expect(reasonsOf(digest)).toEqual(reasonsOf(preview));
  expect(wordsOf(digest)).toMatch(
    /\d+ of the 96 new papers of the last 7 days match what #general follows; here are the best 5\./,
  );
});

test('the scheduled digest is the one that was previewed', async () => {
  const scene = await openScene();
  await scene.say('subscribe model-merging');
  await scene.say('schedule top:2');
  const preview = await scene.say('preview');
  await tickAt(scene, '2026-11-23T08:00:00Z');
  expect((await posted(scene)).map(titlesOf)).toEqual([titlesOf(preview)]);
});

test('digests repeat no paper, and say when there is nothing new', async () => {
  const scene = await openScene();
  await scene.say('subscribe model-merging');
  await scene.say('schedule top:2');
  const said = [];
  for (const minute of [1, 2, 3]) {
    scene.house.clock.now = new Date(Date.UTC(2026, 10, 23, 6, minute));
    said.push((await scene.say('digest')).summary);
  }
  expect(said).toEqual([
    'Posted 2 papers.',
    'Posted 1 paper.',
    'There is nothing new to post: no unseen paper of the last 7 days matches. /paper search finds older ones.',
  ]);
  const titles = (await posted(scene)).flatMap(titlesOf);
  expect(titles).toHaveLength(3);
  expect(new Set(titles).size).toBe(3);
  expect((await scene.say('preview')).summary).toBe(
    'The next digest, Mon 23 Nov at 09:00 (Europe/Berlin), would be empty: 93 new papers of the last 7 days looked at, none matched. /paper search finds older ones.',
  );
});

test('a topic or a query is tried without following it', async () => {
  const scene = await openScene();
  for (const [line, says] of [
    ['preview model-merging', 'A digest of model-merging would hold 3 papers of 3 that match'],
    ['preview "model merging" -survey', 'A digest of model-merging would hold 3 papers'],
    ['preview reasoning', 'A digest of reasoning would hold 5 papers of '],
    [
      'preview "no such phrase"',
      'A digest of no-such-phrase would be empty: 96 new papers of the last 7 days looked at, none matched. /paper search finds older ones.',
    ],
  ] as const) {
    expect.soft((await scene.say(line)).summary, line).toContain(says);
  }
  expect(await scene.house.services.channels.subscriptions(scene.place.channel)).toEqual([]);
});

test('a preview says how many come a day, which stage stops which, and subscribes at a press', async () => {
  const scene = await openScene();
  await tell(scene.house, [
    ...[1, 2, 3].map((n) => ({ id: `2611.0000${n}`, title: `Kernels ${n}`, upvotes: n })),
    { id: '2611.00004', title: 'Kernels, a survey', upvotes: 9 },
  ]);
  await scene.say('subscribe kernels top:1 anyway:yes');
  await scene.say('digest');
  await scene.say('schedule min-upvotes:2 top:1');
  scene.house.clock.now = new Date('2026-11-24T06:00:00Z');
  const preview = await scene.say('preview kernels -survey');
  expect(preview.summary).toBe(
    'A digest of kernels would hold 1 paper of 2 that match, out of 99 new papers.',
  );
  expect(wordsOf(preview)).toContain(
    '3 matched in the last 7 days, less than one a day. Not among these: 1 with too few upvotes, 1 over the most a digest holds, 1 kept out by an excluded word.',
  );
  expect(runOf(preview, 'Subscribe').invocation).toEqual({
    command: 'subscribe',
    args: { topic: 'kernels -survey' },
  });
});

test('a paused channel previews what comes once it is resumed, and gets no digest by the clock', async () => {
  const scene = await openScene();
  await scene.say('subscribe model-merging');
  await scene.say('pause');
  expect((await scene.say('preview')).summary).toContain(
    'The next digest, once you resume, would hold 3 papers',
  );
  await tickAt(scene, '2026-11-23T08:00:00Z');
  expect(await posted(scene)).toEqual([]);
  expect((await scene.say('digest')).summary).toBe('Posted 3 papers.');
});

test('a digest that cannot be posted is refused before anything is planned', async () => {
  const scene = await openScene();
  await scene.say('subscribe model-merging');
  const out = scene.as({ place: { obstacle: async () => 'Invite me to #general first.' } });
  for (const line of ['digest', 'submit 2407.09435']) {
    expect(wordsOf(await out.say(line))).toBe('Invite me to #general first.');
  }
  expect(await posted(scene)).toEqual([]);
  expect(wordsOf(await scene.say('status'))).toContain('Last digest: none yet');
});

test('a digest to a channel that is gone says why it was not posted', async () => {
  const { as } = await openScene();
  const channel = channelRef({ platform: 'local', workspace: 'local', channel: 'gone' });
  const { say } = as({ place: { channel, name: '#gone' } });
  await say('subscribe model-merging');
  expect((await say('digest')).summary).toBe(
    'The digest was not posted, because the channel was deleted, or is private without me.',
  );
});

test('a channel whose stored timezone is none keeps no other from its digest', async () => {
  const scene = await openScene();
  const channel = channelRef({ platform: 'local', workspace: 'local', channel: 'a-first' });
  await scene.as({ place: { channel, name: '#a-first' } }).say('subscribe model-merging');
  const { channels } = scene.house.services;
  const settings = await channels.settings(channel);
  if (!settings) throw new Error('No settings');
  const schedule = { ...settings.schedule, timezone: 'Mars/Phobos' };
  await channels.putSettings({ ...settings, schedule });
  await scene.say('subscribe model-merging');
  await tickAt(scene, '2026-11-23T08:00:00Z');
  expect((await posted(scene)).map(({ summary }) => summary)).toEqual(['3 papers for 23 Nov 2026']);
});

test('status says how the channel stands at every step', async () => {
  const scene = await openScene();
  const status = async () => {
    const reply = await scene.say('status');
    expect(reply.visibility).toBe('asker');
    return wordsOf(reply).split('\n');
  };
  expect(await status()).toEqual([
    'Status of #general',
    'Next digest: none until a topic is followed',
    'Last digest: none yet',
    'Digests: every weekday at 09:00 (Europe/Berlin), at most 5 papers each',
    'Topics: none yet',
    'Papers',
    'Catalogue: 96 papers',
    '/paper topics shows what to follow.',
  ]);
  await scene.say('subscribe model-merging');
  await scene.as({ actor: { id: 'U2', name: 'Grace' } }).say('subscribe pruning top:2');
  await scene.say('schedule timezone:America/New_York top:3 delay:0 empty:line');
  expect(await status()).toEqual([
    'Status of #general',
    'Next digest: Mon 23 Nov at 09:00 (America/New_York)',
    'Last digest: none yet',
    'Digests: every weekday at 09:00 (America/New_York), at most 3 papers each, with a line on days without papers',
    'Topics: model-merging (by Ada); pruning (at most 2 a digest, by Grace)',
    'Papers',
    'Catalogue: 96 papers',
    '[Preview]',
  ]);
  await tickAt(scene, '2026-11-23T14:00:00Z');
  const last = 'Last digest: Mon 23 Nov at 09:00 (America/New_York), posted, 3 papers';
  expect(await status()).toContain(last);
  expect(await status()).toContain('Next digest: Tue 24 Nov at 09:00 (America/New_York)');
  await scene.say('pause');
  expect(await status()).toEqual(expect.arrayContaining([last, 'Next digest: paused by Ada']));
});

test('status and why name what is wrong, and what to do', async () => {
  const { as, house } = await openScene();
  const channel = channelRef({ platform: 'local', workspace: 'local', channel: 'gone' });
  const { say } = as({ place: { channel, name: '#gone' } });
  await say('subscribe model-merging');
  house.clock.now = new Date('2026-11-23T08:00:00Z');
  await house.services.digests.tick();
  const lines = wordsOf(await say('status')).split('\n');
  expect(lines.slice(1, 3)).toEqual([
    'Next digest: waits since Mon 23 Nov at 09:00 (Europe/Berlin), because the channel was deleted, or is private without me',
    'Last digest: Mon 23 Nov at 09:00 (Europe/Berlin), not posted, because the channel was deleted, or is private without me',
  ]);
  expect(lines).toContain(
    'channel-gone: Invite me there again if it still exists, or follow topics in another channel.',
  );
  const told = wordsOf(await say('why 2403.13187'));
  expect(told).toContain('waits for the next digest that can be posted, as number 1 of');
  expect(told).toContain(
    'Digests wait since Mon 23 Nov at 09:00 (Europe/Berlin), because the channel',
  );
});

test('status tells of a digest that had nothing to say', async () => {
  const scene = await openScene();
  await scene.say('subscribe "no such phrase" anyway:yes');
  await tickAt(scene, '2026-11-23T08:00:00Z');
  expect(wordsOf(await scene.say('status'))).toContain(
    'Last digest: Mon 23 Nov at 09:00 (Europe/Berlin), nothing posted: 96 new papers looked at, none matched',
  );
});

test('a wrong argument gets a sentence with a right example', async () => {
  await expectMistakes(await openScene(), [
    {
      wrong: 'preview',
      sentence: '#general follows no topic yet; try one with “preview model-merging”.',
      example: 'preview model-merging',
      right: 'preview model-merging',
    },
    {
      wrong: 'digest',
      sentence: '#general follows no topic yet; start one with “subscribe model-merging”.',
      example: 'subscribe model-merging',
      right: 'subscribe model-merging',
    },
    {
      wrong: 'preview upvotes:lots',
      sentence:
        'Character 1: upvotes: takes a whole number, or a comparison such as >10 or <=5, not “lots”; for example: upvotes:>10',
      example: 'upvotes:>10',
      right: 'preview upvotes:>10',
    },
    {
      wrong: 'digest tomorrow',
      sentence:
        '“digest” does not know what to do with “tomorrow”. It takes no words, for example “digest”.',
      example: 'digest',
      right: 'digest',
    },
    {
      wrong: 'status please',
      sentence:
        '“status” does not know what to do with “please”. It takes no words, for example “status”.',
      example: 'status',
      right: 'status',
    },
  ]);
});
