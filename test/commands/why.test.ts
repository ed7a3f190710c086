/** why: the stage that lets a paper through or stops it, in every situation. */
import { beforeEach, expect, test } from 'vitest';
import { expectMistakes } from './mistakes.ts';
import { type NewPaper, tell } from './papers.ts';
import { labelsOf, openScene, type Scene, titlesOf, wordsOf } from './scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = (await openScene()).as({ actor: { timezone: async () => 'UTC' } });
});

const bring = (...papers: readonly NewPaper[]) => tell(scene.house, papers);
const kernels = (n: number, upvotes: number, more: Partial<NewPaper> = {}): NewPaper => ({
  id: `2611.0000${n}`,
  title: `Kernels ${n}`,
  upvotes,
  ...more,
});
const follow = (line: string) => scene.say(`subscribe ${line} anyway:yes`);

async function tick(instant: string): Promise<void> {
  scene.house.clock.now = new Date(`${instant}Z`);
  await scene.house.services.digests.tick();
}

/** What it answers about a paper, without the buttons. */
async function why(id: string): Promise<string[]> {
  const reply = await scene.say(`why ${id}`);
  expect(reply.visibility).toBe('asker');
  return wordsOf(reply)
    .split('\n')
    .filter((line) => !line.startsWith('['));
}

const KNOWN = '✓ In the catalogue since Mon 23 Nov at 06:00 (UTC)';

test('a paper that no source has announced is not in the catalogue yet', async () => {
  expect(await why('2699.00001')).toEqual([
    '2699.00001 is not in the catalogue yet: no source that is on has announced it. /paper status says how the sources stand, /paper submit 2699.00001 brings one paper of arXiv.',
  ]);
});

test('in a channel that follows nothing, that is the reason', async () => {
  await bring(kernels(1, 3));
  expect(await why('2611.00001')).toEqual([
    'Kernels 1 cannot come: #general follows no topic yet.',
    KNOWN,
    expect.stringContaining('/paper topics lists topics to follow'),
  ]);
});

test('a paper of no topic is held against each, and an excluded word is named', async () => {
  await bring(kernels(1, 3, { abstract: 'A survey of fast code.' }));
  await follow('kernels -survey');
  await follow('"sparse matrices" OR category:cs.MS');
  const [answer, ...steps] = await why('2611.00001');
  expect(answer).toBe('Kernels 1 is of no topic that #general follows.');
  expect(steps.slice(0, 3)).toEqual([
    KNOWN,
    '✗ kernels keeps out papers with “survey”',
    '✗ sparse-matrices asks for papers with “sparse matrices” as a phrase, or in cs.MS',
  ]);
});

test('too few upvotes: the topic that asks for fewest is named', async () => {
  await bring(kernels(1, 3));
  await follow('kernels min-upvotes:9');
  await follow('kernels OR compilers min-upvotes:5');
  expect((await why('2611.00001')).slice(0, 4)).toEqual([
    'Kernels 1 has 3 upvotes; kernels-compilers asks for 5.',
    KNOWN,
    '✓ kernels: with “kernels”',
    '✓ kernels-compilers: with “kernels”',
  ]);
});

test('a paper waits for votes until its delay is over', async () => {
  await bring(kernels(1, 3));
  await follow('kernels');
  await scene.say('schedule delay:2d');
  expect((await why('2611.00001'))[0]).toBe(
    'Kernels 1 waits for votes until Wed 25 Nov at 06:00 (UTC).',
  );
});

test('a paper that does not fit is told its number and what is before it', async () => {
  await bring(kernels(1, 9), kernels(2, 5), kernels(3, 1));
  await follow('kernels');
  await scene.say('schedule top:2');
  expect(await why('2611.00003')).toEqual([
    'Kernels 3 is number 3 of all that match, and 2 fit a digest; before it come “Kernels 1” ▲ 9, “Kernels 2” ▲ 5.',
    KNOWN,
    '✓ kernels: with “kernels”',
    '/paper schedule top:7 makes room; it has its chance again in the next digest while it is new.',
  ]);
  await scene.say('schedule top:5');
  await follow('kernels top:1');
  expect((await why('2611.00002'))[0]).toBe(
    'Kernels 2 is number 2 of kernels, and 1 fits a digest; before it come “Kernels 1” ▲ 9.',
  );
});

