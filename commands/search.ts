/** search <query>: papers of the catalogue, best first. */

import { z } from 'zod';
import { flag, text } from '../src/command/args.ts';
import { asked } from '../src/command/asking.ts';
import { settingsOrDefault } from '../src/command/channel.ts';
import { defineCommand } from '../src/command/command.ts';
import type { Context } from '../src/command/context.ts';
import { needsAll } from '../src/command/loading.ts';
import { nothingFound } from '../src/command/nothing-found.ts';
import { pageArg } from '../src/command/resolve.ts';
import type { Hit, Results } from '../src/model/hit.ts';
import type { Shown } from '../src/model/shown.ts';
import type { Query } from '../src/query/ast.ts';
import { orderOf } from '../src/query/terms.ts';
import { buttons, count, number, run } from '../src/reply/build.ts';
import { paperList, readPage } from '../src/reply/list.ts';
import { paperBlock } from '../src/reply/paper.ts';
import type { Block, Button } from '../src/reply/reply.ts';
import { bold, link, say, type Text } from '../src/reply/text.ts';
import { day } from '../src/reply/time.ts';

/** So few papers are followed by others that come close. */
const HARDLY_ANY = 2;
/** How many of those, and so much of the score of the last before them they have. */
const CLOSEST = 3;
const NEARLY = 0.5;

export const search = defineCommand({
  name: 'search',
  describe:
    'Find papers by words, "phrases", -without, author:, category:, since:, seen:here, saved:me',
  group: 'find',
  examples: [
    'search model merging',
    'search "instruction tuning" since:2024 category:cs.CL -survey',
    'search (topic:model-merging OR author:akiba) has:code upvotes:>5 sort:new',
    'search seen:here since:30d',
    'search saved:me',
  ],
  rights: 'anyone',
  visibility: 'choice',
  defer: false,
  args: z.object({
    query: text({
      describe: 'Words, "a phrase", author:name, category:cs.CL, since:2024, -word',
      example: 'model merging since:2024',
      positional: true,
      complete: 'query',
    }),
    page: pageArg,
    typed: flag({
      describe: 'No word taken for a slip',
      example: 'typed:yes',
      hidden: true,
    }).optional(),
  }),
  async run({ query: text, page: wanted, typed: asTyped = false }, ctx) {
    const whole = await asked(text, ctx);
    const { query, asker } = whole;
    const { results, page } = await readPage(wanted, (at) =>
      ctx.catalogue.search(query, { ...at, asker, asTyped }),
    );
    if (!results.exact) needsAll(ctx);
    if (!results.total) return nothingFound(text, whole, ctx);
    const shown = await whereShown(results.hits, asker.seen, ctx);
    const reason = ({ paper }: Hit) => shown.get(paper.id) ?? [];
    const title = titleOf(text, results, query);
    const args = { query: text, ...(asTyped && { typed: true }) };
    const list = paperList({ title, results, page, command: 'search', args, reason });
    const finds = (query: Query, asTyped: boolean) =>
      ctx.catalogue.search(query, { offset: 0, limit: 1, asker, asTyped });
    const inPlace = { effect: 'replace' } as const;
    const other = async (): Promise<Button | undefined> => {
      const { exact, meant } = results;
      if (!meant) return undefined;
      if (exact) return run('Search that', 'search', { query: meant }, inPlace);
      if (!(await finds(query, true)).total) return undefined;
      return run('Search as typed', 'search', { query: text, typed: true }, inPlace);
    };
    const both = async (): Promise<Button | undefined> => {
      if (!results.inBothForms) return undefined;
      const inBothForms = (await asked(results.inBothForms, ctx)).query;
      const { exact, total } = await finds(inBothForms, asTyped);
      if (!exact || (results.exact && total <= results.total)) return undefined;
      return run('Short and long form', 'search', { query: results.inBothForms }, inPlace);
    };
    const besides = await closest(query, results, (goesOn) =>
      ctx.catalogue.search(query, { ...goesOn, asker, asTyped }),
    );
    return {
      ...list,
      blocks: [
        ...list.blocks,
        ...besides,
        ...leftOut(results),
        ...buttons(await other(), await both()),
      ],
    };
  },
});

/** Where hardly any paper has all of the words, those that come close, under the others. */
async function closest(
  { sort = 'relevance' }: Query,
  { hits, exact, total, onlyNear }: Results,
  search: (page: { offset: number; limit: number; goesOn: true }) => Promise<Results>,
): Promise<Block[]> {
  if (!exact || total > HARDLY_ANY || onlyNear || sort !== 'relevance') return [];
  const limit = total + CLOSEST;
  const last = hits.at(-1)?.score ?? 0;
  // A title typed whole scores beyond all others, and nothing comes close to it.
  const found = (await search({ offset: 0, limit, goesOn: true })).hits
    .slice(hits.length)
    .filter(({ score }) => score >= NEARLY * last);
  if (!found.length) return [];
  return [
    { kind: 'text', text: say`These come close:` },
    ...found.map(({ paper, terms }, i) => paperBlock(paper, { number: total + i + 1, terms })),
  ];
}

/** Which words of a long query did less than the others. */
function leftOut({ unchecked, unranked }: Results): Block[] {
  const were = (n: number, noun: string) => `${count(n, noun)} ${n === 1 ? 'was' : 'were'}`;
  const left = [
    ...(unchecked ? [`${were(unchecked, 'unusual word')} not checked for slips`] : []),
    ...(unranked ? [`${were(unranked, 'common word')} left out of the ranking`] : []),
  ];
  if (!left.length) return [];
  const text = say`Your query is long: ${left.join(' and ')}; with fewer words, all of them count.`;
  return [{ kind: 'note', text }];
}

/** What the papers were found for, and what a word was taken for. */
function titleOf(
  text: string,
  { exact, total, onlyNear, meant, isMeant }: Results,
  query: Query,
): Text {
  const near = onlyNear ? `, ${number(onlyNear)} of them near in meaning alone` : '';
  if (meant && isMeant) {
    return say`Showing ${count(total, 'paper')} for ${bold(meant)}${near}, since none has all of ${bold(text)}.`;
  }
  if (!exact) return say`No paper has all of ${bold(meant ?? text)}; these come closest.`;
  const order =
    total > 1 && query.sort !== 'new' && orderOf(query) === 'new' ? ', newest first' : '';
  const found = say`${count(total, 'paper')} for ${bold(text)}${near}${order}.`;
  return meant ? say`${found} Did you mean ${bold(meant)}?` : found;
}

/** Of papers the channel was shown: on which day, with a link to the message. */
async function whereShown(
  hits: readonly Hit[],
  seen: ReadonlyMap<string, Shown>,
  ctx: Context,
): Promise<Map<string, Text>> {
  const here = hits.flatMap(({ paper: { id } }) => {
    const shown = seen.get(id);
    return shown ? [{ id, ...shown }] : [];
  });
  if (!here.length) return new Map();
  const { channel } = ctx.place;
  const { schedule } = await settingsOrDefault(ctx);
  return new Map(
    await Promise.all(
      here.map(async ({ id, slot, message }) => {
        const on = day(slot, schedule.timezone);
        // A link is a convenience: without one the day says enough.
        const url = await ctx.permalink(channel, message).catch(() => undefined);
        return [id, say`shown here on ${url ? link(on, url) : on}`] as const;
      }),
    ),
  );
}
