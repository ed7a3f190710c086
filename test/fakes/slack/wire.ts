/**
 * Objects as Slack writes them on the wire.
 *
 * https://docs.slack.dev/reference/objects/user-object
 * https://docs.slack.dev/reference/objects/conversation-object
 * https://docs.slack.dev/reference/events/message
 */
import type { Message } from './messages.ts';
import type { View } from './views.ts';
import type { Channel, User, Workspace } from './workspace.ts';

export type Wire = Record<string, unknown>;

/** `allMetadata` false gives the metadata's type without its payload, as Slack does by default. */
export function messageWire(
  message: Message,
  workspace: Workspace,
  { allMetadata = true }: { allMetadata?: boolean } = {},
): Wire {
  const { app, team } = workspace;
  const fromApp = message.user === app.botUserId;
  const { metadata } = message;
  return {
    type: 'message',
    // What came through a response_url is a bot_message without a user.
    ...(message.via === 'response_url' ? { subtype: 'bot_message' } : { user: message.user }),
    ...(fromApp && { bot_id: app.botId, app_id: app.id }),
    ts: message.ts,
    text: message.text,
    team: team.id,
    ...(message.blocks.length > 0 && { blocks: message.blocks }),
    ...(metadata && { metadata: allMetadata ? metadata : { event_type: metadata.event_type } }),
    ...(message.threadTs !== undefined && { thread_ts: message.threadTs }),
    ...(message.edited && { edited: { user: message.user, ts: message.ts } }),
    ...(message.reactions.size > 0 && {
      reactions: [...message.reactions].map(([name, users]) => ({
        name,
        users: [...users],
        count: users.size,
      })),
    }),
  };
}

export function channelWire(channel: Channel, workspace: Workspace): Wire {
  if (channel.kind === 'im') {
    const user = [...channel.members].find((member) => member !== workspace.app.botUserId);
    return { id: channel.id, is_im: true, is_archived: channel.archived, user };
  }
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_im: false,
    is_mpim: channel.kind === 'mpim',
    is_private: channel.kind !== 'public',
    is_archived: channel.archived,
    is_general: channel.general,
    is_member: workspace.botIn(channel),
    is_shared: false,
    context_team_id: workspace.team.id,
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  };
}

export function userWire(user: User, workspace: Workspace, at: number): Wire {
  return {
    id: user.id,
    team_id: workspace.team.id,
    name: user.name,
    real_name: user.realName,
    deleted: user.deleted,
    tz: user.tz,
    tz_label: zoneName(user.tz, 'long', at),
    tz_offset: zoneOffset(user.tz, at),
    is_admin: user.isAdmin,
    is_owner: user.isOwner,
    is_primary_owner: user.isOwner,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: user.isBot,
    is_app_user: false,
    updated: 0,
    profile: {
      real_name: user.realName,
      display_name: user.name,
      email: user.email,
      team: workspace.team.id,
    },
  };
}

export function viewWire(view: View, workspace: Workspace): Wire {
  const { userId: _, ...rest } = view;
  return {
    private_metadata: '',
    callback_id: '',
    external_id: '',
    ...rest,
    team_id: workspace.team.id,
    app_id: workspace.app.id,
    bot_id: workspace.app.botId,
    app_installed_team_id: workspace.team.id,
    root_view_id: view.id,
    previous_view_id: null,
    state: { values: {} },
  };
}

function zoneName(timeZone: string, timeZoneName: 'long' | 'longOffset', at: number): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName }).formatToParts(at);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
}

/** Seconds east of UTC. */
function zoneOffset(timeZone: string, at: number): number {
  const match = /([+-])(\d\d):(\d\d)/.exec(zoneName(timeZone, 'longOffset', at));
  if (match === null) return 0;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60;
  return match[1] === '-' ? -seconds : seconds;
}
