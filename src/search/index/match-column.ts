/** Papers by their numbers and labels. */
import type { Condition } from '../../query/ast.ts';
import { compares, nameTest } from '../../query/match.ts';
import { periodOf } from '../../query/period.ts';
import { Bitset } from './bitset.ts';
import { dayNumber } from './day.ts';
import { type LabelKind, label } from './labels.ts';
import type { Matcher } from './matcher.ts';
import { type Papers, those, unionOf } from './paper-lists.ts';
import { NO_DAY, NO_UPVOTES, type Segment } from './segment.ts';
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
  return { most: size, list, keep: (papers) => those(papers, test) };
}

export function matchKey({ segment: { keys } }: Shelf, key: number | undefined): Matcher {
  const paper = key === undefined ? -1 : keys.indexOf(key);
  if (paper < 0) return nobody;
  return {
    most: 1,
    list: () => Uint32Array.of(paper),
    keep: (papers) => those(papers, (each) => each === paper),
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

/** Patterns whose papers are remembered, a bit for each paper. */
const PATTERNS_KEPT = 64;
const kept = new WeakMap<Segment, Map<string, Bitset>>();

/** Papers with a label of that kind whose name fits the pattern; see `nameTest`. */
export function matchLabel(
  { segment }: Shelf,
  kind: LabelKind,
  pattern: string,
  divider: string,
): Matcher {
  const known = kept.get(segment) ?? new Map<string, Bitset>();
  kept.set(segment, known);
  const name = label(kind, pattern);
  const labelled = known.get(name) ?? labelledSo(segment, kind, nameTest(pattern, divider));
  // Whoever was asked for last is forgotten last.
  known.delete(name);
  known.set(name, labelled);
  if (known.size > PATTERNS_KEPT) known.delete([...known.keys()][0] ?? '');
  return {
    most: labelled.count(),
    list: () => labelled.list(),
    keep: (papers) => those(papers, (paper) => labelled.has(paper)),
  };
}

function labelledSo(segment: Segment, kind: LabelKind, isSo: (name: string) => boolean): Bitset {
  const { keys, labels, labelEnds, labelNames } = segment;
  const start = label(kind, '');
  const fits = Uint8Array.from(labelNames, (name) =>
    Number(name.startsWith(start) && isSo(name.slice(start.length))),
  );
  const papers = new Bitset(keys.length);
  if (!fits.includes(1)) return papers;
  for (let paper = 0, at = 0; paper < keys.length; paper += 1) {
    for (; at < (labelEnds[paper] ?? 0); at += 1) if (fits[labels[at] ?? 0]) papers.add(paper);
  }
  return papers;
}

/** Papers of a set, which may name some that are not here. */
export function matchKeys({ segment: { keys } }: Shelf, wanted: ReadonlySet<number>): Matcher {
  if (!wanted.size) return nobody;
  const matcher = scan(keys.length, (paper) => wanted.has(keys[paper] ?? 0));
  return { ...matcher, most: Math.min(wanted.size, keys.length) };
}
