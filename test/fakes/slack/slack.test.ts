/** The fake against the real Bolt app: over both transports, Bolt cannot tell the difference. */
import { type App, webApi } from '@slack/bolt';
import { afterEach, describe, expect, it } from 'vitest';
import { httpApp, socketApp } from './bolt.ts';
import { buttons, section } from './sample-blocks.ts';
import { FakeSlack, type FakeSlackOptions } from './slack.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function slackWith(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const slack = await FakeSlack.start({ retryDelaysMs: [0, 0, 0], ...options });
  cleanups.push(() => slack.stop());
  return slack;
}

/** Lets `setup` register listeners before the first event can arrive. */
async function connected(slack: FakeSlack, setup: (app: App) => void): Promise<App> {
  const app = socketApp(slack);
  setup(app);
  await app.start();
  cleanups.push(() => app.stop());
  return app;
}

async function overHttp(slack: FakeSlack, setup: (app: App) => void): Promise<App> {
  const app = await httpApp(slack);
  setup(app);
  cleanups.push(() => app.stop());
  return app;
}

const papers = 'C0PAPERS';

/** One event a mention, where an app that hears the messages of channels is told of it twice. */
const mentionsOnly = { subscriptions: ['app_mention'] };

describe.each([
  ['Socket Mode', connected],
  ['signed HTTP', overHttp],
] as const)('in %s', (_, launch) => {
  it('a slash command is acknowledged and answered through its response_url', async () => {
    const slack = await slackWith();
    await launch(slack, (app) => {
      app.command('/paper', async ({ ack, respond, command }) => {
        await ack();
        await respond({ text: `You said *${command.text}*, ${command.user_name}.` });
      });
    });
    const run = await slack.slash({ user: 'ada', channel: 'papers', text: 'search merging' });
    expect(run.acked).toBe(true);
    expect(run.failure).toBeUndefined();
    const reply = await run.reply();
    expect(reply.text).toBe('You said search merging, ada.');
    expect(reply.ephemeral).toBe(true);
    expect(slack.view('papers', 'ada').map((one) => one.text)).toEqual([reply.text]);
    expect(slack.view('papers', 'ben')).toEqual([]);
  });

  it('an acknowledgement can carry the answer, for everybody when it says so', async () => {
    const slack = await slackWith();
    await launch(slack, (app) => {
      app.command('/paper', ({ ack }) => ack({ response_type: 'in_channel', text: 'Here.' }));
    });
    const run = await slack.slash({ user: 'ada', channel: 'general' });
    expect(run.ackPayload).toMatchObject({ text: 'Here.' });
    expect(slack.view('general', 'ben').map((one) => one.text)).toEqual(['Here.']);
  });

  it('a pressed button edits its message in place and leaves what it said before', async () => {
    const slack = await slackWith();
    const app = await launch(slack, (one) => {
      one.action('press-next', async ({ ack, respond, body, client }) => {
        await ack();
        if (body.type !== 'block_actions' || !body.message || !body.channel) throw new Error('no');
        await client.chat.update({
          channel: body.channel.id,
          ts: body.message.ts,
          text: 'page 2',
          blocks: [section('*page 2*'), buttons('Previous')],
        });
        await respond({ text: 'only for you', replace_original: false });
      });
    });
    const posted = await app.client.chat.postMessage({
      channel: papers,
      text: 'page 1',
      blocks: [section('*page 1*'), buttons('Next')],
    });
    const run = await slack.click({ user: 'ben', channel: 'papers', button: 'Next' });
    expect(run.acked).toBe(true);
    expect((await run.reply()).text).toBe('only for you');
    const [message] = slack.view('papers', 'ada');
    expect(message).toMatchObject({ ts: posted.ts, text: 'page 2' });
    expect(message?.buttons.map((button) => button.text)).toEqual(['Previous']);
    expect(message?.message.edits.map((edit) => edit.text)).toEqual(['page 1']);
  });

  it('a button in an ephemeral message replaces it through the response_url alone', async () => {
    const slack = await slackWith();
    await launch(slack, (app) => {
      app.command('/paper', async ({ ack, respond }) => {
        await ack();
        await respond({ text: 'one', blocks: [section('one'), buttons('Next', 'Close')] });
      });
      app.action('press-next', async ({ ack, respond, body }) => {
        await ack();
        const known = 'message' in body && body.message !== undefined;
        await respond({ text: `two, message sent along: ${known}`, replace_original: true });
      });
      app.action('press-close', async ({ ack, respond }) => {
        await ack();
        await respond({ delete_original: true });
      });
    });
    const first = await (await slack.slash({ user: 'ada', channel: 'papers' })).reply();
    await expect(slack.click({ user: 'ben', channel: 'papers', button: 'Next' })).rejects.toThrow(
      'ben sees no button Next',
    );
    await (await slack.click({ user: 'ada', channel: 'papers', button: 'Next' })).reply();
    const [replaced] = slack.view('papers', 'ada');
    expect(replaced).toMatchObject({ ts: first.ts, text: 'two, message sent along: false' });
    expect(slack.view('papers', 'ada')).toHaveLength(1);

    const second = await (await slack.slash({ user: 'ada', channel: 'papers' })).reply();
    await slack.click({ user: 'ada', channel: 'papers', button: 'Close', message: second });
    await slack.waitFor(() => second.message.deleted);
    expect(slack.view('papers', 'ada')).toHaveLength(1);
  });

  it('a mention is heard as a mention and as a message of the channel', async () => {
    const slack = await slackWith();
    const heard: { type: string; ts: string }[] = [];
    await launch(slack, (app) => {
      app.event('app_mention', async ({ event: { type, ts } }) => void heard.push({ type, ts }));
      app.event('message', async ({ event: { type, ts } }) => void heard.push({ type, ts }));
    });
    const { message, answers } = await slack.mention({
      user: 'ada',
      channel: 'papers',
      text: 'hi',
    });
    expect(answers).toHaveLength(2);
    expect(new Set(heard.map(({ type }) => type))).toEqual(new Set(['app_mention', 'message']));
    expect(heard.map(({ ts }) => ts)).toEqual([message.ts, message.ts]);
  });

  it.each([true, false])('a mention arrives twice, with the same event_id: %s', async (same) => {
    const slack = await slackWith(mentionsOnly);
    const heard: { id: string; ts: string; text: string; retry: unknown }[] = [];
    await launch(slack, (app) => {
      app.event('app_mention', async ({ event, body, context }) => {
        const { ts, text } = event;
        heard.push({ id: body.event_id, ts, text, retry: context.retryNum });
      });
    });
    const said = await slack.mention({
      user: 'ada',
      channel: 'papers',
      text: 'find x<y & https://arxiv.org/abs/1',
      deliveries: 2,
      sameEventId: same,
    });
    expect(said.answers.map((answer) => answer.acked)).toEqual([true, true]);
    expect(heard).toHaveLength(2);
    expect(new Set(heard.map((one) => one.ts))).toEqual(new Set([said.message.ts]));
    expect(new Set(heard.map((one) => one.id)).size).toBe(same ? 1 : 2);
    expect(heard[0]?.text).toBe('<@U0PAPERBOY> find x&lt;y &amp; <https://arxiv.org/abs/1>');
    expect(heard.map((one) => Number(one.retry ?? 0)).sort()).toEqual([0, 1]);
  });

  it('a direct message, a menu and an opened Home reach the app', async () => {
    const slack = await slackWith();
    await launch(slack, (app) => {
      app.message(async ({ message, say }) => {
        if (message.subtype !== undefined) return;
        await say({
          text: 'pick',
          blocks: [
            {
              type: 'actions',
              block_id: 'menu',
              elements: [
                {
                  type: 'static_select',
                  action_id: 'top',
                  placeholder: { type: 'plain_text', text: 'How many?' },
                  options: ['5', '10'].map((value) => ({
                    value,
                    text: { type: 'plain_text', text: `${value} papers` },
                  })),
                },
              ],
            },
          ],
        });
      });
      app.action('top', async ({ ack, body, respond }) => {
        await ack();
        if (body.type !== 'block_actions') return;
        const chosen = body.state?.values.menu?.top?.selected_option?.value;
        await respond({ text: `chosen ${chosen}`, replace_original: true });
      });
      app.event('app_home_opened', async ({ event, client }) => {
        await client.views.publish({
          user_id: event.user,
          view: { type: 'home', blocks: [section(`Hello <@${event.user}>`), buttons('Help')] },
        });
      });
    });
    await slack.dm({ user: 'ada', text: 'hi' });
    const asked = await slack.waitFor(() => slack.posts('dm-ada')[0]);
    await slack.click({ user: 'ada', channel: 'dm-ada', button: 'How many?', choice: '10 papers' });
    await slack.waitFor(() => asked.edits.length > 0);
    expect(asked.text).toBe('chosen 10');
    await slack.openHome({ user: 'ada' });
    const home = await slack.waitFor(() => slack.home('ada'));
    expect(home.text).toBe('Hello @ada');
    expect(home.buttons.map((button) => button.text)).toEqual(['Help']);
  });

  it('a command that is not acknowledged is noticed, and the person is told', async () => {
    const slack = await slackWith({ ackDeadlineMs: 60 });
    await launch(slack, (app) => {
      app.command('/paper', () => new Promise((done) => setTimeout(done, 100)));
    });
    const run = await slack.slash({ user: 'ada', channel: 'papers', text: 'slow' });
    expect(run.failure).toBe('operation_timeout');
    expect(slack.unacked.map((one) => one.kind)).toEqual(['slash_commands']);
    expect(slack.view('papers', 'ada').map((one) => `${one.from}: ${one.text}`)).toEqual([
      'slackbot: /paper failed with the error "operation_timeout"',
    ]);
  });
});

