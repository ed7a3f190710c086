/**
 * How soon an asker sees something, and all of it, when a language model writes: `npm run bench:writing`. The
 * model is scripted: it thinks for a while, then writes at a steady pace. Whole bot, over the wire, in Slack, in
 * Discord and on the page.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseConfig } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { createPaperboy } from '../src/paperboy.ts';
import { FakeDiscord } from '../test/fakes/discord/server.ts';
import { startModel } from '../test/fakes/model/model.ts';
import { FakeSlack } from '../test/fakes/slack/slack.ts';

const RUNS = 5;
const THINKS_MS = 800;
/** A common pace of hosted models: some fifty tokens a second. */
const TOKEN_MS = 20;
const WORDS =
  'We reduce negative flips by up to 40% from Llama 1 to Llama 2 [1]. Downstream task models experience instance regression or negative flips when base models are updated [2]. ';
const QUESTION = 'How much does MUSCLE reduce negative flips?';

const stateDir = mkdtempSync(join(tmpdir(), 'paperboy-bench-'));
const tokens = WORDS.match(/\s?\S{1,4}/g) ?? [];
const silence = Array.from({ length: THINKS_MS / TOKEN_MS }, () => '');
const model = await startModel({ kind: 'say', parts: [...silence, ...tokens], everyMs: TOKEN_MS });
const slack = await FakeSlack.start();
const discord = await FakeDiscord.start();
const clock = { now: new Date() };
const paperboy = await createPaperboy(
  parseConfig({
    PAPERBOY_PORT: '0',
    PAPERBOY_STATE_DIR: stateDir,
    PAPERBOY_SOURCES: 'none',
    LOG_LEVEL: 'fatal',
    MODEL_BASE_URL: model.url,
    MODEL_NAME: 'scripted',
    SLACK_BOT_TOKEN: slack.workspace.app.botToken,
    SLACK_APP_TOKEN: slack.workspace.app.appToken,
    SLACK_API_URL: slack.apiUrl,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
  }),
  { log: createLog('fatal'), now: () => clock.now },
);
const lines: string[] = [];
await paperboy.start((line) => lines.push(line));
await paperboy.loaded;
const page = /Local page: (\S+)/.exec(lines.join('\n'))?.[1] ?? '';

/** A place to ask in: `words` is what the newest message there says, after its id. */
interface Place {
  name: string;
  ask(): Promise<unknown>;
  words(): Promise<string>;
}
const places: Place[] = [
  {
    name: 'Slack',
    ask: () => slack.slash({ user: 'ada', channel: 'general', text: `ask ${QUESTION}` }),
    words: async () => {
      const newest = slack.view('general', 'ada').at(-1);
      return `${newest?.ts} ${newest?.text}`;
    },
  },
  {
    name: 'Discord',
    ask: async () => {
      const place = { user: 'ada', channel: 'papers' };
      discord.slash({ ...place, command: 'paper ask', options: { question: QUESTION } });
    },
    words: async () => {
      const newest = discord.messages('papers').at(-1);
      const { content, embeds } = newest?.wire ?? {};
      // Brackets are escaped there.
      return `${newest?.id} ${content} ${JSON.stringify(embeds)}`.replaceAll('\\', '');
    },
  },
  {
    name: 'the page',
    ask: async () => {
      const body = JSON.stringify({ text: `/paper ask ${QUESTION}` });
      const headers = { 'content-type': 'application/json' };
      void fetch(`${page}/channels/general/messages`, { method: 'POST', headers, body });
    },
    words: async () => {
      const [newest] = await paperboy.messages.page('general', 1);
      return `${newest?.id} ${JSON.stringify(newest?.said)}`;
    },
  },
];

console.log(
  `A model that thinks for ${THINKS_MS} ms and writes ${tokens.length} tokens, one each ${TOKEN_MS} ms; ${RUNS} runs; ms.\n`,
);
console.log('where      first seen   first sentence   whole answer');
for (const { name, ask, words } of places) {
  const times: [first: number, sentence: number, whole: number][] = [];
  for (let run = 0; run < RUNS; run += 1) {
    clock.now = new Date(clock.now.getTime() + 48 * 3_600_000);
    const before = await words();
    const begun = performance.now();
    const since = async (isSeen: (now: string) => boolean) => {
      while (!isSeen(await words())) await sleep(5);
      return performance.now() - begun;
    };
    await ask();
    const [id = ''] = before.split(' ');
    const isNew = (now: string) => !now.startsWith(`${id} `) && !now.includes('/paper ask');
    const first = await since((now) => isNew(now) && now.includes('flips'));
    const sentence = await since((now) => isNew(now) && now.includes('Llama 2 [1].'));
    const whole = await since((now) => isNew(now) && now.includes('updated [2].'));
    times.push([first, sentence, whole]);
  }
  const middle = [0, 1, 2].map((at) =>
    Math.round(times.map((each) => each[at] ?? 0).sort((a, b) => a - b)[RUNS >> 1] ?? 0),
  );
  console.log(
    `${name.padEnd(10)} ${middle.map((value, at) => String(value).padStart([10, 16, 14][at] ?? 0)).join(' ')}`,
  );
}
await paperboy.stop();
await Promise.all([model.stop(), slack.stop(), discord.stop()]);
rmSync(stateDir, { recursive: true, force: true });
process.exit();
