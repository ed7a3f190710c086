/** The services of `fanout.ts` in a thread of their own: they enforce their limits, and people type meanwhile. */
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { FakeDiscord } from '../test/fakes/discord/server.ts';
import { FakeSlack } from '../test/fakes/slack/slack.ts';

export interface Given {
  service: 'slack' | 'discord';
  channels: number;
  /** Of Slack, over all channels. */
  postsPerMinute: number;
}

export interface Serving {
  env: Record<string, string>;
  refs: string[];
}

export interface Seen {
  posts: number;
  refused: number;
  /** From the first post to the last, in milliseconds. */
  tookMs: number;
  /** Milliseconds from a slash command to its answer. */
  answers: number[];
}

interface Service extends Serving {
  /** Times of the posts, by `performance.now()`. */
  posted(): number[];
  refused(): number;
  ask(): Promise<unknown>;
}

const given = workerData as Given;
const service = await (given.service === 'discord' ? discord(given) : slack(given));
const { env, refs } = service;
parentPort?.postMessage({ env, refs } satisfies Serving);

const answers: number[] = [];
let isOver = false;
parentPort?.once('message', () => {
  isOver = true;
});
while (!isOver) {
  await sleep(1_000);
  if (!service.posted().length) continue;
  const began = performance.now();
  // Who gets no answer in time waited as long as that.
  await service.ask().catch(() => {});
  answers.push(performance.now() - began);
}
const posted = service.posted();
parentPort?.postMessage({
  posts: posted.length,
  refused: service.refused(),
  tookMs: (posted.at(-1) ?? 0) - (posted[0] ?? 0),
  answers,
} satisfies Seen);

async function discord({ channels }: Given): Promise<Service> {
  const each = 500;
  const guilds = Array.from({ length: Math.ceil(channels / each) }, (_, g) => ({
    name: `server-${g}`,
    channels: Array.from({ length: Math.min(each, channels - g * each) }, (_, c) => ({
      name: `papers-${g * each + c}`,
    })),
    members: [{ name: 'ada' }],
  }));
  const fake = await FakeDiscord.start({ guilds, limits: { enforceRate: true } });
  const posted: number[] = [];
  let refused = 0;
  fake.onRequest(({ method, path, status }) => {
    if (status === 429) refused += 1;
    if (status === 200 && method === 'POST' && path.endsWith('/messages'))
      posted.push(performance.now());
  });
  return {
    env: { DISCORD_TOKEN: fake.token, DISCORD_API_URL: fake.apiUrl },
    refs: guilds.flatMap((guild) =>
      guild.channels.map(
        ({ name }) => `discord:${fake.guild(guild.name).id}/${fake.channel(name).id}`,
      ),
    ),
    posted: () => posted,
    refused: () => refused,
    ask: () =>
      fake
        .slash({
          user: 'ada',
          channel: 'papers-0',
          command: 'paper search',
          options: { query: 'language' },
        })
        .answer(),
  };
}

async function slack({ channels, postsPerMinute }: Given): Promise<Service> {
  const fake = await FakeSlack.start({
    users: [{ name: 'ada' }],
    channels: Array.from({ length: channels }, (_, n) => ({ name: `papers-${n}` })),
  });
  fake.limits.enforceRate = true;
  fake.limits.postsPerMinute = postsPerMinute;
  const { app, team } = fake.workspace;
  const posted: number[] = [];
  let refused = 0;
  fake.onCall(({ method, error }) => {
    if (error === '429') refused += 1;
    else if (method === 'chat.postMessage') posted.push(performance.now());
  });
  return {
    env: {
      SLACK_BOT_TOKEN: app.botToken,
      SLACK_APP_TOKEN: app.appToken,
      SLACK_API_URL: fake.apiUrl,
      SLACK_MESSAGES_PER_MINUTE: String(postsPerMinute),
    },
    refs: Array.from(
      { length: channels },
      (_, n) => `slack:${team.id}/${fake.workspace.channel(`papers-${n}`).id}`,
    ),
    posted: () => posted,
    refused: () => refused,
    ask: async () =>
      (await fake.slash({ user: 'ada', channel: 'papers-0', text: 'search language' })).reply(),
  };
}