describe('Socket Mode', () => {
  it('shares the envelopes among its connections', async () => {
    const slack = await slackWith();
    const heard: string[] = [];
    for (const name of ['first', 'second']) {
      await connected(slack, (app) => {
        app.command('/paper', async ({ ack }) => {
          heard.push(name);
          await ack();
        });
      });
    }
    expect(slack.socket.connections).toBe(2);
    for (let turn = 0; turn < 4; turn += 1) await slack.slash({ user: 'ada', channel: 'papers' });
    expect(heard.sort()).toEqual(['first', 'first', 'second', 'second']);
  });

  it('sends an event three more times when nothing comes back', async () => {
    const slack = await slackWith({ ...mentionsOnly, ackDeadlineMs: 20 });
    await connected(slack, () => undefined);
    slack.socket.silent = true;
    await slack.mention({ user: 'ada', channel: 'papers', text: 'hello' });
    await slack.waitFor(() => slack.unacked.length === 4);
    expect(slack.deliveries.map((one) => one.attempt)).toEqual([0, 1, 2, 3]);
    expect(slack.deliveries[3]?.retryReason).toBe('timeout');
  });

  it('asks its clients to reconnect, and a command without a connection fails at once', async () => {
    const slack = await slackWith();
    await connected(slack, () => undefined);
    slack.socket.disconnect('refresh_requested');
    await slack.waitFor(() => slack.socket.connections === 0);
    const run = await slack.slash({ user: 'ada', channel: 'papers' });
    expect(run.failure).toBe('dispatch_failed');
  });

  it.each([
    [false, 0],
    [true, 1],
  ])('closes TCP after the closing handshake, unless it lingers: %s', async (lingers, open) => {
    const slack = await slackWith({ lingerAfterClose: lingers });
    const app = socketApp(slack);
    await app.start();
    await app.stop();
    await new Promise((done) => setTimeout(done, 30));
    expect(slack.socket.connections).toBe(open);
  });

  it('notices an acknowledgement that comes too late, and ignores it', async () => {
    const slack = await slackWith({ ackDeadlineMs: 30 });
    await connected(slack, (app) => {
      app.command('/paper', async ({ ack }) => {
        await new Promise((done) => setTimeout(done, 60));
        await ack('late');
      });
    });
    const run = await slack.slash({ user: 'ada', channel: 'papers' });
    expect(run.failure).toBe('operation_timeout');
    const late = await slack.waitFor(() => slack.unacked[0]?.lateAckMs);
    expect(late).toBeGreaterThan(30);
    expect(run.shown()).toEqual([]);
  });
});

