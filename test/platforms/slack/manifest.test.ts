import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { UserError } from '../../../src/errors.ts';
import { slackManifest } from '../../../src/platforms/slack/manifest.ts';

/** https://docs.slack.dev/reference/app-manifest, as far as it is used */
const Manifest = z.strictObject({
  display_information: z.strictObject({
    name: z.string().min(1).max(35),
    description: z.string().max(140),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.boolean(),
      messages_tab_enabled: z.literal(true),
      messages_tab_read_only_enabled: z.literal(false),
    }),
    bot_user: z.strictObject({
      display_name: z.string().regex(/^[\w. -]{1,80}$/),
      always_online: z.boolean(),
    }),
    slash_commands: z.tuple([
      z.strictObject({
        command: z.literal('/paper'),
        description: z.string().max(2_000),
        usage_hint: z.string().max(1_000),
        should_escape: z.boolean(),
        url: z.url({ protocol: /^https$/ }).optional(),
      }),
    ]),
  }),
  oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(z.string()).max(255) }) }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({
      request_url: z.url({ protocol: /^https$/ }).optional(),
      bot_events: z.array(z.string()).max(100),
    }),
    interactivity: z.strictObject({
      is_enabled: z.literal(true),
      request_url: z.url({ protocol: /^https$/ }).optional(),
    }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.literal(false),
  }),
});

/** Scopes each method or event needs for the conversations the bot serves, from its page on docs.slack.dev. */
const needed: Record<string, string[]> = {
  'auth.test': [],
  'chat.postMessage': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.delete': ['chat:write'],
  'chat.getPermalink': [],
  'conversations.info': ['channels:read', 'groups:read', 'im:read'],
  'conversations.members': ['channels:read', 'groups:read', 'im:read'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  'users.info': ['users:read'],
  app_mention: ['app_mentions:read'],
  'message.im': ['im:history'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  channel_unarchive: ['channels:read'],
  group_unarchive: ['groups:read'],
  member_joined_channel: ['channels:read', 'groups:read'],
  '/paper': ['commands'],
};

function methodsCalled(): string[] {
  const folder = new URL('../../../src/platforms/slack/', import.meta.url).pathname;
  const files = globSync('*.ts', { cwd: folder });
  expect(files.length).toBeGreaterThan(10);
  const sources = files.map((file) => readFileSync(`${folder}${file}`, 'utf8')).join('\n');
  const calls = sources.matchAll(/\b(?:ask|tell)\s*\.(auth|chat|conversations|users)\s*\.(\w+)\(/g);
  return [...new Set([...calls].map(([, family, method]) => `${family}.${method}`))];
}

describe('the app manifest', () => {
  const socket = slackManifest({ mode: 'socket' });
  const http = slackManifest({ mode: 'http', url: 'https://papers.example.com' });

  test('has the shape Slack takes, in both modes', () => {
    expect(Manifest.parse(socket)).toEqual(socket);
    expect(Manifest.parse(http)).toEqual(http);
  });

  test('asks for exactly the scopes of what is called and heard', () => {
    const uses = [...methodsCalled(), ...socket.settings.event_subscriptions.bot_events, '/paper'];
    expect(uses).toEqual(
      expect.arrayContaining(['chat.postMessage', 'conversations.history', 'message.im']),
    );
    for (const use of uses) expect(needed, use).toHaveProperty([use]);
    const scopes = new Set(uses.flatMap((use) => needed[use] ?? []));
    expect([...socket.oauth_config.scopes.bot].sort()).toEqual([...scopes].sort());
    expect(http.oauth_config).toEqual(socket.oauth_config);
  });

  test('sends Slack to one address by HTTP and to none by socket', () => {
    const url = 'https://papers.example.com/slack/events';
    expect(http.features.slash_commands[0]).toMatchObject({ url });
    expect(http.settings).toMatchObject({
      event_subscriptions: { request_url: url },
      interactivity: { request_url: url },
      socket_mode_enabled: false,
    });
    expect(JSON.stringify(socket)).not.toContain('url');
    expect(socket.settings.socket_mode_enabled).toBe(true);
  });

  test('is printed ready to paste, and a wrong address gets a sentence', async () => {
    const script = new URL('../../../src/platforms/slack/manifest.ts', import.meta.url).pathname;
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, [
      script,
      '--http',
      'https://papers.example.com',
    ]);
    expect(JSON.parse(stdout)).toEqual(http);
    await expect(
      run(process.execPath, [script, '--http', 'papers.example.com']),
    ).rejects.toMatchObject({
      stderr: expect.stringContaining('for example --http https://'),
    });
    expect(() => slackManifest({ mode: 'http', url: 'http://papers.example.com' })).toThrow(
      UserError,
    );
  });
});
