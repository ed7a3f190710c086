/** Messages that change while their reply is being made, against a place to show them that notes what it is shown. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { createDrafts, type Put } from '../../src/platforms/draft.ts';
import { PostError } from '../../src/platforms/platform.ts';
import { sentence } from '../../src/reply/build.ts';
import { say } from '../../src/reply/text.ts';

const drafts = createDrafts({ everyMs: 30, log: createLog('fatal') });
const state = (words: string) => sentence(say`${words}`);

/** A draft and what was shown of it; `put` says how each showing ends. */
function open(put: Put) {
  const shown: string[] = [];
  const draft = drafts.open();
  draft.begin((reply, message) => {
    shown.push(reply.summary);
    return put(reply, message);
  });
  return { draft, shown, show: (words: string) => draft.live.progress(state(words)) };
}

test('a reply that is there at once is shown alone', async () => {
  const { draft, shown, show } = open(async () => 'm1');
  show('searching');
  expect(await draft.end()).toEqual({ message: undefined, isGone: false });
  show('too late');
  await sleep(50);
  expect(shown).toEqual([]);
});

test('only the newest state is shown, one after another, and none after the end', async () => {
  let isBusy = false;
  const { draft, shown, show } = open(async () => {
    expect(isBusy).toBe(false);
    isBusy = true;
    await sleep(60);
    isBusy = false;
    return 'm2';
  });
  for (const words of ['one', 'two', 'three']) show(words);
  await expect.poll(() => shown).toEqual(['three']);
  for (const words of ['four', 'five']) show(words);
  await expect.poll(() => shown).toEqual(['three', 'five']);
  show('six');
  expect(await draft.end()).toEqual({ message: 'm2', isGone: false });
  expect(isBusy).toBe(false);
  await sleep(80);
  expect(shown).toEqual(['three', 'five']);
});

test('a message that was deleted, as its service tells or as an edit finds, ends the work', async () => {
  const told = open(async () => 'm3');
  told.show('searching');
  await expect.poll(() => told.shown).toHaveLength(1);
  drafts.deleted('m3');
  expect(told.draft.live.signal.aborted).toBe(true);

  const found = open(async (_, message) => (message === undefined ? 'm4' : 'gone'));
  found.show('searching');
  await expect.poll(() => found.shown).toHaveLength(1);
  found.show('reading');
  await expect.poll(() => found.draft.live.signal.aborted).toBe(true);
  found.show('writing');
  expect(await found.draft.end()).toEqual({ message: 'm4', isGone: true });
  expect(found.shown).toEqual(['searching', 'reading']);
});

test('a message that was deleted before its id was known is gone too', async () => {
  const { draft, shown, show } = open(async () => {
    drafts.deleted('m7');
    return 'm7';
  });
  show('searching');
  await expect.poll(() => shown).toHaveLength(1);
  expect(await draft.end()).toEqual({ message: 'm7', isGone: true });
});

test('what cannot be edited is shown once; what fails is shown again with the next state', async () => {
  const once = open(async () => 'once');
  once.show('searching');
  await expect.poll(() => once.shown).toHaveLength(1);
  once.show('reading');

  const failing = open(async () => {
    if (failing.shown.length > 1) return 'm5';
    throw new PostError('service-away', 'away', { retryAfterMs: 50 });
  });
  failing.show('searching');
  await expect.poll(() => failing.shown).toHaveLength(1);
  failing.show('reading');
  await expect.poll(() => failing.shown).toEqual(['searching', 'reading']);
  expect(await failing.draft.end()).toEqual({ message: 'm5', isGone: false });
  expect(await once.draft.end()).toEqual({ message: undefined, isGone: false });
  expect(once.shown).toEqual(['searching']);
});

test('a stop lets the work come to its end, and its reply is shown', async () => {
  const { draft, shown, show } = open(async () => 'm6');
  show('writing');
  await expect.poll(() => shown).toHaveLength(1);
  drafts.stop();
  expect(draft.live.signal.aborted).toBe(true);
  expect(await draft.end()).toEqual({ message: 'm6', isGone: false });
});
