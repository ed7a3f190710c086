/** settings export | import <JSON> | copy from:#channel: all of a channel's settings at once. */
import { z } from 'zod';
import { flag, text } from '../src/command/args.ts';
import { settingsOrDefault } from '../src/command/channel.ts';
import { defineCommand } from '../src/command/command.ts';
import type { Context } from '../src/command/context.ts';
import { referenceIn } from '../src/command/reference.ts';
import { Refusal, UserError } from '../src/errors.ts';
import { channelParts, channelRef } from '../src/model/channel.ts';
import type { ChannelSettings } from '../src/model/settings.ts';
import { fileOf, readFile, type SettingsFile } from '../src/model/settings-file.ts';
import { limitsOf, type Subscription } from '../src/model/subscription.ts';
import { topicsOf } from '../src/model/topic.ts';
import { parseQuery } from '../src/query/parse.ts';
import { buttons, run, sentence } from '../src/reply/build.ts';
import type { Reply } from '../src/reply/reply.ts';
import { settingsWords } from '../src/reply/settings.ts';
import { beginning, say, type Text } from '../src/reply/text.ts';

/** Characters that every platform shows whole and takes in a line. */
const TYPED_MAX = 1_900;
/** Fifty topics with the longest queries, which only a button can bring. */
const FILE_MAX = 50_000;

export const settings = defineCommand({
  name: 'settings',
  describe: "Take this channel's settings and topics elsewhere, or bring others here",
  group: 'channel',
  examples: [
    'settings export',
    'settings import {"paperboy":1,"schedule":{"frequency":"daily","at":"09:00","on":["mon"],"timezone":"UTC","top":5},"topics":[]}',
    'settings copy #papers',
  ],
  rights: 'manage',
  visibility: 'asker',
  defer: false,
  args: z.object({
    do: text({
      describe: 'export; import and the JSON; or copy and #channel',
      example: 'export',
      positional: true,
      max: FILE_MAX,
      refers: true,
    }),
    sure: flag({ describe: 'Change it', example: 'sure:yes', hidden: true }).optional(),
  }),
  async run({ do: said, sure }, ctx) {
    const [, verb = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(said) ?? [];
    const before = await settingsOrDefault(ctx);
    const topics = await ctx.channels.subscriptions(before.channel);
    const current = fileOf(before, topics);
    switch (verb.toLowerCase()) {
      case 'export':
        return exported(current, ctx.place.name);
      case 'import':
        return change(read(rest, ctx), current, before, topics, { ctx, sure });
      case 'copy':
        return change(await other(rest, ctx), current, before, topics, { ctx, sure });
      default:
        throw new UserError(
          `“${verb.slice(0, 40)}” is nothing to do with settings; say for example “settings export”.`,
        );
    }
  },
});

function exported(file: SettingsFile, name: string): Reply {
  const text = JSON.stringify(file);
  if (text.length > TYPED_MAX) {
    return sentence(
      say`All of ${name} is too long for one message; “settings copy” in another channel brings it there.`,
    );
  }
  return sentence(
    say`All of ${name}; “settings import” and this text brings it to a channel.`,
    'asker',
    [{ kind: 'code', text }],
  );
}

function read(json: string, ctx: Context): SettingsFile {
  const found = readFile(json);
  if ('fault' in found) {
    throw new UserError(
      `These settings cannot be brought in, because ${found.fault}; take what “settings export” gives.`,
    );
  }
  const { topics } = found.file;
  for (const { query } of topics) parseQuery(query, topicsOf(ctx.topics, topics));
  return found.file;
}

/** The settings of another channel of the same workspace, for whoever follows something there. */
async function other(written: string, ctx: Context): Promise<SettingsFile> {
  const to = referenceIn(written, '#', ctx.place);
  if (!to) {
    throw new UserError(
      `“${written.slice(0, 60)}” names no one channel; say for example “settings copy #papers”.`,
    );
  }
  const { platform, workspace } = channelParts(ctx.place.channel);
  const channel = channelRef({ platform, workspace, channel: to.id });
  const theirs = await ctx.channels.settings(channel);
  const topics = await ctx.channels.subscriptions(channel);
  // Whether a person may manage a channel is known of the one they are in; who owns a topic there may.
  if (!theirs || !topics.some(({ owner }) => owner === ctx.actor.id)) {
    throw new Refusal(
      `You own no topic in that channel, so its settings are not yours to take; ask one of its owners for “settings export”.`,
    );
  }
  return fileOf(theirs, topics);
}

/** Shows the difference and asks; makes it where the person is sure. */
async function change(
  wanted: SettingsFile,
  current: SettingsFile,
  before: ChannelSettings,
  topics: readonly Subscription[],
  { ctx, sure }: { ctx: Context; sure: boolean | undefined },
): Promise<Reply> {
  const lines = difference(current, wanted, before);
  if (!lines.length)
    return sentence(say`${beginning(ctx.place.name)} has exactly these settings already.`);
  const bring = (file: SettingsFile) => ({ do: `import ${JSON.stringify(file)}`, sure: true });
  const owned = current.topics.map((each) => {
    const { owner, ownerName } = topics.find(({ topic }) => topic === each.topic) ?? {};
    return { ...each, owner, ownerName };
  });
  const list = { kind: 'list', items: lines } as const;
  if (!sure) {
    return sentence(say`This would change ${ctx.place.name}:`, 'asker', [
      list,
      ...buttons(run('Change it', 'settings', bring(wanted), { style: 'primary' })),
    ]);
  }
  await apply(wanted, before, topics, ctx);
  return sentence(say`${beginning(ctx.place.name)} is changed:`, 'asker', [
    list,
    ...buttons(run('Undo', 'settings', bring({ ...current, topics: owned }))),
  ]);
}

async function apply(
  { paperboy: _, topics, ...chosen }: SettingsFile,
  { channel, name, paused }: ChannelSettings,
  had: readonly Subscription[],
  { channels, actor, now }: Context,
): Promise<void> {
  const at = now().toISOString();
  const kept = { channel, name, since: at, ...(paused !== undefined && { paused }) };
  const subscriptions = topics.map((each): Subscription => {
    const { owner, ownerName, createdAt } = had.find(({ topic }) => topic === each.topic) ?? {
      owner: each.owner ?? actor.id,
      ownerName: each.owner === undefined ? actor.name : each.ownerName,
      createdAt: at,
    };
    return { channel, ...each, owner, ownerName, createdAt };
  });
  await channels.replace({ ...chosen, ...kept }, subscriptions);
}

/** What is not the same, a line each: `− model-merging`, `+ pruning`. */
function difference(from: SettingsFile, to: SettingsFile, channel: ChannelSettings): Text[] {
  const wordsOf = ({ paperboy: _, topics: __, ...chosen }: SettingsFile) =>
    settingsWords({ ...channel, ...chosen });
  const topicsOf = ({ topics }: SettingsFile) =>
    topics.map((each) => {
      const limits = limitsOf(each);
      return `${each.topic}: ${each.query}${limits && `, ${limits}`}`;
    });
  const [before, after] = [from, to].map((file) => [...wordsOf(file), ...topicsOf(file)]);
  const gone = new Set(before).difference(new Set(after));
  const come = new Set(after).difference(new Set(before));
  return [
    ...[...gone].map((words) => say`− ${words}`),
    ...[...come].map((words) => say`+ ${words}`),
  ];
}
