/** Where topics lose the new papers: how many at each stage. Pure. */
import type { PaperId } from '../model/paper.ts';
import type { Tally } from '../model/pick.ts';
import type { Query } from '../query/ast.ts';
import { withoutExclusions } from '../query/terms.ts';
import type { New } from './fresh.ts';
import type { TestOf, Wanted } from './select.ts';

export async function tally({
  papers,
  seen,
  wanted,
  to,
  judge,
}: {
  papers: readonly New[];
  seen: ReadonlySet<PaperId>;
  wanted: readonly Wanted[];
  /** Papers first known later wait for votes. */
  to: string;
  judge(queries: readonly Query[]): Promise<TestOf>;
}): Promise<Tally> {
  const counts: Tally = { all: 0, matched: 0, excluded: 0, seen: 0, minimum: 0, waiting: 0 };
  const lenient = wanted.map(({ query }): Query => {
    const where = withoutExclusions(query.where);
    return where ? { where } : {};
  });
  const testOf = await judge([...wanted.map(({ query }) => query), ...lenient]);
  const tests = wanted.map(({ query }) => testOf(query));
  const lenientTests = lenient.map(testOf);
  for (const { paper, addedAt } of papers) {
    if (paper.withdrawn !== undefined) continue;
    counts.all += 1;
    const fits = wanted.filter((_, i) => tests[i]?.(paper));
    if (!fits.length) {
      if (lenientTests.some((holds) => holds(paper))) counts.excluded += 1;
      continue;
    }
    counts.matched += 1;
    const least = Math.min(...fits.map(({ minUpvotes = 0 }) => minUpvotes));
    if (seen.has(paper.id)) counts.seen += 1;
    else if ((paper.upvotes ?? 0) < least) counts.minimum += 1;
    else if (addedAt > to) counts.waiting += 1;
  }
  return counts;
}
