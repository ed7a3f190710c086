/** The fake's Web API against the real client: what it refuses, limits and remembers. */
import { type types, webApi } from '@slack/bolt';
import { afterEach, describe, expect, it } from 'vitest';
import { clientFor, socketApp } from './bolt.ts';
import { buttons, section } from './sample-blocks.ts';
import { FakeSlack, type FakeSlackOptions } from './slack.ts';

let stop: (() => Promise<void>) | undefined;
afterEach(() => stop?.());

async function slackWith(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const slack = await FakeSlack.start(options);
  stop = () => slack.stop();
  return slack;
}

async function refused(call: Promise<unknown>): Promise<webApi.WebAPIPlatformError> {
  const error = await call.then(
    () => new Error('it was accepted'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof webApi.WebAPIPlatformError) return error;
  throw error;
}

/** The error in Slack's words: `channel_not_found`, … */
const refusal = async (call: Promise<unknown>) => (await refused(call)).data.error;

const papers = 'C0PAPERS';

describe('the Web API', () => {
  it('knows its tokens', async () => {
    const slack = await slackWith();
    const { appToken } = slack.workspace.app;
    expect(await clientFor(slack).auth.test()).toMatchObject({ ok: true, user_id: 'U0PAPERBOY' });
    expect(await refusal(clientFor(slack, 'xoxb-wrong').auth.test())).toBe('invalid_auth');
    expect(await refusal(clientFor(slack, '').auth.test())).toBe('not_authed');
    expect(await refusal(clientFor(slack, appToken).auth.test())).toBe('not_allowed_token_type');
    const app = socketApp(slack, { token: 'xoxb-wrong', deferInitialization: true });
    expect(await refusal(app.init())).toBe('invalid_auth');
    await slack.uninstall();
    expect(await refusal(clientFor(slack).auth.test())).toBe('account_inactive');
  });

  it('refuses channels that are unknown, foreign or archived, and unknown methods', async () => {
    const slack = await slackWith();
    slack.workspace.addChannel({ name: 'secret', kind: 'private', members: ['ada'] });
    slack.workspace.addChannel({ name: 'old' });
    await slack.archive('old');
    const client = clientFor(slack);
    const post = (channel: string) => refusal(client.chat.postMessage({ channel, text: 'hi' }));
    expect(await post('C0NOWHERE')).toBe('channel_not_found');
    expect(await post('C0SECRET')).toBe('channel_not_found');
    expect(await post('C0GENERAL')).toBe('not_in_channel');
    expect(await post('C0OLD')).toBe('is_archived');
    await slack.removeBot('papers');
    expect(await post(papers)).toBe('not_in_channel');
    expect(await refusal(client.apiCall('papers.read'))).toBe('unknown_method');
    slack.workspace.missingScopes.set('conversations.history', 'channels:history');
    const history = client.conversations.history({ channel: papers });
    expect(await refusal(history)).toBe('missing_scope');
    expect(slack.calls.map((call) => call.error)).not.toContain(undefined);
  });

  it('refuses blocks over a limit and says which', async () => {
    const slack = await slackWith();
    const client = clientFor(slack);
    const post = (...blocks: types.KnownBlock[]) =>
      client.chat.postMessage({ channel: papers, text: 'x', blocks });
    const error = (...blocks: types.KnownBlock[]) => refusal(post(...blocks));
    const why = await refused(post(section('fine'), section('x'.repeat(3001))));
    expect(why.data.response_metadata?.messages).toEqual([
      '[ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text/text]',
    ]);
    const long = (size: number) => 'x'.repeat(size);
    const header = (text: string): types.HeaderBlock => ({
      type: 'header',
      text: { type: 'plain_text', text },
    });
    expect(await error(header(long(151)))).toBe('invalid_blocks');
    expect(await error(header(''))).toBe('invalid_blocks');
    expect(await error(buttons(long(76)))).toBe('invalid_blocks');
    expect(await error(buttons('Same', 'Same'))).toBe('invalid_blocks');
    const many = Array.from({ length: 26 }, (_, index) => `b${index}`);
    expect(await error(buttons(...many))).toBe('invalid_blocks');
    expect(await error(...Array.from({ length: 51 }, () => section('a')))).toBe('invalid_blocks');
    const twins = { ...section('a'), block_id: 'twin' };
    expect(await error(twins, twins)).toBe('invalid_blocks');
    const tooMuch = Array.from({ length: 5 }, () => section(long(2700)));
    expect(await error(...tooMuch)).toBe('msg_blocks_too_long');
    slack.workspace.brokenImages.push(/example\.org/);
    const image_url = 'https://example.org/a.png';
    expect(await error({ type: 'image', image_url, alt_text: 'a' })).toBe('invalid_blocks');
    expect(slack.posts('papers')).toEqual([]);
    await post(header(long(150)), buttons(...many.slice(1)), section(long(3000)));
    expect(slack.posts('papers')).toHaveLength(1);
  });

  it('refuses a message without words, with too many, or with odd metadata', async () => {
    const slack = await slackWith();
    const client = clientFor(slack);
    const post = (args: Record<string, unknown>) =>
      refusal(client.apiCall('chat.postMessage', { channel: papers, ...args }));
    expect(await post({})).toBe('no_text');
    expect(await post({ text: ' ', blocks: [] })).toBe('no_text');
    expect(await post({ text: 'x'.repeat(40_001) })).toBe('msg_too_long');
    expect(await post({ text: 'x', blocks: '{not json' })).toBe('invalid_blocks_format');
    expect(await post({ text: 'x', metadata: 'edition' })).toBe('invalid_metadata_format');
    const untyped = { event_payload: {} };
    expect(await post({ text: 'x', metadata: untyped })).toBe('invalid_metadata_schema');
  });

  it('edits by its rules', async () => {
    const slack = await slackWith();
    const client = clientFor(slack);
    const posted = await client.chat.postMessage({
      channel: papers,
      text: 'first',
      blocks: [section('first'), buttons('Next')],
    });
    const ts = String(posted.ts);
    const { message } = await slack.say({ user: 'ada', channel: 'papers', text: 'mine' });
    const update = (args: { ts: string; text: string }) =>
      client.chat.update({ channel: papers, ...args });
    expect(await refusal(update({ ts: '1.2', text: 'x' }))).toBe('message_not_found');
    expect(await refusal(update({ ts: message.ts, text: 'x' }))).toBe('cant_update_message');
    expect(await refusal(update({ ts, text: 'x'.repeat(4001) }))).toBe('msg_too_long');
    await update({ ts, text: 'text alone removes the blocks' });
    const [seen] = slack.view('papers', 'ben');
    expect(seen).toMatchObject({
      text: 'text alone removes the blocks',
      edited: true,
      buttons: [],
    });
    expect(seen?.message.edits).toHaveLength(1);
    await client.chat.delete({ channel: papers, ts });
    expect(slack.view('papers', 'ben').map((one) => one.text)).toEqual(['mine']);
  });

  it('reads history back in pages, with metadata only when asked for', async () => {
    const slack = await slackWith();
    const client = clientFor(slack);
    for (const slot of ['a', 'b', 'c']) {
      const metadata = { event_type: 'edition', event_payload: { slot } };
      await client.chat.postMessage({ channel: papers, text: slot, metadata });
    }
    const newest = slack.posts('papers')[2];
    const plain = await client.conversations.history({ channel: papers, limit: 2 });
    expect(plain.messages?.map((one) => [one.text, one.metadata])).toEqual([
      ['c', { event_type: 'edition' }],
      ['b', { event_type: 'edition' }],
    ]);
    const cursor = String(plain.response_metadata?.next_cursor);
    const rest = await client.conversations.history({ channel: papers, limit: 2, cursor });
    expect(rest.messages?.map((one) => one.text)).toEqual(['a']);
    const full = await client.conversations.history({
      channel: papers,
      latest: String(newest?.ts),
      include_all_metadata: true,
    });
    expect(full.messages?.map((one) => one.metadata?.event_payload)).toEqual([
      { slot: 'b' },
      { slot: 'a' },
    ]);
    const thread_ts = String(newest?.ts);
    await client.chat.postMessage({ channel: papers, text: 'reply', thread_ts });
    const thread = await client.conversations.replies({ channel: papers, ts: thread_ts });
    expect(thread.messages?.map((one) => one.text)).toEqual(['c', 'reply']);
  });

  it('knows people and channels', async () => {
    const slack = await slackWith({ now: () => Date.UTC(2026, 0, 5) });
    const client = clientFor(slack);
    const { user } = await client.users.info({ user: 'U0BEN' });
    expect(user).toMatchObject({ name: 'ben', tz: 'Asia/Tokyo', tz_offset: 32_400 });
    expect((await client.conversations.info({ channel: papers })).channel?.is_member).toBe(true);
    const own = await client.users.conversations({});
    expect(own.channels?.map((one) => one.id)).toEqual([papers]);
    await client.conversations.join({ channel: 'C0GENERAL' });
    const all = await client.conversations.members({ channel: 'C0GENERAL' });
    expect(all.members).toContain('U0PAPERBOY');
    const dm = await client.conversations.open({ users: 'U0ADA' });
    await client.chat.postMessage({ channel: String(dm.channel?.id), text: 'psst' });
    expect(slack.view('dm-ada', 'ada').map((one) => one.text)).toEqual(['psst']);
    const to = { channel: papers, user: 'U0ADA', text: 'for ada' };
    await client.chat.postEphemeral(to);
    expect(slack.view('papers', 'ben')).toEqual([]);
    const stranger = client.chat.postEphemeral({ ...to, user: 'U0NOBODY' });
    expect(await refusal(stranger)).toBe('user_not_in_channel');
  });

  it('opens a modal once, within three seconds of what the person did', async () => {
    let now = Date.now();
    const slack = await slackWith({ now: () => now });
    const client = clientFor(slack);
    const view: types.View = {
      type: 'modal',
      title: { type: 'plain_text', text: 'Settings' },
      blocks: [section('Which *topics*?')],
    };
    const trigger = async () => {
      const run = await slack.slash({ user: 'ada', channel: 'papers' });
      return String(run.payload.trigger_id);
    };
    const trigger_id = await trigger();
    await client.views.open({ trigger_id, view });
    expect(slack.modal('ada')).toEqual({ title: 'Settings', text: 'Which topics?' });
    expect(await refusal(client.views.open({ trigger_id, view }))).toBe('exchanged_trigger_id');
    const late = await trigger();
    now += 3001;
    const open = client.views.open({ trigger_id: late, view });
    expect(await refusal(open)).toBe('expired_trigger_id');
    const title: types.PlainTextElement = { type: 'plain_text', text: 'x'.repeat(25) };
    const wide = client.views.open({ trigger_id: await trigger(), view: { ...view, title } });
    expect((await refused(wide)).data.response_metadata?.messages).toEqual([
      '[ERROR] must be less than 25 characters [json-pointer:/view/title/text]',
    ]);
  });

  it('links to a message and takes one reaction of a kind', async () => {
    const slack = await slackWith();
    const client = clientFor(slack);
    const ts = String((await client.chat.postMessage({ channel: papers, text: 'x' })).ts);
    const link = await client.chat.getPermalink({ channel: papers, message_ts: ts });
    expect(link.permalink).toBe(
      `https://readers.slack.com/archives/C0PAPERS/p${ts.replace('.', '')}`,
    );
    const react = () => client.reactions.add({ channel: papers, timestamp: ts, name: 'eyes' });
    await react();
    expect(await refusal(react())).toBe('already_reacted');
  });

  it('limits posts to one a second in a channel and says how long to wait', async () => {
    let now = Date.now();
    const slack = await slackWith({ now: () => now });
    slack.limits.enforceRate = true;
    const client = clientFor(slack);
    const post = (channel = papers) => client.chat.postMessage({ channel, text: 'x' });
    await post();
    const error = await post().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(webApi.WebAPIRateLimitedError);
    expect(error).toMatchObject({ retryAfter: 1 });
    await post('U0ADA');
    now += 1000;
    await post();
    expect(slack.posts('papers')).toHaveLength(2);
  });

  it('fails on order', async () => {
    const slack = await slackWith();
    const client = clientFor(slack);
    const post = () => client.chat.postMessage({ channel: papers, text: 'x' });
    const failing = () => post().catch((thrown: unknown) => thrown);
    const method = 'chat.postMessage';
    slack.fault({ method, kind: '429', retryAfter: 30 });
    expect(await failing()).toMatchObject({ retryAfter: 30 });
    slack.fault({ method, kind: '503' });
    expect(await failing()).toMatchObject({ statusCode: 503 });
    slack.fault({ method, kind: 'html' });
    expect(await failing()).toBeInstanceOf(webApi.WebAPIPlatformError);
    slack.fault({ method, kind: 'error', error: 'fatal_error' });
    expect(await refusal(post())).toBe('fatal_error');
    slack.fault({ method, kind: 'cut' });
    expect(await failing()).toBeInstanceOf(webApi.WebAPIRequestError);
    expect(slack.posts('papers')).toHaveLength(0);
    slack.fault({ method, kind: 'accept-then-cut' });
    expect(await failing()).toBeInstanceOf(webApi.WebAPIRequestError);
    expect(slack.posts('papers')).toHaveLength(1);
    await post();
    expect(slack.posts('papers')).toHaveLength(2);
  });
});

describe('what a person sees', () => {
  it('is words, links and whom it disturbs, with markup gone', async () => {
    const slack = await slackWith();
    await clientFor(slack).chat.postMessage({
      channel: papers,
      text: 'fallback',
      blocks: [
        section('*<https://arxiv.org/abs/1|A &lt;b&gt; &amp; *c*>* by _Ada_ in `a*b*c` 2*3*4'),
        section('<!channel> <@U0BEN> see <#C0GENERAL> or https://example.org/x'),
        section('*lost* &lt;!here&gt;\n&gt; not quoted? it is'),
      ],
    });
    const [seen] = slack.view('papers', 'ada');
    expect(seen?.text).toBe(
      [
        'A <b> & *c* by Ada in a*b*c 2*3*4',
        '@channel @ben see #general or https://example.org/x',
        'lost <!here>\nnot quoted? it is',
      ].join('\n'),
    );
    expect(seen?.links).toEqual([
      { label: 'A <b> & *c*', url: 'https://arxiv.org/abs/1' },
      { label: 'https://example.org/x', url: 'https://example.org/x' },
    ]);
    expect(seen?.notifies).toEqual(['@channel', '@ben']);
  });
});
