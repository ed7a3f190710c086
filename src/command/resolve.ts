/** From what a person wrote to the thing they meant: a paper, a page, a topic to subscribe to. */
import { UserError } from '../errors.ts';
import type { Exchange } from '../model/exchange.ts';
import { type Paper, paperIdIn } from '../model/paper.ts';
import { type Topic, topicName, topicNameOf, topicsOf } from '../model/topic.ts';
import { parseQuery, withoutRequest } from '../query/parse.ts';
import { mentions } from '../query/terms.ts';
import { count } from '../reply/build.ts';
import { paperBlock } from '../reply/paper.ts';
import type { Reply } from '../reply/reply.ts';
import { bold, say, toPlain } from '../reply/text.ts';
import { integer, text } from './args.ts';
import type { Context } from './context.ts';
import { needsAll } from './loading.ts';

/** The argument that names a paper. */
export const paperArg = text({
  describe: 'An arXiv id or link, or words of the title',
  example: '2407.09435',
  positional: true,
  complete: 'paper',
});

/** The page of a list; buttons carry it. */
export const pageArg = integer({
  describe: 'Page of the list',
  example: 'page:2',
  min: 1,
  max: 10_000,
  hidden: true,
}).optional();

/** The answer that is meant; buttons carry it. */
export const answerArg = text({
  describe: 'Which answer',
  example: 'answer:0b5e8d3c-3d0e-4c5a-9b8e-2f1f3c9d7a11',
  hidden: true,
}).optional();

/** The answer of that id, else the last one of this thread or channel. Throws `UserError` when there is none. */
export async function withExchange(id: string | undefined, ctx: Context): Promise<Exchange> {
  const { place, exchanges } = ctx;
  const found =
    id !== undefined
      ? await exchanges.get(id)
      : place.thread === undefined
        ? await exchanges.inChannel(place.channel, '')
        : await exchanges.inThread(place.thread);
  if (found) return found;
  throw new UserError(
    'Nothing was asked here yet; ask first, for example “ask What is model merging?”.',
  );
}

/** Goes on with the one paper that was meant, or answers with those that might have been. */
export async function withPaper(
  wanted: string,
  ctx: Context,
  go: (paper: Paper) => Promise<Reply>,
): Promise<Reply> {
  const found = await ctx.catalogue.resolve(wanted);
  if (found.kind === 'one') return go(found.paper);
  // A button may carry a name the paper had before its arXiv id was known.
  const name = paperIdIn(wanted);
  const named = name && (await ctx.known(name));
  if (named) return go(named);
  if (found.kind === 'none') needsAll(ctx);
  const papers = found.kind === 'many' ? found.papers : found.nearest;
  const known = `among the ${count(ctx.catalogue.size, 'paper')} I know`;
  if (!papers.length && name?.startsWith('arxiv:')) {
    throw new UserError(
      `There is no “${wanted.slice(0, 80)}” ${known}; “submit ${name.slice('arxiv:'.length)}” brings it from arXiv.`,
    );
  }
  if (!papers.length) {
    throw new UserError(
      `There is no “${wanted.slice(0, 80)}” ${known}; give an arXiv id or words of a title, for example “show 2407.09435”.`,
    );
  }
  const title =
    found.kind === 'many'
      ? say`Several papers fit ${bold(wanted)}; which one?`
      : say`There is no ${bold(wanted)} ${known}; these come nearest.`;
  return {
    visibility: 'asker',
    summary: toPlain(title),
    blocks: [
      { kind: 'text', text: title },
      ...papers.slice(0, 5).map((paper, i) => paperBlock(paper, { number: i + 1 })),
    ],
  };
}

/**
 * The curated topic of that name, or a topic made from a query. Throws `UserError` for a query that is none, or that
 * asks for what was seen here or saved: a digest comes to all, and brings what was not seen.
 */
export async function topicOf(wanted: string, ctx: Context): Promise<Named> {
  const asked = withoutRequest(wanted);
  const curated = ctx.topics.find(({ name }) => name === topicName(asked));
  if (curated) return curated;
  const topics = topicsOf(ctx.topics, await ctx.channels.subscriptions(ctx.place.channel));
  const { where } = parseQuery(wanted, topics);
  if (mentions(where, 'seen')) {
    throw new UserError(
      'A digest brings what was not seen here yet, so a topic cannot ask for seen:; leave it out, or use “search”.',
    );
  }
  if (mentions(where, 'saved')) {
    throw new UserError(
      'A digest is for everybody here, so a topic cannot ask for saved:me; leave it out, or use “search”.',
    );
  }
  return { name: topicNameOf(asked), query: asked };
}

/** The query of a topic that is there, the channel's own before a curated one, else as `topicOf`. */
export async function queryOf(wanted: string, ctx: Context): Promise<string> {
  const followed = await ctx.channels.subscriptions(ctx.place.channel);
  const own = followed.find(({ topic }) => topic === topicName(wanted));
  return own?.query ?? (await topicOf(wanted, ctx)).query;
}

type Named = Pick<Topic, 'name' | 'query'>;
