/**
 * The Slack app's manifest, ready to paste under "From a manifest" at https://api.slack.com/apps.
 * Run as a script it prints it: for Socket Mode, or with `--http https://paperboy.example.com` for HTTP.
 * https://docs.slack.dev/reference/app-manifest
 */
import { parseArgs } from 'node:util';
import { UserError } from '../../errors.ts';
import { HTTP_PATH } from './http.ts';

/** Each scope and what it is for; a test holds them against the methods this folder calls. */
const scopes = [
  /** `/paper` */
  'commands',
  /** posting, editing its own messages, permalinks */
  'chat:write',
  /** hearing `@Paperboy search …` */
  'app_mentions:read',
  /** hearing what is written to it directly */
  'im:history',
  /** hearing who asks on in a thread it answered in, and finding the digest it posted right before a crash */
  'channels:history',
  'groups:history',
  /** a channel's name and whether it may post there; who is in it and so may change its subscriptions */
  'channels:read',
  'groups:read',
  'im:read',
  /** a person's timezone, and whether they are an admin */
  'users:read',
];

export type ManifestMode = { mode: 'socket' } | { mode: 'http'; url: string };

/** `url` is where Slack finds this machine, without the path; throws `UserError` unless it is https. */
export function slackManifest(options: ManifestMode) {
  const request = options.mode === 'http' ? requestUrl(options.url) : undefined;
  return {
    display_information: {
      name: 'Paperboy',
      description: 'Research papers in the places where people talk',
      background_color: '#1f2937',
    },
    features: {
      // Without the messages tab nobody can write to the bot.
      app_home: {
        home_tab_enabled: false,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: false,
      },
      bot_user: { display_name: 'Paperboy', always_online: true },
      slash_commands: [
        {
          command: '/paper',
          description: 'Find papers, and bring new ones to this channel',
          usage_hint: 'search model merging',
          // People and channels come with their ids.
          should_escape: true,
          ...(request ? { url: request } : {}),
        },
      ],
    },
    oauth_config: { scopes: { bot: [...scopes] } },
    settings: {
      event_subscriptions: {
        ...(request ? { request_url: request } : {}),
        bot_events: [
          'app_mention',
          'message.im',
          'message.channels',
          'message.groups',
          // Channels that are open to the bot again.
          'channel_unarchive',
          'group_unarchive',
          'member_joined_channel',
        ],
      },
      interactivity: { is_enabled: true, ...(request ? { request_url: request } : {}) },
      org_deploy_enabled: false,
      socket_mode_enabled: options.mode === 'socket',
      token_rotation_enabled: false,
    },
  };
}

function requestUrl(url: string): string {
  if (!URL.canParse(url) || new URL(url).protocol !== 'https:') {
    throw new UserError(
      'Slack calls https addresses only, for example --http https://paperboy.example.com',
    );
  }
  return new URL(HTTP_PATH, url).href;
}

if (import.meta.main) {
  try {
    const { values } = parseArgs({ options: { http: { type: 'string' } } });
    const { http: url } = values;
    const manifest = slackManifest(url === undefined ? { mode: 'socket' } : { mode: 'http', url });
    console.log(JSON.stringify(manifest, null, 2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
