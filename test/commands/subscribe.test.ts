/** subscribe, unsubscribe and topics. */
import { expect, test } from 'vitest';
import { expectMistakes } from './mistakes.ts';
import { labelsOf, openScene, papersOf, runOf, type Scene, titlesOf, wordsOf } from './scene.ts';

const NEXT =
  'The next digest comes Mon 23 Nov at 09:00 (Europe/Berlin), then every weekday at 09:00 (Europe/Berlin).';

/** What the channel follows, as it is stored. */
async function followed({ house, place }: Scene) {
  const all = await house.services.channels.subscriptions(place.channel);
  return all.map(({ topic, query, top, minUpvotes }) => ({ topic, query, top, minUpvotes }));
}

const topicsOf = async (scene: Scene) => (await followed(scene)).map(({ topic }) => topic);

test('to follow a topic says when it comes and what it would hold, to everyone', async () => {
  const scene = await openScene();
  const reply = await scene.say('subscribe model-merging');
  expect(reply.summary).toBe(
    `#general now follows model-merging. ${NEXT} If it came now it would hold 3 papers of it:`,
  );
  expect(reply.visibility).toBe('channel');
  expect(titlesOf(reply)).toHaveLength(3);
  expect(labelsOf(reply)).toEqual(['Preview', 'Unsubscribe']);
  expect(titlesOf(await scene.press(reply, 'Preview'))).toEqual(titlesOf(reply));
  const stopped = await scene.press(reply, 'Unsubscribe');
  expect(stopped.summary).toBe('#general no longer follows model-merging.');
});

test('what asks for papers is no part of a topic', async () => {
  const { say } = await openScene();
  const known = await say('subscribe papers about model merging');
  expect(known.summary).toContain('#general now follows model-merging.');
  const own = await say('subscribe papers on language models');
  expect(own.summary).toContain('#general now follows language-models: papers with');
  const stopped = await say('unsubscribe papers on language models');
  expect(stopped.summary).toBe('#general no longer follows language-models.');
});

test('a topic with many new papers shows the best of them', async () => {
  const { say } = await openScene();
  const reply = await say('subscribe reasoning');
  expect(reply.summary).toContain('would hold 5 papers of it, the best 3 here:');
  expect(titlesOf(reply)).toHaveLength(3);
});