describe('signed HTTP', () => {
  it('is verified by the receiver, which turns forgeries away', async () => {
    const slack = await slackWith();
    await overHttp(slack, (app) => app.command('/paper', ({ ack }) => ack()));
    expect(await slack.verifyUrl()).toBe(true);
    const who = { user: 'ada', channel: 'papers' };
    expect((await slack.slash(who)).acked).toBe(true);
    expect(await slack.forge('wrong signature', who)).toBe(401);
    expect(await slack.forge('old timestamp', who)).toBe(401);
    expect(await slack.forge('no signature', who)).toBe(401);
  });

  it('is tried three more times for an event while the app is down', async () => {
    const slack = await slackWith(mentionsOnly);
    const app = await httpApp(slack);
    await app.stop();
    await slack.mention({ user: 'ada', channel: 'papers', text: 'hello' });
    await slack.waitFor(() => slack.unacked.length === 4);
    expect(slack.deliveries.map((one) => one.retryReason)).toEqual([
      undefined,
      'connection_failed',
      'connection_failed',
      'connection_failed',
    ]);
  });
});

describe('a response_url', () => {
  const urlOf = async (slack: FakeSlack) => {
    await connected(slack, (app) => app.command('/paper', ({ ack }) => ack()));
    const run = await slack.slash({ user: 'ada', channel: 'general' });
    return { run, url: String(run.payload.response_url) };
  };
  const send = async (url: string, body: unknown) => {
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
    return `${response.status} ${await response.text()}`;
  };

  it('works five times, in a channel without the bot, and checks what it is given', async () => {
    const slack = await slackWith();
    const { run, url } = await urlOf(slack);
    expect(await send(url, {})).toBe('400 {"ok":false,"error":"no_text"}');
    const blocks = [section('x'.repeat(3001))];
    expect(await send(url, { blocks })).toBe('400 {"ok":false,"error":"invalid_blocks"}');
    for (let use = 0; use < 5; use += 1) {
      expect(await send(url, { text: `${use}`, response_type: 'in_channel' })).toBe('200 ok');
    }
    expect(await send(url, { text: '6' })).toBe('404 {"ok":false,"error":"used_url"}');
    expect(run.responses).toHaveLength(8);
    expect(slack.view('general', 'ben')).toHaveLength(5);
  });

  it('dies after thirty minutes, and has nothing to replace after a command', async () => {
    let now = Date.now();
    const slack = await slackWith({ now: () => now });
    const { url } = await urlOf(slack);
    await send(url, { text: 'one' });
    await send(url, { text: 'two', replace_original: true });
    expect(slack.view('general', 'ada').map((one) => one.text)).toEqual(['one', 'two']);
    now += 30 * 60_000 + 1;
    expect(await send(url, { text: 'late' })).toBe('404 {"ok":false,"error":"expired_url"}');
  });
});

describe('stop()', () => {
  it('ends though calls hang and connections are open', async () => {
    const slack = await FakeSlack.start();
    const app = socketApp(slack);
    await app.start();
    slack.fault({ method: 'users.info', kind: 'hang' });
    const hanging = app.client.users.info({ user: 'U0ADA' }).catch((error: unknown) => error);
    await new Promise((done) => setTimeout(done, 20));
    await slack.stop();
    expect(await hanging).toBeInstanceOf(webApi.WebAPIRequestError);
    await app.stop();
  });
});
