/**
 * What every chat platform must do: run against each of them over the real bot, seen through the eyes of
 * the people in a channel. What only one service has (tokens, sockets, rates) is tested beside its platform.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChannelRef, PlatformName } from '../../src/model/channel.ts';
import { PaperId } from '../../src/model/paper.ts';
import { type Platform, PostError } from '../../src/platforms/platform.ts';
import { sentence } from '../../src/reply/build.ts';
import type { Block, PaperBlock, Reply } from '../../src/reply/reply.ts';
import { bold, code, italic, link, plain, say } from '../../src/reply/text.ts';
import { hostileReply } from '../fixtures/hostile.ts';
import type { House } from '../house.ts';

/** A message of the bot as people see it. */
export interface Shown {
  id: string;
  /** Its words without any markup, the labels of its buttons aside. */
  words: string;
  /** What is written on its buttons, without the number of the paper they belong to. */
  buttons: readonly string[];
  /** Everybody it would notify. */
  calls: readonly string[];
}

/** A platform with people in it: the one who asks, who may manage the channel, and somebody else. */
export interface Stage {
  house: House;
  platform: Platform;
  /** `#general`, where people type; followed by no topic yet. */
  channel: ChannelRef;
  otherChannel: ChannelRef;
  goneChannel: ChannelRef;
  /** Where the bot has no right to post, on platforms that have rights. */
  forbiddenChannel?: ChannelRef;
  /** Whether posting with a key again gives the first message, rather than `find` alone. */
  isPostedOnce: boolean;
  /** The platform's id of who asks. */
  asker: string;
  /** Words that would do something here if they were taken for markup. */
  bait: string;
  /** What the bot said that everybody in the channel sees, oldest first. */
  seen(channel?: ChannelRef): Promise<Shown[]>;
  /** What the bot said in the thread under a message of `channel`. */
  seenUnder(message: string): Promise<Shown[]>;
  /** What the bot told the asker directly. */
  told(): Promise<Shown[]>;
  /** What the bot said in `channel` that the asker sees, oldest first. */
  mine(): Promise<Shown[]>;
  /** The asker types a line without `/paper`; gives the answer. */
  type(line: string): Promise<Shown>;
  /** Presses the first button of this label; gives the answer. Default: the asker does. */
  press(message: Shown, label: string, who?: 'asker' | 'other'): Promise<Shown>;
  /** Deletes a message of the bot that all see. */
  remove(message: Shown): Promise<void>;
  /** Somebody else says these words in `channel`, so that the bot could read them. */
  say(words: string): Promise<void>;
}

const hello = sentence(say`Hello, readers.`, 'channel');

const paper = (n: number): PaperBlock => ({
  kind: 'paper',
  id: PaperId.parse('arxiv:2407.09435'),
  number: n,
  title: `Paper ${n} of many`,
  url: 'https://arxiv.org/abs/2407.09435',
  facts: ['Ada Lovelace', '12 Jul 2024'],
  body: say`On ${bold('updates')} in words.`,
  reason: say`matches ${italic('merging')}`,
  buttons: [
    { kind: 'run', label: 'Show', effect: 'answer', invocation: { command: 'status', args: {} } },
  ],
});

const reply = (...blocks: Block[]): Reply => ({
  visibility: 'channel',
  summary: 'Papers.',
  blocks,
});

const numbersOf = (parts: readonly Reply[]) =>
  parts.flatMap(({ blocks }) => blocks.flatMap((b) => (b.kind === 'paper' ? [b.number] : [])));

async function failureOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.catch((reason: unknown) => reason);
  if (!(error instanceof PostError)) throw new Error(`no PostError but ${error}`);
  return error.reason;
}

/** The platform of this name, when it is connected. */
export function startedIn({ platforms, lines }: House, name: PlatformName): Platform {
  const platform = platforms.get(name);
  if (!platform) throw new Error(`${name} is not connected: ${lines.join('; ')}`);
  return platform;
}

