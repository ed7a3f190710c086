import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { text } from '../../../src/command/args.ts';
import { defineCommand } from '../../../src/command/command.ts';
import { PaperId } from '../../../src/model/paper.ts';
import { buttons, sentence } from '../../../src/reply/build.ts';
import type { PaperBlock } from '../../../src/reply/reply.ts';
import { bold, say } from '../../../src/reply/text.ts';
import { openScene } from './scene.ts';

const ada = { user: 'ada', channel: 'papers' };

/** Says what it was given, after a while when asked to. */
const echo = (ms = 0) =>
  defineCommand({
    name: 'echo',
    describe: 'Says it again',
    group: 'find',
    examples: ['echo hello'],
    rights: 'anyone',
    visibility: 'choice',
    defer: true,
    args: z.object({ words: text({ describe: 'Words', example: 'hello', positional: true }) }),
    async run({ words }) {
      await sleep(ms);
      return sentence(say`You said ${words} and ${bold(words)}.`);
    },
  });

const pictured: PaperBlock = {
  kind: 'paper',
  id: PaperId.parse('arxiv:2407.09435'),
  title: 'With a picture',
  facts: [],
  body: [],
  thumbnail: 'https://broken.example/picture.png',
  buttons: [],
};

describe.each(['socket', 'http'] as const)('by %s', (mode) => {
  test('a command is acknowledged at once, without a word, and answered to the asker alone', async () => {
    const { slack } = await openScene({ mode });
    const search = await slack.slash({ ...ada, text: 'search language models' });
    expect(search).toMatchObject({ acked: true, ackPayload: undefined, failure: undefined });
    const seen = await search.reply();
    expect(seen).toMatchObject({ ephemeral: true, notifies: [] });
    expect(seen.text).toContain('language models');
    expect(seen.buttons.map((button) => button.text)).toContain('Next ▶');
    expect(slack.view('papers', 'ben')).toEqual([]);
  });

  test('an answer that is shared is seen by everybody, even where the bot is not a member', async () => {
    const { slack } = await openScene({ mode });
    const shared = await slack.slash({
      user: 'ada',
      channel: 'general',
      text: 'search language models share:yes',
    });
    expect(await shared.reply()).toMatchObject({ ephemeral: false });
    expect(slack.view('general', 'ben')).toHaveLength(1);
  });

  test('a command without words helps', async () => {
    const { slack } = await openScene({ mode });
    expect((await (await slack.slash(ada)).reply()).text).toContain('/paper search');
  });

  test.each([true, false])(
    'a mention that comes twice is answered once (same event_id: %s)',
    async (sameEventId) => {
      const { slack } = await openScene({ mode });
      await slack.mention({
        ...ada,
        text: 'search language models share:yes',
        deliveries: 2,
        sameEventId,
      });
      await slack.waitFor(() => slack.posts('papers')[0]);
      await sleep(200);
      expect(slack.posts('papers')).toHaveLength(1);
      expect(slack.posts('papers')[0]?.threadTs).toBeUndefined();
    },
  );

  test('who mentions the bot is known by name', async () => {
    const { slack } = await openScene({ mode });
    await slack.mention({ ...ada, text: 'subscribe model-merging' });
    await slack.waitFor(() => slack.posts('papers')[0]);
    const asked = await slack.slash({ ...ada, text: 'owner' });
    expect((await asked.reply()).text).toContain('model-merging by ada.');
  });

  test('what is for the asker is shown to the asker alone, in the thread of the mention', async () => {
    const { slack } = await openScene({ mode });
    const { message } = await slack.say({ ...ada, text: 'Read this?' });
    await slack.mention({ ...ada, text: 'Well, @paperboy: show 2407.09435', threadTs: message.ts });
    const seen = await slack.waitFor(() =>
      slack.view('papers', 'ada').find((one) => one.ephemeral),
    );
    expect(seen.threadTs).toBe(message.ts);
    expect(slack.posts('papers')).toEqual([]);
  });

  test('a direct message is answered, with buttons that edit in place, and never its own words', async () => {
    const { slack } = await openScene({ mode });
    const { message } = await slack.dm({ user: 'ada', text: 'search language models' });
    const answered = await slack.waitFor(() => slack.posts(message.channel)[0]);
    const next = await slack.click({ user: 'ada', channel: message.channel, button: 'Next ▶' });
    expect((await next.reply()).ts).toBe(answered.ts);
    await sleep(200);
    expect(slack.posts(message.channel)).toHaveLength(1);
  });

  test('a slow command is acknowledged long before it answers', async () => {
    const { slack } = await openScene({
      mode,
      commands: [echo(900)],
      slack: { ackDeadlineMs: 700 },
    });
    const slow = await slack.slash({ ...ada, text: 'echo hello' });
    expect(slow).toMatchObject({ acked: true });
    expect(slow.shown()).toEqual([]);
    expect((await slow.reply()).text).toBe('You said hello and hello.');
  });

  test('a link button is acknowledged and says nothing', async () => {
    const { slack } = await openScene({ mode });
    await (await slack.slash({ ...ada, text: 'show 2407.09435' })).reply();
    const link = await slack.click({ ...ada, button: 'Link' });
    await sleep(150);
    expect(link).toMatchObject({ acked: true });
    expect(link.responses).toEqual([]);
  });

  test('a stop is prompt and lets an answer under way be given', async () => {
    const { slack, platform } = await openScene({
      mode,
      commands: [echo(300)],
      slack: { lingerAfterClose: true },
    });
    const slow = await slack.slash({ ...ada, text: 'echo hello' });
    const begun = performance.now();
    await platform.stop();
    expect(performance.now() - begun).toBeLessThan(3_000);
    expect(slow.shown()).toHaveLength(1);
  });
});

