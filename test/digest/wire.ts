/** The real bot beside a fake Slack or Discord, and its minutes. */
import { onTestFinished } from 'vitest';
import { channelRef } from '../../src/model/channel.ts';
import { FakeDiscord } from '../fakes/discord/server.ts';
import { FakeSlack } from '../fakes/slack/slack.ts';
import { type House, openHouse } from '../house.ts';

export async function openSlack() {
  const slack = await FakeSlack.start();
  onTestFinished(() => slack.stop());
  const { app, team } = slack.workspace;
  const { id } = slack.workspace.channel('papers');
  const channel = channelRef({ platform: 'slack', workspace: team.id, channel: id });
  const digests = () => slack.posts('papers').filter(({ text }) => /^\d+ papers? for/.test(text));
  return {
    slack,
    channel,
    env: {
      SLACK_API_URL: slack.apiUrl,
      SLACK_BOT_TOKEN: app.botToken,
      SLACK_APP_TOKEN: app.appToken,
      PAPERBOY_TIMEZONE: 'Europe/Berlin',
    },
    say: async (text: string) => {
      await (await slack.slash({ user: 'ada', channel: 'papers', text })).reply();
    },
    digests,
    /** The paper of each digest, where they have one. */
    titles: () => digests().map(({ blocks }) => /abs\/[\d.]+/.exec(JSON.stringify(blocks))?.[0]),
    lastIn: async ({ services }: House) => (await services.editions.latest(channel))?.delivery,
    /** Resolves when a digest is on its way to Slack, which answers a while later. */
    slowly: async () => {
      const before = slack.callsOf('chat.postMessage').length;
      slack.fault({ method: 'chat.postMessage', kind: 'slow', delayMs: 1_500 });
      return () => slack.waitFor(() => slack.callsOf('chat.postMessage').length > before, 20_000);
    },
  };
}

export async function openDiscord(more: Record<string, string> = {}) {
  const discord = await FakeDiscord.start();
  onTestFinished(() => discord.stop());
  const house = await openHouse({
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    PAPERBOY_TIMEZONE: 'Europe/Berlin',
    ...more,
  });
  return { discord, house };
}

export async function tickAt(house: House, instant: string): Promise<void> {
  house.clock.now = new Date(instant);
  await house.services.digests.tick();
}
