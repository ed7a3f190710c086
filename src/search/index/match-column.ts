/** Papers by their numbers and categories. */
import type { Condition } from '../../query/ast.ts';
import { categoryTest, compares } from '../../query/match.ts';
import { periodOf } from '../../query/period.ts';
import { dayNumber } from './day.ts';
import type { Matcher, Papers } from './matcher.ts';
import { unionOf } from './paper-lists.ts';
import { NO_DAY, NO_UPVOTES } from './segment.ts';
import type { Shelf } from './shelf.ts';

export const nobody: Matcher = {
  most: 0,
  list: () => new Uint32Array(),
  keep: () => new Uint32Array(),
};

/** Papers that satisfy one of several. */
export function anyOf(matchers: readonly Matcher[]): Matcher {
  const together = (each: (matcher: Matcher) => Papers) => unionOf(matchers.map(each));
  return {
    most: matchers.reduce((most, each) => most + each.most, 0),
    isRead: matchers.some(({ isRead }) => isRead),
    list: () => together((matcher) => matcher.list()),
    keep: (papers) => together((matcher) => matcher.keep(papers.slice())),
  };
}

function filter(papers: Papers, test: (paper: number) => boolean): Papers {
  let kept = 0;
  for (const paper of papers) {
    if (!test(paper)) continue;
    papers[kept] = paper;
    kept += 1;
  }
  return papers.subarray(0, kept);
}

/** Looks at every paper's number. */
function scan(size: number, test: (paper: number) => boolean): Matcher {
  const list = () => {
    const found = new Uint32Array(size);
    let n = 0;
    for (let paper = 0; paper < size; paper += 1) {
      if (test(paper)) found[n++] = paper;
    }
    return found.subarray(0, n);
  };
  return { most: size, list, keep: (papers) => filter(papers, test) };
}

export function matchKey({ segment: { keys } }: Shelf, key: number | undefined): Matcher {
  const paper = key === undefined ? -1 : keys.indexOf(key);
  if (paper < 0) return nobody;
  return {
    most: 1,
    list: () => Uint32Array.of(paper),
    keep: (papers) => filter(papers, (each) => each === paper),
  };
}

export function matchDays(
  { kind, period }: Condition & { kind: 'since' | 'until' },
  { segment: { days } }: Shelf,
  now: Date,
): Matcher {
  const { first = '', last = '' } = periodOf(period, now) ?? {};
  const from = dayNumber(first) ?? NO_DAY;
  const to = dayNumber(last) ?? NO_DAY;
  return kind === 'since'
    ? scan(days.length, (paper) => (days[paper] ?? NO_DAY) >= Math.max(from, NO_DAY + 1))
    : scan(days.length, (paper) => {
        const day = days[paper] ?? NO_DAY;
        return day !== NO_DAY && day <= to;
      });
}

export function matchUpvotes(
  condition: Condition & { kind: 'upvotes' },
  { segment: { upvotes } }: Shelf,
): Matcher {
  return scan(upvotes.length, (paper) => {
    const count = upvotes[paper] ?? NO_UPVOTES;
    return count !== NO_UPVOTES && compares(count, condition);
  });
}

export function matchCategory(pattern: string, { segment }: Shelf): Matcher {
  const { categories, categoryEnds, categoryNames } = segment;
  const isSo = categoryTest(pattern);
  const fits = Uint8Array.from(categoryNames, (name) => Number(isSo(name)));
  if (!fits.includes(1)) return nobody;
  return scan(segment.keys.length, (paper) => {
    const end = categoryEnds[paper] ?? 0;
    for (let at = categoryEnds[paper - 1] ?? 0; at < end; at += 1) {
      if (fits[categories[at] ?? 0]) return true;
    }
    return false;
  });
}