test('a query of one’s own is said back in words, with its limits', async () => {
  const scene = await openScene();
  const reply = await scene.say('subscribe “model merging” -survey top:1 min-upvotes:5');
  expect(reply.summary).toContain(
    '#general now follows model-merging-2 (at most 1 a digest, from 5 upvotes): papers with “model merging” as a phrase and not with “survey”. The next',
  );
  expect(papersOf(reply)).toHaveLength(1);
  const long = await scene.say(`subscribe merging OR ${'ab OR '.repeat(60)}ab`);
  expect(long.summary).toMatch(/^#general now follows merging-[ab-]+\. The next/);
});

test('a topic is meant by its name in any case and spacing', async () => {
  const scene = await openScene();
  for (const line of ['subscribe Model Merging', 'subscribe MODEL_MERGING']) await scene.say(line);
  expect(await topicsOf(scene)).toEqual(['model-merging']);
});

test('to follow the same query again updates it', async () => {
  const scene = await openScene();
  await scene.say('subscribe model-merging top:3');
  const again = await scene.say('subscribe model-merging min-upvotes:1');
  expect(again.summary).toContain(
    '#general followed model-merging already; it is updated (from 1 upvote). The next digest',
  );
  expect(await followed(scene)).toMatchObject([{ topic: 'model-merging', minUpvotes: 1 }]);
  await scene.say('subscribe pruning AND distillation');
  const spelt = await scene.say('subscribe pruning distillation top:2');
  expect(spelt.summary).toContain('followed pruning-distillation already; it is updated');
  expect(await followed(scene)).toMatchObject([
    { topic: 'model-merging' },
    { topic: 'pruning-distillation', query: 'pruning distillation', top: 2 },
  ]);
});

test('another query that would get the name of one that is followed gets a name of its own', async () => {
  const scene = await openScene();
  await scene.say('subscribe pruning');
  const second = await scene.say('subscribe pruning -survey');
  expect(second.summary).toContain('#general now follows pruning-2: papers with');
  await scene.say('subscribe pruning upvotes:>0');
  expect(await followed(scene)).toMatchObject([
    { topic: 'pruning', query: 'pruning' },
    { topic: 'pruning-2', query: 'pruning -survey' },
    { topic: 'pruning-3', query: 'pruning upvotes:>0' },
  ]);
  await scene.say('unsubscribe pruning-2');
  expect(await topicsOf(scene)).toEqual(['pruning', 'pruning-3']);
  const byQuery = await scene.say('unsubscribe pruning upvotes:>0');
  expect(byQuery.summary).toBe('#general no longer follows pruning-3.');
  expect(await topicsOf(scene)).toEqual(['pruning']);
});

test('a query of one’s own leaves a curated topic its name', async () => {
  const scene = await openScene();
  await scene.say('subscribe "model merging" -survey');
  await scene.say('subscribe model-merging');
  expect(await topicsOf(scene)).toEqual(['model-merging', 'model-merging-2']);
});

test('what matches nothing is asked about first, and followed when the person wants it anyway', async () => {
  const scene = await openScene();
  const asked = await scene.say('subscribe "no such phrase" top:2');
  expect(asked.summary).toBe(
    'None of the 96 papers I know matches "no such phrase". Check the spelling, or take a topic from /paper topics, for example /paper subscribe model-merging.',
  );
  expect(asked.visibility).toBe('asker');
  expect(labelsOf(asked)).toEqual(['Topics', 'Subscribe anyway']);
  expect(await followed(scene)).toEqual([]);
  const done = await scene.press(asked, 'Subscribe anyway');
  expect(done.summary).toContain('#general now follows no-such-phrase (at most 2 a digest)');
  expect(done.summary).toContain(
    'No new paper of the last 7 days matches yet; /paper search "no such phrase" finds older ones.',
  );
  expect(await followed(scene)).toMatchObject([{ query: '"no such phrase"', top: 2 }]);
  await scene.say('subscribe "nor this one" anyway:yes');
  expect(await topicsOf(scene)).toContain('nor-this-one');
  await scene.say('subscribe "and not this" anyway:no');
  expect(await topicsOf(scene)).not.toContain('and-not-this');
});

test('papers that are older than a week are not promised', async () => {
  const { say, house } = await openScene();
  house.clock.now = new Date('2026-12-07T06:00:00Z');
  const { summary } = await say('subscribe model-merging');
  expect(summary).toContain('comes Mon 7 Dec at 09:00 (Europe/Berlin)');
  expect(summary).toContain('No new paper of the last 7 days matches yet; /paper search');
});

test('a channel that is paused says so to who subscribes', async () => {
  const { say } = await openScene();
  await say('pause');
  expect((await say('subscribe model-merging')).summary).toContain(
    'now follows model-merging. Digests are paused here; /paper resume starts them again. If it came now',
  );
});

test.each([
  ['subscribe model-merging', { top: undefined, minUpvotes: undefined }],
  ['subscribe model-merging top:3 min-upvotes:2', { top: 3, minUpvotes: 2 }],
  ['subscribe "chain of thought" OR reasoning -survey top:1', { top: 1 }],
  ['subscribe "no such phrase" min-upvotes:0 anyway:yes', { minUpvotes: 0 }],
])('Undo after unsubscribe brings back what “%s” made', async (line, limits) => {
  const scene = await openScene();
  const made = await scene.say(line);
  const before = await followed(scene);
  expect(before).toMatchObject([limits]);
  const stopped = await scene.say(`unsubscribe ${before[0]?.topic}`);
  expect(stopped.visibility).toBe('channel');
  expect(await followed(scene)).toEqual([]);
  expect((await scene.press(stopped, 'Undo')).summary).toBe(made.summary);
  expect(await followed(scene)).toEqual(before);
});

test('topics lists what the channel follows and what it could', async () => {
  const scene = await openScene();
  const none = await scene.say('topics');
  expect(none.visibility).toBe('asker');
  expect(wordsOf(none)).toContain('#general follows no topic yet.\nTopics to choose from');
  await scene.press(none, '+ model-merging');
  await scene.say('subscribe pruning -survey top:2 min-upvotes:3');
  const words = wordsOf(await scene.say('topics'));
  expect(words).toContain('model-merging: Combining the weights of several models into one ✓');
  expect(words).toContain('pruning: pruning -survey, at most 2 a digest, from 3 upvotes');
  expect(words).toContain('/paper unsubscribe model-merging stops one.');
  expect(words).not.toContain('[+ model-merging]');
  expect(words).toContain('[+ pretraining]');
});

test('topics turn pages that hold each topic once, the last one past the end', async () => {
  const { say, press, house } = await openScene();
  const first = await say('topics');
  const second = await press(first, 'Next ▶');
  const third = await press(second, 'Next ▶');
  const labels = [first, second, third].flatMap(labelsOf).filter((label) => label.startsWith('+'));
  expect(labels).toEqual(house.services.topics.map(({ name }) => `+ ${name}`));
  expect(labelsOf(third)).not.toContain('Next ▶');
  expect(await say('topics page:50')).toEqual(third);
  expect(runOf(third, '◀ Previous').invocation.args).toEqual({ page: 2 });
});

test('a wrong argument gets a sentence with a right example', async () => {
  const scene = await openScene();
  const missing = 'topic is missing, for example “model-merging”.';
  const example = 'model-merging';
  await expectMistakes(scene, [
    { wrong: 'unsubscribe', sentence: missing, example, right: 'subscribe model-merging' },
    {
      wrong: 'unsubscribe model-merging',
      sentence: '#general follows no topic yet; “subscribe model-merging” starts one.',
      example: 'subscribe model-merging',
      right: 'subscribe model-merging',
    },
    { wrong: 'subscribe', sentence: missing, example, right: 'subscribe model-merging' },
    {
      wrong: 'subscribe pruning top:99',
      sentence: 'top must be a whole number from 1 to 20, for example top:3.',
      example: 'top:3',
      right: 'subscribe pruning top:3',
    },
    {
      wrong: 'subscribe pruning top:2.5',
      sentence: 'top must be a whole number from 1 to 20, for example top:3.',
      example: 'top:3',
      right: 'subscribe pruning top:3',
    },
    {
      wrong: 'subscribe pruning min-upvotes:many',
      sentence: 'min-upvotes must be a whole number from 0 to 100000, for example min-upvotes:5.',
      example: 'min-upvotes:5',
      right: 'subscribe pruning min-upvotes:5',
    },
    {
      wrong: 'subscribe pruning anyway:perhaps',
      sentence: 'anyway must be yes or no, for example anyway:yes.',
      example: 'anyway:yes',
      right: 'subscribe pruning anyway:yes',
    },
    {
      wrong: 'subscribe "model merging',
      sentence: 'Character 1: this quote is never closed; for example: "model merging"',
      example: '"model merging"',
      right: 'subscribe "model merging"',
    },
    {
      wrong: 'topics page:none',
      sentence: 'page must be a whole number from 1 to 10000, for example page:2.',
      example: 'page:2',
      right: 'topics page:2',
    },
  ]);
  expect(await followed(scene)).toEqual([]);
  await scene.say('subscribe pruning');
  const other = await scene.say('unsubscribe merging');
  expect(other.summary).toBe(
    '#general does not follow “merging”. It follows pruning; for example “unsubscribe pruning”.',
  );
});
