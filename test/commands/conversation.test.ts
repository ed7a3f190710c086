import { expect, test } from 'vitest';
import { channelRef } from '../../src/model/channel.ts';
import { openHouse } from '../house.ts';
import { labelsOf, openScene, runOf, type Scene, titlesOf, wordsOf } from './scene.ts';

/** A thread, as a platform tells of it: the answer is shown there, and what is said there is said in it. */
function threadOf(scene: Scene, thread: string) {
  const inThread = scene.as({ place: { thread } });
  let shown = 0;
  return {
    ...inThread,
    async ask(text: string) {
      const { dispatch, conversations } = scene.house.desk;
      const reply = await dispatch.said(text, inThread.actor, inThread.place);
      shown += 1;
      await conversations.shown(reply, { message: String(shown), thread });
      return reply;
    },
  };
}

test('three questions in a thread keep its papers and its subject', async () => {
  const { ask } = threadOf(await openScene(), 'T1');
  expect(wordsOf(await ask('What is model merging?'))).toMatch(/Model Merging Recipes/);
  const second = await ask('and in Japanese?');
  expect(second.summary).toMatch(/ of this conversation speaks? to this\.$/);
  expect(wordsOf(second)).toMatch(/Japanese/);
  const third = await ask('How is it evolved?');
  expect(wordsOf(third)).toMatch(/evolution/i);
  const fresh = await ask('How much does MUSCLE reduce negative flips?');
  expect(fresh.summary).toMatch(/ of 96 papers speaks? to this\.$/);
  expect(wordsOf(fresh)).toMatch(/up to 40%/);
});

test('a question in a thread that adds what its papers do not speak of is not answered by them again', async () => {
  const { ask } = threadOf(await openScene(), 'T1');
  await ask('What is model merging?');
  expect((await ask('and in underwater robots?')).summary).toMatch(/^None of 96 papers/);
  expect((await ask('and in finance?')).summary).toMatch(/of this conversation/);
});

test('a thread goes on after a restart', async () => {
  const scene = await openScene();
  await threadOf(scene, 'T1').ask('What is model merging?');
  const again = await openHouse({}, { stateDir: scene.house.stateDir });
  const place = { ...scene.place, thread: 'T1' };
  const reply = await again.desk.dispatch.said('and in Japanese?', scene.actor, place);
  expect(reply.summary).toMatch(/of this conversation/);
});

test('without a thread the channel remembers for an hour what it talked about', async () => {
  const scene = await openScene();
  await scene.say('ask What is model merging?');
  expect(wordsOf(await scene.say('ask and in Japanese?'))).toMatch(/of this conversation/);
  scene.house.clock.now = new Date('2026-11-23T07:30:00.000Z');
  expect(wordsOf(await scene.say('ask and in Japanese?'))).not.toMatch(/of this conversation/);
});

test('a thread about one paper stays about it, until all are asked', async () => {
  const scene = threadOf(await openScene(), 'T1');
  await scene.ask('What do users build? paper:2407.09435');
  const refused = await scene.ask('Does sourdough need time?');
  expect(refused.summary).toMatch(/^MUSCLE: .* does not answer this\.$/);
  const all = await scene.press(refused, 'Ask all papers');
  expect(all.summary).toMatch(/^None of 96 papers answers this/);
});

test('the same question within a day leads to the answer that is there, and can be asked again', async () => {
  const scene = await openScene();
  const { say, press, house } = scene;
  const ask = threadOf(scene, 'T1').ask;
  await ask('What is model merging?');
  const again = await say('ask what is  Model Merging');
  expect(again.summary).toMatch(
    /^Asked here by Ada .* at 07:00 \(Europe\/Berlin\): see the answer\.$/,
  );
  expect(again.visibility).toBe('asker');
  expect(JSON.stringify(again.blocks)).toMatch(/http:\/\/127\.0\.0\.1:\d+\/#general\/1/);
  expect((await press(again, 'Ask again')).summary).toMatch(/ of 96 papers/);
  const channel = channelRef({ platform: 'local', workspace: 'local', channel: 'elsewhere' });
  const elsewhere = scene.as({ place: { channel } });
  expect((await elsewhere.say('ask What is model merging?')).summary).toMatch(/ of 96 papers/);
  house.clock.now = new Date('2026-11-24T06:00:01.000Z');
  expect((await say('ask What is model merging?')).summary).toMatch(/ of 96 papers/);
});

test('the buttons below an answer show its papers, those like them, and take that it did not help', async () => {
  const { say, press } = await openScene();
  const reply = await say('ask What is model merging?');
  expect(labelsOf(reply)).toEqual(['Sources', 'Similar', 'Not helpful']);
  const sources = await press(reply, 'Sources');
  expect(titlesOf(sources).join('\n')).toMatch(/Model Merging Recipes/);
  expect((await press(reply, 'Similar')).summary).toMatch(/^Similar to /);
  expect((await press(reply, 'Not helpful')).summary).toMatch(/^Noted/);
  expect((await say('quoted')).blocks).toEqual(sources.blocks);
  expect(runOf(reply, 'Sources').invocation.args).toHaveProperty('answer');
});

test('a channel may choose to be answered in itself', async () => {
  const { say } = await openScene();
  const answered = async () => (await say('ask What is model merging? again:yes')).conversation;
  expect(await answered()).toMatchObject({ title: 'What is model merging?', inThread: true });
  expect((await say('schedule answers:channel')).summary).toMatch(
    /questions answered in the channel/,
  );
  expect(await answered()).toMatchObject({ inThread: false });
  await say('schedule answers:thread');
  expect(await answered()).toMatchObject({ inThread: true });
});

test('where nothing was asked there is nothing to say of it', async () => {
  const { say } = await openScene();
  for (const line of ['quoted', 'unhelpful']) {
    expect((await say(line)).summary).toMatch(/^Nothing was asked here yet; ask first/);
  }
});
