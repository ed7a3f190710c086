import { expect, test } from 'vitest';
import { formatLine } from '../../src/command/grammar.ts';
import { channelRef } from '../../src/model/channel.ts';
import { renderReply } from '../../src/terminal/render.ts';
import { openHouse } from '../house.ts';
import { openDiscordStage } from './discord.ts';
import { openLocalStage } from './local.ts';
import { platformContract } from './platform.ts';
import { openSlackStage } from './slack.ts';

platformContract('Slack by Socket Mode', () => openSlackStage('socket'));
platformContract('Slack by HTTP', () => openSlackStage('http'));
platformContract('Discord', openDiscordStage);
platformContract('the local page', openLocalStage);

/** The terminal, which only answers: its lines are not wrapped and name commands as the chats do. */
async function openTerminal() {
  const { desk } = await openHouse();
  const actor = {
    id: 'you',
    name: 'you',
    mayManage: async () => true,
    timezone: async () => 'Europe/Berlin',
  };
  const place = {
    channel: channelRef({ platform: 'local', workspace: 'local', channel: 'general' }),
    name: '#general',
    obstacle: async () => undefined,
  };
  return {
    async type(line: string) {
      const text = renderReply(await desk.dispatch.attempt(line, actor, place), {
        columns: 1_000,
        style: (_, words) => words,
        links: false,
        shell: (command) => `/paper ${command}`,
        format: (invocation) => formatLine(invocation, desk.commands),
      });
      // Chats have buttons instead, and titles that are links.
      const [words = ''] = text.split('\nmore:\n');
      return { words: words.replace(/^ +https:.*$/gm, '') };
    },
  };
}

/**
 * The words alone, in no order: a platform may put the facts of a paper above or below its abstract, and
 * knows whoever asks by a name of its own.
 */
function bag(words: string): string[] {
  return words
    .replace(/[\u200b\u2060]/g, '')
    .replace(/\(by \w+\)/g, '(by the asker)')
    .replace(/^(\s*)(\d+)\.? /gm, '$1$2 ')
    .split(/\s+/)
    .filter((word) => !['', '•', '-', '·', '/paper'].includes(word))
    .sort();
}

test('the same line gives the same words everywhere', async () => {
  const [local, ...others] = await Promise.all([
    openLocalStage(),
    openSlackStage('socket'),
    openDiscordStage(),
    openTerminal(),
  ]);
  const lines = [
    'search language models',
    'help',
    'help search',
    'status',
    'topics',
    'subscribe model-merging',
    'status',
  ];
  for (const line of lines) {
    const { words } = await local.type(line);
    expect(words.length).toBeGreaterThan(60);
    for (const other of others) expect(bag((await other.type(line)).words)).toEqual(bag(words));
  }
});