/** Registers the suite for one platform; `open` begins anew in each test and ends with it. */
export function platformContract(name: string, open: () => Promise<Stage>): void {
  describe(name, () => {
    test('a post is seen once, by its key alone it is found, a copy by a person is not', async () => {
      const { platform, channel, otherChannel, isPostedOnce, seen, say } = await open();
      const id = await platform.post(channel, hello, 'key');
      expect(await seen()).toMatchObject([
        { id, words: expect.stringContaining('Hello, readers.') },
      ]);
      expect(await seen(otherChannel)).toEqual([]);
      expect(await platform.permalink(channel, id)).toMatch(/^https?:\/\//);
      const other = await platform.post(channel, reply(paper(1)), 'another');
      expect(other).not.toBe(id);

      for (const { words } of await seen()) await say(words);
      expect(await platform.find(channel, 'key')).toBe(id);
      expect(await platform.find(channel, 'another')).toBe(other);
      expect(await platform.find(channel, 'nobody’s')).toBeUndefined();
      expect(await platform.find(otherChannel, 'key')).toBeUndefined();
      if (isPostedOnce) expect(await platform.post(channel, hello, 'key')).toBe(id);
    });

    test('where it cannot post it says whether the channel is gone or closed to it, and knows so without trying', async () => {
      const { platform, channel, goneChannel, forbiddenChannel } = await open();
      expect(await platform.obstacle(channel)).toBeUndefined();
      // A gateway tells in its own time.
      await expect.poll(() => platform.obstacle(goneChannel)).toBe('channel-gone');
      expect(await failureOf(platform.post(goneChannel, hello, 'key'))).toBe('channel-gone');
      expect(await failureOf(platform.find(goneChannel, 'key'))).toBe('channel-gone');
      if (!forbiddenChannel) return;
      const closed = await platform.obstacle(forbiddenChannel);
      expect(closed).toMatch(/^(not-invited|no-permission)$/);
      expect(await failureOf(platform.post(forbiddenChannel, hello, 'key'))).toBe(closed);
    });

    test('a post under a message is in its thread, where it is found, and only there', async () => {
      const { platform, channel, asker, seenUnder, told } = await open();
      const under = await platform.post(channel, hello, 'key#0');
      const first = await platform.post(channel, reply(paper(1)), 'key#1', { under });
      const second = await platform.post(channel, reply(paper(2)), 'key#2', { under });
      expect((await seenUnder(under)).map(({ id }) => id)).toEqual([first, second]);
      expect(await platform.find(channel, 'key#1', { under })).toBe(first);
      expect(await platform.find(channel, 'key#0')).toBe(under);
      expect(await platform.find(channel, 'nobody’s', { under })).toBeUndefined();

      await platform.tell(asker, hello, 'notice');
      expect((await told()).map(({ words }) => words)).toEqual([
        expect.stringContaining('Hello, readers.'),
      ]);
    });

    test('a long reply is split so that each part posts, with every paper once and in order', async () => {
      const { platform, channel, seen } = await open();
      const numbers = Array.from({ length: 20 }, (_, i) => i + 1);
      const parts = platform.split(
        reply({ kind: 'heading', text: 'Today' }, ...numbers.map(paper)),
      );
      expect(numbersOf(parts)).toEqual(numbers);
      for (const [i, part] of parts.entries()) await platform.post(channel, part, `key#${i}`);
      const words = (await seen()).map((each) => each.words).join('\n');
      expect([...words.matchAll(/Paper (\d+) of many/g)].map(([, n]) => Number(n))).toEqual(
        numbers,
      );
      fc.assert(
        fc.property(hostileReply, (any) => {
          expect(numbersOf(platform.split(any))).toEqual(numbersOf([any]));
        }),
        { numRuns: 30 },
      );
    });

    test('every kind of block is shown with its words, and none of them calls anybody', async () => {
      const { platform, channel, bait, seen, type } = await open();
      const blocks: Block[] = [
        { kind: 'heading', text: 'The heading' },
        {
          kind: 'text',
          text: say`The text, ${code('/paper help')} and ${link('a link', 'https://a.example/')}.`,
        },
        { kind: 'list', items: [say`first item`, say`second item`] },
        paper(7),
        { kind: 'note', text: say`The note` },
        { kind: 'code', text: '/paper the code' },
        { kind: 'text', text: [plain(bait)] },
        {
          kind: 'buttons',
          buttons: [
            {
              kind: 'run',
              label: 'Run it',
              effect: 'answer',
              invocation: { command: 'help', args: {} },
            },
            { kind: 'link', label: 'Go there', url: 'https://a.example/' },
          ],
        },
      ];
      await platform.post(channel, { ...reply(...blocks), summary: bait }, 'key');
      const [shown] = await seen();
      for (const words of [
        ...['The heading', 'The text, /paper help and a link', 'first item', 'second item'],
        ...['Paper 7 of many', 'Ada Lovelace', '12 Jul 2024', 'On updates in words.'],
        ...['matches merging', 'The note', '/paper the code', bait],
      ]) {
        expect(shown?.words).toContain(words);
      }
      expect(shown?.buttons).toEqual(expect.arrayContaining(['Show', 'Run it', 'Go there']));
      await type(`search ${bait} share:yes`);
      expect((await seen()).map(({ calls }) => calls)).toEqual([[], []]);
    });

    test('an answer is for the asker alone, and pages in place', async () => {
      const { type, press, seen, mine } = await open();
      const first = await type('search language models');
      expect(first.words).toMatch(/Page 1 of \d/);
      const second = await press(first, 'Next ▶');
      expect(second.words).toMatch(/Page 2 of \d/);
      expect(await mine()).toEqual([second]);
      const back = await press(second, '◀ Previous');
      expect(back.words).toBe(first.words);
      expect(await mine()).toMatchObject([{ id: first.id }]);
      expect(await seen()).toEqual([]);
    });

    test('Show and Similar answer anew, to who pressed', async () => {
      const { type, press, seen, mine } = await open();
      const list = await type('search language models');
      const shown = await press(list, 'Show');
      expect(shown.buttons).toEqual(['Similar', 'Save', '👍', '👎', 'Link', 'Share here']);
      const similar = await press(shown, 'Similar');
      expect(similar.words).toContain('shares');
      expect((await mine()).map(({ id }) => id)).toEqual([list.id, shown.id, similar.id]);
      expect(await seen()).toEqual([]);
    });

    test('Share here shows it to everybody, and anybody pages it in place for all', async () => {
      const { type, press, seen } = await open();
      const list = await type('search language models');
      await press(list, 'Share here');
      const [shared] = await seen();
      expect(shared?.words).toBe(list.words);
      expect(shared?.buttons).not.toContain('Share here');
      if (!shared) return;
      await press(shared, 'Next ▶', 'other');
      expect(await seen()).toMatchObject([
        { id: shared.id, words: expect.stringContaining('Page 2 of') },
      ]);
    });

    test('a mistake is one sentence with the way to what was meant', async () => {
      const { type, press, mine, seen } = await open();
      const wrong = await type('schedule at:25:00');
      const [sentence, help, ...more] = wrong.words.trim().split('\n');
      expect(sentence).toMatch(/^“25:00” .*for example .*\.$/);
      expect(help).toBe('/paper help schedule shows how it is said.');
      expect(more).toEqual([]);
      expect(await seen()).toEqual([]);

      const unknown = await type('serach language models');
      expect(unknown.words).toContain('Did you mean /paper search language models?');
      const meant = await press(unknown, 'Run search');
      expect(meant.words).toMatch(/Page 1 of \d/);
      expect((await mine()).map(({ id }) => id)).toEqual([wrong.id, unknown.id]);
    });

    test('a private question that is answered in public gives its place to the answer', async () => {
      const { type, press, seen, mine } = await open();
      const asked = await type('subscribe zzzunheardof');
      expect(asked.words).toContain('matches zzzunheardof');
      expect(await seen()).toEqual([]);
      await press(asked, 'Subscribe anyway');
      await expect.poll(mine).toHaveLength(1);
      expect(await seen()).toMatchObject([
        { words: expect.stringContaining('#general now follows zzzunheardof') },
      ]);
    });

    test('a digest comes once, with reasons, buttons that work and its id in the ledger', async () => {
      const { house, channel, type, press, seen } = await open();
      await type('subscribe model-merging');
      expect((await type('digest')).words).toMatch(/^Posted \d papers/);
      const digest = (await seen()).at(-1);
      expect(digest?.words).toContain('matches model-merging');
      expect((await house.services.editions.latest(channel))?.messages).toEqual([digest?.id]);
      if (digest) expect((await press(digest, 'Show', 'other')).buttons).toContain('Share here');
      house.clock.now = new Date(house.clock.now.getTime() + 60_000);
      expect((await type('digest')).words).toContain('nothing new to post');
    });

    test('a stop is prompt', async () => {
      const { house } = await open();
      const begun = performance.now();
      await house.stop();
      expect(performance.now() - begun).toBeLessThan(3_000);
    });
  });
}