describe('by http', () => {
  test('what Slack did not sign is turned away, and the request URL can be verified', async () => {
    const { slack } = await openScene({ mode: 'http' });
    expect(await slack.forge('wrong signature', ada)).toBe(401);
    expect(await slack.forge('old timestamp', ada)).toBe(401);
    expect(await slack.verifyUrl()).toBe(true);
    expect(slack.posts('papers')).toEqual([]);
  });
});

describe('where the bot cannot post', () => {
  test.each([
    ['subscribe model-merging', { kind: 'public' }, '/invite @Paperboy'],
    ['subscribe model-merging', { kind: 'private' }, '/invite @Paperboy'],
  ] as const)('%s in a %j channel says how to invite it', async (line, kind, words) => {
    const { slack } = await openScene({
      slack: { channels: [{ name: 'secret', members: ['ada'], ...kind }] },
    });
    const refused = await slack.slash({ user: 'ada', channel: 'secret', text: line });
    expect((await refused.reply()).text).toContain(words);
  });

  test('between two people it says where it can', async () => {
    const { slack } = await openScene({
      slack: { channels: [{ id: 'D0ADABEN', name: 'dm', kind: 'im', members: ['ada', 'ben'] }] },
    });
    const refused = await slack.slash({
      user: 'ada',
      channel: 'D0ADABEN',
      text: 'subscribe model-merging',
    });
    expect((await refused.reply()).text).toContain('between the two of you');
  });
});

describe('who may change a channel', () => {
  const members = { channels: [{ name: 'papers', members: ['paperboy', 'ben'] }] };

  test('a member may, with the timezone of the profile', async () => {
    const { slack } = await openScene({ slack: members });
    const done = await slack.slash({
      user: 'ben',
      channel: 'papers',
      text: 'subscribe model-merging',
    });
    const seen = await done.reply();
    expect(seen).toMatchObject({ ephemeral: false });
    expect(seen.text).toContain('#papers now follows');
    expect(seen.text).toContain('Asia/Tokyo');
  });

  test('a member is found among thousands', async () => {
    const crowd = Array.from({ length: 2_100 }, (_, i) => ({ name: `reader${i}` }));
    const { slack } = await openScene({ slack: { users: crowd, channels: [{ name: 'papers' }] } });
    const last = { user: 'reader2099', channel: 'papers' };
    const done = await slack.slash({ ...last, text: 'subscribe model-merging' });
    expect((await done.reply()).text).toContain('now follows');
    expect(slack.callsOf('conversations.members')).toHaveLength(3);
  });

  test('whoever presses a button needs the right themselves, and everybody keeps the message', async () => {
    const { slack } = await openScene({ slack: members });
    await (
      await slack.slash({ user: 'ben', channel: 'papers', text: 'subscribe model-merging' })
    ).reply();
    const press = await slack.click({ user: 'ada', channel: 'papers', button: 'Unsubscribe' });
    const seen = await press.reply();
    expect(seen).toMatchObject({ ephemeral: true });
    expect(seen.text).toContain('Only people who may manage #papers');
    expect(slack.view('papers', 'ben')[0]?.text).toContain('now follows');
  });

  test('only admins may when the setting says so, but everybody in their own messages', async () => {
    const { slack } = await openScene({ env: { SLACK_ADMINS_ONLY: 'yes' } });
    const line = { text: 'subscribe model-merging' };
    const ben = await slack.slash({ user: 'ben', channel: 'papers', ...line });
    expect((await ben.reply()).text).toContain('Only people who may manage');
    expect((await (await slack.slash({ ...ada, ...line })).reply()).text).toContain('now follows');
    const { message } = await slack.dm({ user: 'ben', ...line });
    const own = await slack.waitFor(() => slack.view(message.channel, 'ben')[1]);
    expect(own.text).toContain('This conversation now follows');
  });

  test('in a private channel the bot cannot see, who types is in it', async () => {
    const { slack } = await openScene({
      slack: { channels: [{ name: 'secret', kind: 'private', members: ['ada'] }] },
    });
    const asked = await slack.slash({
      user: 'ada',
      channel: 'secret',
      text: 'unsubscribe nothing',
    });
    expect((await asked.reply()).text).toContain('This private channel follows no topic yet');
  });
});

