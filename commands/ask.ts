/** ask <question> [paper:] [topic:]: an answer in the papers' own words, or which papers come nearest. */
import { z } from 'zod';
import { flag, text } from '../src/command/args.ts';
import { settingsOrDefault } from '../src/command/channel.ts';
import { defineCommand } from '../src/command/command.ts';
import type { Context } from '../src/command/context.ts';
import { needsAll } from '../src/command/loading.ts';
import { queryOf, withPaper } from '../src/command/resolve.ts';
import { workspaceOf } from '../src/model/channel.ts';
import type { Exchange } from '../src/model/exchange.ts';
import type { Paper } from '../src/model/paper.ts';
import { answerReply, askedBefore, stageReply, writingReply } from '../src/reply/answer.ts';
import type { Reply } from '../src/reply/reply.ts';

/** How long an answer stands for the same question, and how long a channel remembers what it talked about. */
const SAME_MS = 24 * 60 * 60_000;
const RECENT_MS = 60 * 60_000;
/** Characters: the last few questions. */
const SUBJECT_MAX = 400;

export const ask = defineCommand({
  name: 'ask',
  describe: 'Ask the papers: an answer in their own words, each quote with its source',
  group: 'find',
  examples: [
    'ask What is model merging?',
    'ask How much does it reduce negative flips? paper:2407.09435',
    'ask Is it better than fine-tuning? topic:model-merging',
  ],
  rights: 'anyone',
  visibility: 'channel',
  defer: true,
  args: z.object({
    question: text({
      describe: 'A question, or a claim to check',
      example: 'What is model merging?',
      positional: true,
    }),
    paper: text({
      describe: 'Ask this paper alone: an arXiv id or link, or words of the title',
      example: 'paper:2407.09435',
      complete: 'paper',
    }).optional(),
    topic: text({
      describe: 'Ask the papers of a topic or query alone',
      example: 'topic:model-merging',
      complete: 'topic',
    }).optional(),
    again: flag({
      describe: 'Ask though it was asked here before',
      example: 'again:yes',
      hidden: true,
    }).optional(),
  }),
  async run({ question, paper: named, topic: written, again }, ctx) {
    const isFree = named === undefined && written === undefined;
    const before = isFree ? await lastHere(ctx) : undefined;
    // What a thread is about it stays about, until somebody asks all.
    const pinned = before?.isThread && !again ? before : { paper: named, topic: written };
    const after = before && ctx.answers.leans(question) ? before : undefined;
    const subject = `${after?.subject ?? ''} ${question}`.trim().slice(-SUBJECT_MAX);
    const asked = { question, subject, after, topic: pinned.topic };
    const answered = async (paper?: Paper) => {
      const known = again ? undefined : await earlier({ ...asked, paper }, ctx);
      return known ?? answer({ ...asked, paper }, ctx);
    };
    return pinned.paper === undefined ? answered() : withPaper(pinned.paper, ctx, answered);
  },
});

interface Asked {
  question: string;
  /** What the conversation is about with it. */
  subject: string;
  /** What it leans on. */
  after: Pick<Exchange, 'subject' | 'papers'> | undefined;
  paper: Paper | undefined;
  topic: string | undefined;
}

/** What was asked last in this thread, or where there is none, in this channel a while ago. */
async function lastHere(ctx: Context): Promise<(Exchange & { isThread: boolean }) | undefined> {
  const { place, exchanges } = ctx;
  const inThread = place.thread === undefined ? undefined : await exchanges.inThread(place.thread);
  if (inThread) return { ...inThread, isThread: true };
  if (place.thread !== undefined) return undefined;
  const last = await exchanges.inChannel(place.channel, ago(RECENT_MS, ctx));
  return last && { ...last, isThread: false };
}

/** The way to the answer that is in this channel already. */
async function earlier({ question, subject, paper, topic }: Asked, ctx: Context) {
  const { channel } = ctx.place;
  const same = { channel, subject, paper: paper?.id, topic };
  const known = await ctx.exchanges.same(same, ago(SAME_MS, ctx));
  const link = known?.message && (await ctx.permalink(channel, known.message));
  if (!known || !link) return undefined;
  const { schedule } = await settingsOrDefault(ctx);
  const args = { question, ...(paper && { paper: paper.id }), ...(topic && { topic }) };
  return askedBefore(known, { link, timezone: schedule.timezone, args });
}

async function answer(asked: Asked, ctx: Context): Promise<Reply> {
  const { question, subject, after, paper, topic } = asked;
  const { channel, askingOn } = ctx.place;
  const query = topic === undefined ? undefined : await queryOf(topic, ctx);
  const asking = { question, paper, topic, askingOn: after ? undefined : askingOn };
  const settings = await ctx.channels.settings(channel);
  const conversation = { title: question, inThread: settings?.answers !== 'channel' };
  const show = (reply: Reply) => ctx.progress({ ...reply, conversation });
  const found = await ctx.answers.ask(question, {
    paper,
    topic: query,
    after,
    workspace: workspaceOf(channel),
    signal: ctx.signal,
    onStage: (stage) => show(stageReply(stage, asking)),
    onWriting: (soFar) => show(writingReply(soFar, asking)),
  });
  if (found.kind === 'refusal' && !paper) needsAll(ctx);
  const isAnswered = found.kind === 'answer';
  const quoted = isAnswered ? found.quotes.map((quote) => quote.paper.id) : (after?.papers ?? []);
  const id = await ctx.exchanges.keep({
    channel,
    subject,
    paper: paper?.id,
    topic,
    papers: [...new Set(quoted)],
    isAnswered,
    by: ctx.actor.name,
    at: ctx.now().toISOString(),
  });
  const reply = answerReply(found, { ...asking, id });
  return { ...reply, conversation: { ...conversation, id } };
}

const ago = (ms: number, { now }: Context) => new Date(now().getTime() - ms).toISOString();
