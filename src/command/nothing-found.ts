/** What is said where a query finds no paper: what stands in its way, and the way on. */
import type { Condition } from '../query/ast.ts';
import { printQuery } from '../query/print.ts';
import { buttons, count, run, sentence } from '../reply/build.ts';
import type { Button, Reply } from '../reply/reply.ts';
import { bold, code, say } from '../reply/text.ts';
import { day } from '../reply/time.ts';
import type { Asked } from './asking.ts';
import type { Context } from './context.ts';

/** Parts of a query that are left out to see what it finds then, and those that are told of. */
const TRIED_MAX = 8;
const TOLD_MAX = 3;

/** `text` is the query as typed, for which nothing is found. */
export async function nothingFound(text: string, asked: Asked, ctx: Context): Promise<Reply> {
  const { query, asker } = asked;
  const { size } = ctx.catalogue;
  const parts = partsOf(query.where);
  const asksFor = (kind: Condition['kind']) => parts.some((part) => part.kind === kind);
  if (asksFor('seen') && !asker.seen.size) {
    return sentence(
      say`No paper was shown in this channel yet; ${code('seen:here')} finds what its digests bring, and ${code('/paper status')} says when the next one comes.`,
    );
  }
  if (asksFor('saved') && ![...asker.saved.keys()].length) {
    return sentence(
      say`You have saved no paper yet; press Save under one, or keep one with ${code('/paper save 2407.09435')}.`,
    );
  }
  const ways = await withoutOne(asked, ctx);
  if (ways.length) {
    const said = say`${noPaper(size, 'fits')} all of ${bold(text)}; without one part of it there are some.`;
    return sentence(said, 'asker', buttons(...ways));
  }
  const [only] = parts;
  if (only?.kind === 'paper' && only.id.startsWith('arxiv:')) {
    const id = only.id.slice('arxiv:'.length);
    return sentence(
      say`${noPaper(size, 'is')} ${bold(id)}; ${code(`/paper submit ${id}`)} brings it from arXiv.`,
    );
  }
  const newest = only?.kind === 'since' ? await newestDay(ctx) : undefined;
  if (newest) {
    return sentence(say`${noPaper(size, 'fits')} ${bold(text)}; the newest is of ${newest}.`);
  }
  return sentence(
    say`${noPaper(size, 'fits')} ${bold(text)}. Try fewer or other words, for example ${code('/paper search model merging')}.`,
  );
}

const negated = { fits: 'does not fit', is: 'is not', matches: 'does not match' } as const;

/** `None of the 96 papers I know fits`, of so many, to go on with what. */
export function noPaper(size: number, does: keyof typeof negated): string {
  if (size === 1) return `The one paper I know ${negated[does]}`;
  return `None of the ${count(size, 'paper')} I know ${does}`;
}

/** What must all hold. */
function partsOf(where: Condition | undefined): readonly Condition[] {
  if (where?.kind === 'all') return where.of;
  return where ? [where] : [];
}

/** Buttons to search without one of the parts, those that would find something. */
async function withoutOne({ query, asker }: Asked, ctx: Context): Promise<Button[]> {
  const parts = partsOf(query.where);
  if (parts.length < 2) return [];
  const ways: Button[] = [];
  for (const part of parts.slice(0, TRIED_MAX)) {
    const [only, ...more] = parts.filter((each) => each !== part);
    const where = only && (more.length ? ({ kind: 'all', of: [only, ...more] } as const) : only);
    const rest = { ...query, ...(where && { where }) };
    // Newest first, so that words alone decide and no endpoint is asked.
    const counted = { ...rest, sort: 'new' } as const;
    const { exact, total } = await ctx.catalogue.search(counted, { offset: 0, limit: 1, asker });
    if (!exact) continue;
    const change =
      part.kind === 'not'
        ? `With ${printQuery({ where: part.that })}`
        : `Without ${printQuery({ where: part })}`;
    const label = `${change}: ${count(total, 'paper')}`;
    ways.push(run(label, 'search', { query: printQuery(rest) }, { effect: 'replace' }));
    if (ways.length === TOLD_MAX) break;
  }
  return ways;
}

/** Of the paper that was published last, where any has a date. */
async function newestDay({ catalogue }: Context): Promise<string | undefined> {
  const { hits } = await catalogue.search({ sort: 'new' }, { offset: 0, limit: 1 });
  const published = hits[0]?.paper.published;
  return published && day(published);
}