describe('a replace that fails', () => {
  const press = defineCommand({
    name: 'press',
    describe: 'A public message with a button',
    group: 'find',
    examples: ['press'],
    rights: 'anyone',
    visibility: 'channel',
    defer: false,
    args: z.object({}),
    run: async () =>
      sentence(
        say`Everybody sees this.`,
        'channel',
        buttons({
          kind: 'run',
          label: 'Go',
          effect: 'replace',
          invocation: { command: 'echo', args: {} },
        }),
      ),
  });

  test('leaves what everybody sees and tells the one who pressed', async () => {
    const { slack } = await openScene({ commands: [press, echo()] });
    await (await slack.slash({ ...ada, text: 'press' })).reply();
    const pressed = await slack.click({ user: 'ben', channel: 'papers', button: 'Go' });
    expect(await pressed.reply()).toMatchObject({ ephemeral: true });
    expect(slack.view('papers', 'ada').map((one) => one.text)).toEqual(['Everybody sees this.']);
  });
});

describe('when Slack stumbles', () => {
  test.each(['500', 'cut', '429'] as const)(
    '%s at the response_url, the answer comes through the Web API',
    async (kind) => {
      const { slack, log } = await openScene({ commands: [echo()] });
      slack.fault({ method: 'response_url', kind });
      await slack.slash({ ...ada, text: 'echo hello' });
      await slack.waitFor(() => slack.view('papers', 'ada').find((one) => one.ephemeral));
      slack.fault({ method: 'response_url', kind });
      await slack.slash({ ...ada, text: 'echo aloud share:yes' });
      await slack.waitFor(() => slack.posts('papers')[0]);
      expect(log()).not.toContain('could not be shown');
    },
  );

  test('a limit at the Web API is waited for', async () => {
    const { slack } = await openScene({ commands: [echo()] });
    slack.fault({ method: 'chat.postEphemeral', kind: '429', retryAfter: 1 });
    await slack.mention({ ...ada, text: 'echo hello' });
    const seen = await slack.waitFor(() =>
      slack.view('papers', 'ada').find((one) => one.ephemeral),
    );
    expect(seen.text).toBe('You said hello and hello.');
  });

  test('a picture it cannot fetch costs the picture, not the answer', async () => {
    const picture = defineCommand({
      ...echo(),
      args: z.object({}),
      run: async () => sentence(say`Look:`, 'asker', [pictured]),
    });
    const { slack } = await openScene({ commands: [picture] });
    slack.workspace.brokenImages.push(/broken/);
    const seen = await (await slack.slash({ ...ada, text: 'echo' })).reply();
    expect(seen).toMatchObject({ images: [], ephemeral: true });
    expect(seen.text).toContain('With a picture');
  });

  test('an answer nobody can be given is logged with its channel, and the bot goes on', async () => {
    const { slack, log } = await openScene({ commands: [echo()] });
    slack.fault({ method: 'response_url', kind: '500' });
    await slack.slash({ user: 'ada', channel: 'general', text: 'echo hello' });
    await expect.poll(log).toContain('an answer could not be shown');
    expect(log()).toContain(slack.workspace.channel('general').id);
    expect((await (await slack.slash({ ...ada, text: 'echo again' })).reply()).text).toContain(
      'again',
    );
  });
});
