/** An answer in the making, as people in Slack, in Discord and at the page see it. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { openDiscordStage } from '../contracts/discord.ts';
import { openLocalStage } from '../contracts/local.ts';
import type { Shown, Stage } from '../contracts/platform.ts';
import { openSlackStage } from '../contracts/slack.ts';
import { type Script, startModel } from '../fakes/model/model.ts';

const QUESTION = 'ask How much does MUSCLE reduce negative flips?';
const FIRST = 'MUSCLE reduces negative flips by up to 40% [1].';
const SECOND = 'A model update may experience instance regression [2].';
const WAIT = { timeout: 20_000, interval: 20 };

const platforms: [name: string, open: (env: Record<string, string>) => Promise<Stage>][] = [
  ['Slack', (env) => openSlackStage('socket', env)],
  ['Discord', openDiscordStage],
  ['the local page', openLocalStage],
];

describe.each(platforms)('%s', (_, open) => {
  async function begin(script: Script, env: Record<string, string> = {}) {
    const model = await startModel(script);
    onTestFinished(() => model.stop());
    const stage = await open({ MODEL_BASE_URL: model.url, MODEL_NAME: 'scripted', ...env });
    /** Everything people saw of the newest message, each state once. */
    const states: string[] = [];
    const look = async (): Promise<Shown | undefined> => {
      const newest = (await stage.seen()).at(-1);
      // Discord's own "is thinking …" has no words.
      if (!newest?.words) return undefined;
      if (newest.words !== states.at(-1)) states.push(newest.words);
      return newest;
    };
    return { model, stage, states, look };
  }

  test('shows the quotes at once, then each sentence that holds, then the answer, in one message', async () => {
    const parts = [`${FIRST} It is 99 % better [1]. A model`, SECOND.slice('A model'.length)];
    const { stage, states, look } = await begin({ kind: 'say', parts, everyMs: 2_000 });
    const typed = stage.type(QUESTION);
    await expect.poll(async () => (await look())?.words, WAIT).toContain(FIRST);
    await typed;
    await expect.poll(async () => (await look())?.words, WAIT).not.toMatch(/…$/);
    const answer = await look();
    expect(states[0]).toMatch(/We reduce negative flips.*Writing …$/s);
    expect(states[0]).not.toContain(FIRST);
    expect(states.some((words) => words.includes(FIRST) && words.endsWith('Writing …'))).toBe(true);
    expect(answer?.words).toContain(`${FIRST} ${SECOND}`);
    expect(answer?.words).toMatch(/\[1\] We reduce negative flips/);
    expect(states.join()).not.toContain('99');
    expect(await stage.seen()).toHaveLength(1);
  });

  test('a draft that somebody deletes ends the work, and nothing more is said', async () => {
    const { model, stage, look } = await begin({ kind: 'endless', part: 'the ', everyMs: 300 });
    const typed = stage.type(QUESTION).catch(() => {});
    await expect.poll(look, WAIT).toBeDefined();
    const draft = await look();
    if (draft) await stage.remove(draft);
    await expect.poll(() => model.asked[0]?.isAborted, WAIT).toBe(true);
    await typed;
    expect(await stage.seen()).toEqual([]);
  });

  test('past the day’s budget the quotes stand alone, and say so', async () => {
    const { model, stage } = await begin(
      { kind: 'say', parts: [FIRST] },
      { MODEL_ANSWERS_PER_DAY: '0' },
    );
    const { words } = await stage.type(QUESTION);
    expect(words).toContain('Today’s written answers are used up here');
    expect(words).toContain('We reduce negative flips');
    expect(model.asked).toEqual([]);
  });
});