test('what people of the channel say of a paper stands beside it, and a 👎 puts it behind all others', async () => {
  await bring(kernels(1, 9), kernels(2, 5), kernels(3, 5));
  await follow('kernels');
  await scene.say('schedule top:2');
  await scene.say('vote 2611.00001 vote:down');
  await scene.say('vote 2611.00003');
  await scene.say('save 2611.00003');
  expect(titlesOf(await scene.say('preview'))).toEqual(['Kernels 3', 'Kernels 2']);
  expect(wordsOf(await scene.say('preview'))).toContain('matches kernels · 1 👍 · 1 saved here');
  expect(await why('2611.00003')).toEqual([
    expect.stringContaining(
      'will be in the next digest, Mon 23 Nov at 09:00 (UTC), as number 1 of 3',
    ),
    KNOWN,
    '✓ kernels: with “kernels”',
    '✓ 1 👍 · 1 saved here',
  ]);
  expect((await why('2611.00001')).slice(0, 4)).toEqual([
    expect.stringMatching(/^Kernels 1 is number 3 of all that match, and 2 fit a digest/),
    KNOWN,
    '✓ kernels: with “kernels”',
    '✗ 1 👎 here, so that all others come first',
  ]);
  await tick('2026-11-23T09:00');
  await tick('2026-11-24T09:00');
  const shown = await Promise.all([1, 2, 3].map((n) => why(`2611.0000${n}`)));
  expect(shown.map(([answer]) => answer?.replace(/^.* on /, ''))).toEqual([
    'Tue 24 Nov at 09:00 (UTC).',
    'Mon 23 Nov at 09:00 (UTC).',
    'Mon 23 Nov at 09:00 (UTC).',
  ]);
});

test('a paper of the next digest is told when that comes, and a pause is named', async () => {
  await bring(kernels(1, 9), kernels(2, 5));
  await follow('kernels');
  expect((await why('2611.00002'))[0]).toBe(
    'Kernels 2 will be in the next digest, Mon 23 Nov at 09:00 (UTC), as number 2 of 2 papers that may.',
  );
  await scene.say('pause');
  const [answer, ...steps] = await why('2611.00002');
  expect(answer).toContain('would be in the next digest once you resume');
  expect(steps.at(-1)).toBe('Digests are paused by Ada; /paper resume starts them again.');
});

test('a paper that was shown is told when, with a way to the message where the platform has links', async () => {
  await bring(kernels(1, 9));
  await follow('kernels');
  await tick('2026-11-23T09:00');
  const [answer] = await why('2611.00001');
  expect(answer).toBe('Kernels 1 was shown in #general on Mon 23 Nov at 09:00 (UTC).');
  expect(labelsOf(await scene.say('why 2611.00001'))).toEqual(['Show']);
});

test('a withdrawn paper, one that was never news and one that is no longer new are told apart', async () => {
  await bring(
    kernels(1, 9),
    kernels(2, 9, { kind: 'withdrawn' }),
    kernels(3, 9, { kind: 'update' }),
  );
  await follow('kernels');
  scene.house.clock.now = new Date('2026-12-02T06:00Z');
  const first = await Promise.all(['2611.00001', '2611.00002', '2611.00003'].map(why));
  expect(first.map(([answer]) => answer)).toEqual([
    'Kernels 1 was new until Mon 30 Nov at 06:00 (UTC); a digest holds papers of 7 days.',
    'Kernels 2 was withdrawn by its authors, so no digest shows it.',
    'Kernels 3 was never announced as new: it is an older paper, an update, or was fetched because somebody asked.',
  ]);
});

test('what it says is what the next digest does', async () => {
  await bring(...Array.from({ length: 9 }, (_, i) => kernels(i + 1, i % 4)));
  await follow('kernels top:4 min-upvotes:1');
  await scene.say('schedule top:3');
  const said = new Map<string, boolean>();
  for (let n = 1; n <= 9; n++) {
    const [answer = ''] = await why(`2611.0000${n}`);
    said.set(`arxiv:2611.0000${n}`, answer.includes('will be in the next digest'));
  }
  await tick('2026-11-23T09:00');
  const shown = await scene.house.services.editions.taken(scene.place.channel);
  expect(new Set([...said].filter(([, isNext]) => isNext).map(([id]) => id))).toEqual(shown);
});

test('a wrong argument gets a sentence with a right example', async () => {
  await expectMistakes(scene, [
    {
      wrong: 'why',
      sentence: 'paper is missing, for example “2407.09435”.',
      example: '2407.09435',
      right: 'why 2407.09435',
    },
  ]);
});
