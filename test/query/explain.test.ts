import { expect, it } from 'vitest';
import { explainQuery } from '../../src/query/explain.ts';
import { parseQuery } from '../../src/query/parse.ts';

it.each([
  [
    '"model merging" OR evolutionary category:cs.CL -survey upvotes:>5',
    'with “model merging” as a phrase, or (with “evolutionary” and in cs.CL and not with “survey” and with more than 5 upvotes)',
  ],
  [
    '(merging OR pruning) -(survey review)',
    '(with “merging”, or with “pruning”) and not (with “survey” and with “review”)',
  ],
  [
    'merging since:30d until:1w sort:new',
    'with “merging” and since 30 days ago and until 1 week ago, newest first',
  ],
  [
    'author:hinton since:2024-05 until:last-week',
    'by hinton and since 2024-05 and until last week',
  ],
  ['upvotes:1 sort:top', 'with at least 1 upvote, most upvoted first'],
  ['sort:relevance', 'of any kind, best match first'],
  ['2407.09435', 'that are arxiv:2407.09435'],
])('says of %s what it looks for and what binds how', (typed, said) => {
  expect(explainQuery(parseQuery(typed))).toBe(said);
});
