import { describe, expect, test } from 'vitest';
import { type ChannelRef, channelRef } from '../../../src/model/channel.ts';
import { PaperId } from '../../../src/model/paper.ts';
import { PostError } from '../../../src/platforms/platform.ts';
import type { Reply } from '../../../src/reply/reply.ts';
import { say } from '../../../src/reply/text.ts';
import type { FakeSlack } from '../../fakes/slack/slack.ts';
import { openScene } from './scene.ts';

const reply: Reply = {
  visibility: 'channel',
  summary: 'Two papers on <!channel> merging.',
  blocks: [
    {
      kind: 'paper',
      id: PaperId.parse('arxiv:2407.09435'),
      title: 'MUSCLE',
      url: 'https://arxiv.org/abs/2407.09435',
      facts: [],
      body: say`On updates.`,
      thumbnail: 'https://cdn.example/picture.png',
      buttons: [
        {
          kind: 'run',
          label: 'Show',
          effect: 'answer',
          invocation: { command: 'show', args: { paper: 'arxiv:2407.09435' } },
        },
      ],
    },
  ],
};

const key = 'slack:T1/C0PAPERS@2026-11-23T08:00:00Z#0';

function ref(slack: FakeSlack, channel: string): ChannelRef {
  return channelRef({ platform: 'slack', workspace: slack.workspace.team.id, channel });
}

async function failureOf(posting: Promise<unknown>): Promise<PostError> {
  const error: unknown = await posting.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof PostError)) throw new Error(`no PostError but ${error}`);
  return error;
}

describe('posting', () => {
  test('unfurls nothing, and gives a link to the message', async () => {
    const { slack, platform } = await openScene();
    const papers = ref(slack, slack.workspace.channel('papers').id);
    const id = await platform.post(papers, reply, key);
    expect(slack.callsOf('chat.postMessage')[0]?.args).toMatchObject({
      unfurl_links: 'false',
      unfurl_media: 'false',
    });
    expect(await platform.permalink(papers, id)).toContain(id.replace('.', ''));
  });

  test('a message is found behind a hundred others', async () => {
    const { slack, platform } = await openScene();
    const papers = ref(slack, slack.workspace.channel('papers').id);
    const id = await platform.post(papers, reply, key);
    for (let i = 0; i < 120; i += 1)
      await slack.say({ user: 'ada', channel: 'papers', text: `word ${i}` });
    expect(await platform.find(papers, key)).toBe(id);
  });

  test('after a crash channels are read no faster than Slack takes it of each method', async () => {
    const { slack, platform } = await openScene();
    const papers = ref(slack, slack.workspace.channel('papers').id);
    const under = await platform.post(papers, reply, key);
    const began = performance.now();
    const found = await Promise.all([
      ...[key, key, key].map((each) => platform.find(papers, each)),
      ...[key, key].map((each) => platform.find(papers, each, { under })),
    ]);
    // Fifty a minute, half a second of which may be made up for; two of one method beside three of the other.
    const took = performance.now() - began;
    expect(took).toBeGreaterThanOrEqual(2 * 1_200 - 550);
    expect(took).toBeLessThan(4 * 1_200);
    expect(found).toEqual([under, under, under, under, under]);
  });

  test('a rate limit says when to try again, and nothing is tried before', async () => {
    const { slack, platform } = await openScene();
    slack.fault({ method: 'chat.postMessage', kind: '429', retryAfter: 7 });
    const papers = ref(slack, slack.workspace.channel('papers').id);
    expect(await failureOf(platform.post(papers, reply, key))).toMatchObject({
      reason: 'rate-limited',
      retryAfterMs: 7_000,
    });
    expect(slack.callsOf('chat.postMessage')).toHaveLength(1);
  });

  test('a message that may have arrived is not sent again, and can be looked for', async () => {
    const { slack, platform } = await openScene();
    slack.fault({ method: 'chat.postMessage', kind: 'accept-then-cut' });
    const papers = ref(slack, slack.workspace.channel('papers').id);
    expect(await failureOf(platform.post(papers, reply, key))).toMatchObject({
      reason: 'service-away',
    });
    expect(await platform.find(papers, key)).toBe(slack.posts('papers')[0]?.ts);
  });

  test.each(['500', '503', 'html', 'cut'] as const)(
    '%s is a service that is down',
    async (kind) => {
      const { slack, platform } = await openScene();
      slack.fault({ method: 'chat.postMessage', kind });
      const papers = ref(slack, slack.workspace.channel('papers').id);
      expect(await failureOf(platform.post(papers, reply, key))).toMatchObject({
        reason: 'service-away',
      });
      expect(slack.callsOf('chat.postMessage')).toHaveLength(1);
    },
  );

  test('a picture Slack cannot fetch is left out', async () => {
    const { slack, platform } = await openScene();
    slack.workspace.brokenImages.push(/picture/);
    await platform.post(ref(slack, slack.workspace.channel('papers').id), reply, key);
    expect(slack.view('papers', 'ben')[0]).toMatchObject({ images: [] });
  });

  test('an archived channel is told from one that is gone', async () => {
    const { slack, platform } = await openScene({
      slack: { channels: [{ name: 'old' }] },
    });
    await slack.archive('old');
    const old = ref(slack, slack.workspace.channel('old').id);
    expect(await failureOf(platform.post(old, reply, key))).toMatchObject({
      reason: 'channel-archived',
    });
    expect(await platform.permalink(old, '1.1')).toBeUndefined();
  });

  test('a message that Slack refuses is invalid', async () => {
    const { slack, platform } = await openScene();
    slack.fault({ method: 'chat.postMessage', kind: 'error', error: 'msg_too_long', times: 2 });
    const papers = ref(slack, slack.workspace.channel('papers').id);
    expect(await failureOf(platform.post(papers, reply, key))).toMatchObject({
      reason: 'message-refused',
    });
  });
});
