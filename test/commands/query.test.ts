/** What a query means depends on where it is asked, and by whom. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { labelsOf, openScene, papersOf, titlesOf, wordsOf } from './scene.ts';

test('seen:here finds what this channel was shown, with the day and a link to the message', async () => {
  const scene = await openScene();
  const { say, house } = scene;
  expect((await say('search seen:here')).summary).toMatch(
    /^No paper was shown in this channel yet/,
  );
  await say('submit 2407.09435');
  house.clock.now = new Date('2026-11-25T06:00:00Z');
  await say('submit 2403.13187');
  const seen = await say('search seen:here sort:new');
  expect(seen.summary).toBe('2 papers for seen:here sort:new.');
  const reasons = papersOf(seen).map(({ reason }) => reason);
  expect(reasons).toEqual([
    [
      { kind: 'text', text: 'shown here on ' },
      { kind: 'link', text: '23 Nov 2026', url: expect.stringMatching(/#general\/\d+$/) },
    ],
    [
      { kind: 'text', text: 'shown here on ' },
      { kind: 'link', text: '25 Nov 2026', url: expect.stringMatching(/#general\/\d+$/) },
    ],
  ]);
  expect(titlesOf(await say('search seen:here evolutionary'))).toHaveLength(1);
  const unseen = await say('search "model merging" -seen:here');
  expect(unseen.summary).toBe('2 papers for "model merging" -seen:here.');
  const elsewhere = scene.as({
    place: { channel: scene.place.channel.replace('general', 'other') as never, name: '#other' },
  });
  expect((await elsewhere.say('search seen:here')).summary).toMatch(/^No paper was shown/);
});

test('topic: takes in a curated topic and one of this channel', async () => {
  const { say } = await openScene();
  const curated = await say('search topic:model-merging -evolutionary');
  expect(curated.summary).toMatch(/^\d+ papers? for topic:model-merging -evolutionary\./);
  await say('subscribe evolutionary anyway:yes');
  const own = await say('search topic:evolutionary topic:model-merging');
  expect(titlesOf(own)[0]).toMatch(/^Evolutionary Optimization/);
  expect(wordsOf(await say('search merging topic:evolutionry'))).toContain(
    'Character 9: there is no topic “evolutionry” here; for example: topic:evolutionary',
  );
});

test('a channel follows a topic made of topics, and keeps what it is made of', async () => {
  const { say, press } = await openScene();
  await say('subscribe evolutionary anyway:yes');
  const followed = await say('subscribe topic:evolutionary -survey');
  expect(followed.summary).toContain('papers of the topic evolutionary and not with “survey”');
  const preview = await say('preview topic:model-merging OR topic:evolutionary');
  expect(preview.summary).toMatch(/^A digest of .* would hold \d+ papers? of \d+/);
  expect((await say('digest')).summary).toMatch(/^(?:Posted|The digest)/);
  const refused = await say('unsubscribe evolutionary');
  expect(refused.summary).toMatch(/is made with “evolutionary”; unsubscribe that one first\.$/);
  await press(followed, 'Unsubscribe');
  expect((await say('unsubscribe evolutionary')).summary).toMatch(/no longer follows/);
});

test('a topic cannot ask for what was seen here or saved', async () => {
  const { say } = await openScene();
  for (const command of ['subscribe', 'preview']) {
    expect((await say(`${command} merging -seen:here`)).summary).toMatch(
      /^A digest brings what was not seen here yet/,
    );
    expect((await say(`${command} saved:me`)).summary).toMatch(/^A digest is for everybody here/);
  }
});

test('has: and source: ask for what sources told, and which did', async () => {
  const { say, house } = await openScene();
  const file = join(house.stateDir, 'more.ndjson');
  writeFileSync(file, JSON.stringify({ title: 'Zebrafish Merging', arxiv: '2407.00001' }));
  await house.intake.bring(file);
  for (const [query, says] of [
    ['-has:abstract', '1 paper for -has:abstract.'],
    ['has:abstract', '96 papers'],
    ['source:file', '97 papers'],
    ['source:arxiv OR has:summary OR has:code', 'None'],
    ['has:abstract "model merging"', '3 papers'],
  ]) {
    expect((await say(`search ${query}`)).summary).toContain(says);
  }
});

test('a mistake in a query is shown with a caret below the place', async () => {
  const { say } = await openScene();
  const reply = await say('search merging since:soon');
  expect(reply.blocks).toContainEqual({ kind: 'code', text: 'merging since:soon\n        ^' });
  expect(labelsOf(reply)).toEqual([]);
});

test('whatever is typed gets an answer or one sentence, from every command that takes a query', async () => {
  const { say } = await openScene();
  const piece = fc.oneof(
    fc.constantFrom(
      ...'" ( ) - : * | topic: seen:here saved:me -( OR AND NOT author:" since: >5 🔥 模型 نموذج \u202e'.split(
        ' ',
      ),
    ),
    fc.constantFrom('merging', '--', '\u0000', '^(a+)+$', "'; DROP TABLE papers; --", 'page:0'),
    fc.string({ unit: 'binary', maxLength: 12 }),
  );
  const typed = fc.array(piece, { minLength: 1, maxLength: 25 }).map((all) => all.join(' '));
  const command = fc.constantFrom('search', 'preview', 'similar', 'show', 'save', 'vote');
  await fc.assert(
    fc.asyncProperty(command, typed, async (name, text) => {
      const { summary } = await say(`${name} ${text}`);
      expect(summary).toMatch(/\S/);
      expect(summary).not.toContain('went wrong on our side');
    }),
    { numRuns: 150 },
  );
  for (const long of [
    'a'.repeat(10_000),
    Array(10_000).fill('a').join(' OR '),
    '('.repeat(10_000),
  ]) {
    expect((await say(`search ${long}`)).summary).toMatch(/longer than 2000 characters/);
  }
});

test('a near copy of a paper is left out of what is similar to it, and said to be', async () => {
  const { say, house } = await openScene();
  const [id] = papersOf(await say('show 2407.09435')).map((block) => block.id);
  const [paper] = await house.services.catalogue.papers(id ? [id] : []);
  if (!paper) throw new Error('no paper');
  const file = join(house.stateDir, 'copy.ndjson');
  const copy = { title: `${paper.title} Revisited`, arxiv: '2407.00009', abstract: paper.abstract };
  writeFileSync(file, JSON.stringify(copy));
  await house.intake.bring(file);
  const similar = await say('similar 2407.09435');
  expect(wordsOf(similar)).toContain(`1 near copy of it left out: ${copy.title}.`);
  expect(titlesOf(similar)).not.toContain(copy.title);
});
