import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { FakeSlack } from '../../fakes/slack/slack.ts';
import { openHouse } from '../../house.ts';
import { openScene } from './scene.ts';

const ada = { user: 'ada', channel: 'papers' };
const QUESTION = 'What is model merging?';

describe('a question to the bot', () => {
  test('in a channel is answered in a thread under it, where people ask on without naming the bot', async () => {
    const { slack } = await openScene();
    const { message } = await slack.mention({ ...ada, text: QUESTION });
    const answer = await slack.waitFor(() => slack.posts('papers')[0]);
    expect(answer.threadTs).toBe(message.ts);
    const inThread = { channel: 'papers', threadTs: message.ts };
    await slack.say({ ...inThread, user: 'ben', text: 'and in Japanese?' });
    const second = await slack.waitFor(() => slack.posts('papers')[1]);
    expect(second.threadTs).toBe(message.ts);
    expect(second.text).toContain('of this conversation');
    await slack.say({ ...inThread, user: 'ada', text: 'How is it evolved?' });
    const third = await slack.waitFor(() => slack.posts('papers')[2]);
    expect(third.threadTs).toBe(message.ts);
    await slack.mention({ ...ada, ...inThread, text: 'why?' });
    await slack.waitFor(() => slack.posts('papers')[3]);
    await sleep(200);
    expect(slack.posts('papers')).toHaveLength(4);
  });

  test('leaves people alone who talk with each other in its thread, and threads of others', async () => {
    const { slack } = await openScene();
    const { message } = await slack.mention({ ...ada, text: QUESTION });
    await slack.waitFor(() => slack.posts('papers')[0]);
    for (const text of ['Nice, thank you!', '@ben what do you think?']) {
      await slack.say({ ...ada, threadTs: message.ts, text });
    }
    const other = await slack.say({ ...ada, text: 'Lunch?' });
    await slack.say({ ...ada, threadTs: other.message.ts, text: 'Where do we go?' });
    await sleep(300);
    expect(slack.posts('papers')).toHaveLength(1);
  });

  test('that comes three times, once under another id, is answered once', async () => {
    const { slack } = await openScene();
    const { message } = await slack.mention({
      ...ada,
      text: QUESTION,
      deliveries: 3,
      sameEventId: false,
    });
    await slack.waitFor(() => slack.posts('papers')[0]);
    const on = { ...ada, threadTs: message.ts, text: 'and in Japanese?' };
    await slack.say({ ...on, deliveries: 3, sameEventId: false });
    await slack.waitFor(() => slack.posts('papers')[1]);
    await sleep(300);
    expect(slack.posts('papers')).toHaveLength(2);
  });

  test('by slash command is answered in the channel, and a thread under the answer goes on', async () => {
    const { slack } = await openScene();
    await slack.slash({ ...ada, text: `ask ${QUESTION}` });
    const answer = await slack.waitFor(() => slack.posts('papers')[0]);
    expect(answer.threadTs).toBeUndefined();
    await slack.say({ ...ada, threadTs: answer.ts, text: 'and in Japanese?' });
    const second = await slack.waitFor(() => slack.posts('papers')[1]);
    expect(second.threadTs).toBe(answer.ts);
    expect(second.text).toContain('of this conversation');
  });

  test('is answered in the channel where that was chosen, and asked on in a thread of it', async () => {
    const { slack } = await openScene();
    await (await slack.slash({ ...ada, text: 'schedule answers:channel' })).reply();
    await slack.mention({ ...ada, text: QUESTION });
    const answer = await slack.waitFor(() =>
      slack.posts('papers').find(({ text }) => text.includes('speak')),
    );
    expect(answer.threadTs).toBeUndefined();
    await slack.say({ ...ada, threadTs: answer.ts, text: 'and in Japanese?' });
    const second = await slack.waitFor(() =>
      slack.posts('papers').find(({ text }) => text.includes('of this conversation')),
    );
    expect(second.threadTs).toBe(answer.ts);
  });

  test('is answered where the bot is no member too', async () => {
    const { slack } = await openScene();
    const slash = await slack.slash({ user: 'ada', channel: 'general', text: `ask ${QUESTION}` });
    expect((await slash.reply()).text).toContain('Model Merging Recipes');
    expect(slack.view('general', 'ben')).toHaveLength(1);
  });

  test('in direct messages is answered there, and the next one goes on', async () => {
    const { slack } = await openScene();
    const { message } = await slack.dm({ user: 'ada', text: QUESTION });
    await slack.waitFor(() => slack.posts(message.channel)[0]);
    await slack.dm({ user: 'ada', text: 'and in Japanese?' });
    const second = await slack.waitFor(() => slack.posts(message.channel)[1]);
    expect(second.text).toContain('of this conversation');
    expect(second.threadTs).toBeUndefined();
  });

  test('that was asked the same day leads to the answer, seen by the asker alone', async () => {
    const slack = await FakeSlack.start();
    onTestFinished(() => slack.stop());
    const { app } = slack.workspace;
    await openHouse({
      SLACK_BOT_TOKEN: app.botToken,
      SLACK_APP_TOKEN: app.appToken,
      SLACK_API_URL: slack.apiUrl,
    });
    await slack.mention({ ...ada, text: QUESTION });
    const answer = await slack.waitFor(() => slack.posts('papers')[0]);
    await slack.mention({ ...ada, text: 'what is model merging' });
    const seen = await slack.waitFor(() =>
      slack.view('papers', 'ada').find((one) => one.ephemeral),
    );
    expect(seen.text).toContain('Asked here by');
    const url = seen.links.find(({ label }) => label === 'see the answer')?.url;
    expect(url).toContain(answer.ts.replace('.', ''));
    expect(slack.posts('papers')).toHaveLength(1);
  });
});

test('a misspelt command in a mention gets “did you mean”, and runs when that was right', async () => {
  const { slack } = await openScene();
  await slack.mention({ ...ada, text: 'serach merging' });
  const seen = await slack.waitFor(() => slack.view('papers', 'ada').find((one) => one.ephemeral));
  expect(seen.text).toContain('Did you mean /paper search merging?');
  const run = await slack.click({ ...ada, button: 'Run search' });
  expect((await run.reply()).text).toContain('for merging');
});
