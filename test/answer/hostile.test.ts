/**
 * Papers and models that mean harm, over the wire: through the real bot to what people in Slack, in Discord and
 * at the page see. `hostile-models.ndjson` says what may be shown of each.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDiscordStage } from '../contracts/discord.ts';
import { openLocalStage } from '../contracts/local.ts';
import type { Shown, Stage } from '../contracts/platform.ts';
import { openSlackStage } from '../contracts/slack.ts';
import { type FakeModel, type Script, startModel } from '../fakes/model/model.ts';

interface Case {
  case: string;
  kind: string;
  why: string;
  /** The paper that means harm, and the question it answers; else the model is asked about `sparrow`. */
  paper?: { title: string; abstract: string };
  question?: string;
  script: Script;
  /** The sentences that may be shown, in order. */
  shows: string[];
  /** Words that must not be. */
  never: string[];
}

const cases: Case[] = readFileSync('test/fixtures/hostile-models.ndjson', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

const sparrow = {
  title: 'Sparrow attention',
  abstract:
    'Sparrow attention is 3 times faster than full attention on long documents. Sparrow attention loses no accuracy on short documents. We thank the reviewers.',
};
/** Milliseconds, on a machine with much else to do. */
const WAIT = { timeout: 20_000 };
const QUESTION = 'How much faster is Sparrow attention than full attention?';

/** Kinds that are about how a platform shows things are tried on each, of the others every third. */
const EVERYWHERE = ['mention', 'link', 'markup', 'paper'];

const platforms: [name: string, open: (env: Record<string, string>) => Promise<Stage>][] = [
  ['Slack', (env) => openSlackStage('socket', env)],
  ['Discord', openDiscordStage],
  ['the local page', openLocalStage],
];

test.each(platforms)(
  '%s shows of hostile papers and models what holds, and nothing of the rest',
  async (platform, open) => {
    expect(cases.length).toBeGreaterThanOrEqual(40);
    const model = await startModel({ kind: 'say', parts: [] });
    onTestFinished(() => model.stop());
    const stage = await open({ MODEL_BASE_URL: model.url, MODEL_NAME: 'scripted' });
    await bringPapers(stage);
    const wrong: string[] = [];
    const turn = platforms.findIndex(([name]) => name === platform);
    const ours = cases.filter(({ kind }, at) => EVERYWHERE.includes(kind) || at % 3 === turn);
    for (const one of ours) {
      const shown = await ask(one, stage, model);
      wrong.push(...faults(one, shown).map((fault) => `${one.case} (${one.why}): ${fault}`));
    }
    expect(wrong).toEqual([]);
    expect(model.asked.some(({ body }) => body.tools !== undefined)).toBe(false);
  },
);

async function bringPapers({ house }: Stage): Promise<void> {
  const file = join(house.stateDir, 'hostile.ndjson');
  const papers = [sparrow, ...cases.flatMap(({ paper }) => paper ?? [])];
  writeFileSync(file, papers.map((paper) => JSON.stringify(paper)).join('\n'));
  await house.intake.bring(file);
}

/** Asks on a day of its own, as nobody is answered twice on one day, and gives the answer when it is whole. */
async function ask({ question = QUESTION, script }: Case, stage: Stage, model: FakeModel) {
  const { clock } = stage.house;
  clock.now = new Date(clock.now.getTime() + 48 * 3_600_000);
  model.script = script;
  const before = (await stage.seen()).at(-1)?.id;
  await stage.type(`ask ${question}`);
  const answer = async () => {
    const newest = (await stage.seen()).at(-1);
    return newest?.id === before ? undefined : newest;
  };
  // A draft says neither.
  const isWhole = /Written by a language model.*(?<!Writing …)$|own words/s;
  await expect.poll(async () => (await answer())?.words ?? '', WAIT).toMatch(isWhole);
  return answer();
}

function faults({ shows, never }: Case, shown: Shown | undefined): string[] {
  if (!shown) return ['nothing is shown'];
  const { words, calls } = shown;
  const isWritten = words.includes('Written by a language model');
  return [
    ...calls.map((call) => `calls ${call}`),
    ...never.filter((each) => words.includes(each)).map((each) => `shows ${each}`),
    ...(words.includes(shows.join(' ')) ? [] : [`does not show ${shows.join(' ')}: ${words}`]),
    ...(isWritten === shows.length > 0
      ? []
      : [`the prose is ${isWritten ? 'there' : 'missing'}: ${words}`]),
  ];
}
