/** Who typed or pressed, and what Slack lets them do there. Nothing is kept beyond the one interaction. */
import type { webApi } from '@slack/bolt';
import type { Actor } from '../../command/context.ts';
import type { Log } from '../../log.ts';
import { errorCode } from './failure.ts';
import { isDirect } from './place.ts';

/** The most members one page holds: https://docs.slack.dev/reference/methods/conversations.members */
const MEMBERS_A_PAGE = 1_000;

export interface Somebody {
  user: string;
  /** What the payload calls them, where it does. */
  named: string | undefined;
  channel: string;
}

export async function createActor(
  { ask, adminsOnly, log }: { ask: webApi.WebClient; adminsOnly: boolean; log: Log },
  { user, named, channel }: Somebody,
): Promise<Actor> {
  let asked: Promise<webApi.UsersInfoResponse['user']> | undefined;
  const profile = () => {
    asked ??= ask.users.info({ user }).then((answer) => answer.user);
    return asked;
  };
  const known = () =>
    profile().catch((error: unknown) => {
      log.warn({ err: error }, 'slack: a profile could not be read');
      return undefined;
    });
  const nameOf = (found: webApi.UsersInfoResponse['user']) =>
    found?.profile?.display_name || found?.real_name || user;
  return {
    id: user,
    name: named || nameOf(await known()),
    async mayManage() {
      // A direct message is its person's own, whatever they are in the workspace.
      if (isDirect(channel)) return true;
      if (!adminsOnly) return isMember(ask, channel, user);
      const found = await profile();
      return Boolean(found?.is_admin || found?.is_owner || found?.is_primary_owner);
    },
    timezone: async () => (await known())?.tz,
  };
}

async function isMember(ask: webApi.WebClient, channel: string, user: string): Promise<boolean> {
  try {
    for (let cursor = ''; ; ) {
      const page = await ask.conversations.members({
        channel,
        limit: MEMBERS_A_PAGE,
        ...(cursor ? { cursor } : {}),
      });
      if (page.members?.includes(user)) return true;
      cursor = page.response_metadata?.next_cursor ?? '';
      if (!cursor) return false;
    }
  } catch (error) {
    // In a channel the bot cannot see, whoever can type or press is in it.
    if (['channel_not_found', 'missing_scope'].includes(errorCode(error) ?? '')) return true;
    throw error;
  }
}
