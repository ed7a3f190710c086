/** trending [period]: the most upvoted papers of a period. */
import { z } from 'zod';
import { choice } from '../src/command/args.ts';
import { defineCommand } from '../src/command/command.ts';
import { needsAll } from '../src/command/loading.ts';
import { pageArg } from '../src/command/resolve.ts';
import { sentence } from '../src/reply/build.ts';
import { paperList, readPage } from '../src/reply/list.ts';
import { say } from '../src/reply/text.ts';

const days = { day: 1, week: 7, month: 30, year: 365, all: Number.POSITIVE_INFINITY } as const;
const words = {
  day: 'of the last day',
  week: 'of the last week',
  month: 'of the last month',
  year: 'of the last year',
  all: 'of all time',
} as const;
type Period = keyof typeof days;

export const trending = defineCommand({
  name: 'trending',
  describe: 'The most upvoted papers of a period',
  group: 'find',
  examples: ['trending', 'trending month'],
  rights: 'anyone',
  visibility: 'choice',
  defer: false,
  args: z.object({
    period: choice({
      describe: 'How far back; a week when you do not say',
      example: 'trending month',
      positional: true,
      values: ['day', 'week', 'month', 'year', 'all'],
    }).optional(),
    page: pageArg,
  }),
  async run({ period = 'week', page: asked }, ctx) {
    const best = (of: Period) =>
      readPage(asked, (at) => ctx.catalogue.trending(sinceOf(of, ctx.now()), at));
    const wanted = await best(period);
    const { results, page } = wanted.results.total ? wanted : await best('all');
    if (!wanted.results.total) needsAll(ctx);
    if (!results.total) return sentence(say`I know no papers yet.`);
    const title = wanted.results.total
      ? say`The most upvoted papers ${words[period]}.`
      : say`No paper ${words[period]} yet; the most upvoted ${words.all}.`;
    return paperList({ title, results, page, command: 'trending', args: { period } });
  },
});

function sinceOf(period: Period, now: Date): string | undefined {
  if (period === 'all') return undefined;
  return new Date(now.getTime() - days[period] * 86_400_000).toISOString();
}
