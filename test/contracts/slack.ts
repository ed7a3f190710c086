/** Slack as the contract sees it: ada asks, ben is in the channel too. */
import { onTestFinished } from 'vitest';
import { channelRef } from '../../src/model/channel.ts';
import type { Seen } from '../fakes/slack/render.ts';
import { FakeSlack } from '../fakes/slack/slack.ts';
import { openHouse } from '../house.ts';
import { type Shown, type Stage, startedIn } from './platform.ts';

export async function openSlackStage(
  mode: 'socket' | 'http',
  env: Record<string, string> = {},
): Promise<Stage> {
  const slack = await FakeSlack.start({
    users: [{ name: 'ada', tz: 'Europe/Berlin' }, { name: 'ben' }],
    channels: [
      { name: 'general' },
      { name: 'papers' },
      { name: 'closed', members: ['ada', 'ben'] },
    ],
  });
  onTestFinished(() => slack.stop());
  const { app, team } = slack.workspace;
  const house = await openHouse({
    ...env,
    SLACK_BOT_TOKEN: app.botToken,
    SLACK_API_URL: slack.apiUrl,
    ...(mode === 'socket'
      ? { SLACK_APP_TOKEN: app.appToken }
      : { SLACK_SIGNING_SECRET: app.signingSecret, SLACK_PORT: '0' }),
  });
  const port = /Slack: .* port (\d+)/.exec(house.lines.join('\n'))?.[1];
  if (port) slack.deliverHttp(`http://127.0.0.1:${port}`);

  const ref = (channel: string) => channelRef({ platform: 'slack', workspace: team.id, channel });
  const idOf = (name: string) => slack.workspace.channel(name).id;
  const channel = ref(idOf('general'));
  const view = (user: string, name = 'general') =>
    slack
      .view(name, user)
      .filter(({ from }) => from === app.name)
      .map(shown);

  const under = (message: string, ts: string) =>
    slack.posts('general').some((post) => post.ts === ts && post.threadTs === message);

  return {
    house,
    platform: startedIn(house, 'slack'),
    channel,
    otherChannel: ref(idOf('papers')),
    goneChannel: ref('C0NOWHERE'),
    forbiddenChannel: ref(idOf('closed')),
    isPostedOnce: false,
    asker: slack.workspace.user('ada').id,
    bait: '<!channel> <@U0BEN> <!subteam^S1|@staff> <https://evil.example/|good> @everyone',
    seen: async (where = channel) => view('ben', where === channel ? 'general' : 'papers'),
    mine: async () => view('ada'),
    seenUnder: async (message) => view('ben').filter((each) => under(message, each.id)),
    told: async () => view('ada', slack.workspace.im(slack.workspace.user('ada').id).id),
    async type(text) {
      const before = view('ada').length;
      const asked = await slack.slash({ user: 'ada', channel: 'general', text });
      // People ask on under an answer to a question, so that it is a message like any other.
      if (text.startsWith('ask ')) return slack.waitFor(() => view('ada')[before]);
      return shown(await asked.reply());
    },
    async press({ id: message }, label, who = 'asker') {
      const user = who === 'asker' ? 'ada' : 'ben';
      const button = { user, channel: 'general', button: label, message };
      return shown(await (await slack.click(button)).reply());
    },
    remove: async ({ id }) => slack.deleteMessage('general', id),
    async say(text) {
      await slack.say({ user: 'ben', channel: 'general', text });
    },
  };
}

function shown({ ts, text, buttons, notifies, links }: Seen): Shown {
  // A link that hides where it leads misleads as much as a call disturbs.
  const posing = links.filter(({ label, url }) => url.includes('evil') && label !== url);
  return {
    id: ts,
    words: text,
    buttons: buttons.map((button) => button.text),
    calls: [...notifies, ...posing.map(({ label }) => label)],
  };
}
