import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { caret, QueryError } from '../../src/query/complaint.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { printQuery } from '../../src/query/print.ts';

const word = (text: string) => ({ kind: 'word', text });

function complaint(text: string): string {
  try {
    parseQuery(text);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  throw new Error(`no complaint about ${text}`);
}

describe('parseQuery', () => {
  it('binds words that stand side by side tighter than OR', () => {
    expect(parseQuery('"model merging" OR evolutionary category:cs.CL -survey upvotes:>5')).toEqual(
      {
        where: {
          kind: 'any',
          of: [
            { kind: 'phrase', text: 'model merging' },
            {
              kind: 'all',
              of: [
                word('evolutionary'),
                { kind: 'category', pattern: 'cs.CL' },
                { kind: 'not', that: word('survey') },
                { kind: 'upvotes', compare: '>', count: 5 },
              ],
            },
          ],
        },
      },
    );
  });

  it('lets parentheses change what binds how', () => {
    expect(parseQuery('(merging OR pruning) -(survey review)')).toEqual({
      where: {
        kind: 'all',
        of: [
          { kind: 'any', of: [word('merging'), word('pruning')] },
          { kind: 'not', that: { kind: 'all', of: [word('survey'), word('review')] } },
        ],
      },
    });
  });

  it.each([
    ['a model AND the merging', 'model merging'],
    ['papers about model merging', 'model merging'],
    ['Show me recent articles on model merging', 'model merging'],
    ['papers about', 'papers'],
    ['papers model merging', 'papers model merging'],
    ['merging papers on graphs', 'merging papers graphs'],
    ['"papers about merging"', '"papers about merging"'],
    ['NOT survey merging', '-survey merging'],
    ['--survey', '-survey'],
    ['—survey merging', '-survey merging'],
    ['-(-merging)', 'merging'],
    ['((merging))', 'merging'],
    ['MUSCLE: A Model Update Strategy', 'MUSCLE Model Update Strategy'],
    ['pruning - a method, really!', 'pruning method really'],
    ['“model merging” «in one»', '"model merging" "in one"'],
    ['"  model\n merging "', '"model merging"'],
    ['(model)merging', 'model merging'],
    ['O(n) time', 'O(n) time'],
    ["C++ don't GPT-4", "C++ don't GPT-4"],
    [String.raw`$\ell_1$ $\mathcal{O}(n^2)$ -\textit{few shots}`, 'l1 O(n2) -few shots'],
    ['$100K budget', '100K budget'],
    ['3:1 https://example.org/x', '3:1 https://example.org/x'],
    ['https://arxiv.org/abs/2407.09435v2', 'arxiv:2407.09435'],
    ['"2407.09435" -"arXiv:2407.09435v1"', 'arxiv:2407.09435 -arxiv:2407.09435'],
    ['merging cs.CL OR stat.* -CS.lg', 'merging category:cs.CL OR category:stat.* -category:CS.lg'],
    ['cs.CL.', 'cs.CL'],
    ['nlin.CD physics.* physics.org', 'category:nlin.CD category:physics.* physics.org'],
    ['10.1000/xyz(1)', 'doi:10.1000/xyz(1)'],
    ['Author:Hinton', 'author:Hinton'],
    ['author:"geoffrey hinton"', 'author:"geoffrey hinton"'],
    ['category:"molecular biology"', 'category:"molecular biology"'],
    ['since:LAST-WEEK until:2024-05', 'since:last-week until:2024-05'],
    ['upvotes:10 upvotes:≤20', 'upvotes:>=10 upvotes:<=20'],
    ['has:CODE -has:project', 'has:code -has:project'],
    ['source:arXiv OR source:*rxiv', 'source:arxiv OR source:*rxiv'],
    ['seen:HERE -saved:me', 'seen:here -saved:me'],
    ['sort:NEW merging', 'merging sort:new'],
    ['sort:top', 'sort:top'],
    ['模型 OR نموذج', '模型 OR نموذج'],
  ])('reads %j as %j', (typed, canonical) => {
    expect(printQuery(parseQuery(typed))).toBe(canonical);
  });

  it.each([
    [
      '',
      'There is no word to look for; write what the papers are about, for example: model merging since:30d',
    ],
    ['?! …', 'There is no word to look for'],
    ['the of and', 'Those words stand in nearly every paper'],
    ['merging "of models', 'Character 9: this quote is never closed; for example: "model merging"'],
    ['🔥🔥 "', 'Character 4: this quote is never closed'],
    [
      'merging OR',
      'Character 9: nothing stands after this OR; for example: merging OR evolutionary',
    ],
    ['OR merging', 'Character 1: nothing stands before this OR'],
    ['merging AND OR pruning', 'Character 9: nothing stands after this AND'],
    ['merging (pruning', 'Character 9: this parenthesis is never closed'],
    ['merging) pruning', 'Character 8: this parenthesis was never opened'],
    ['merging ()', 'Character 9: these parentheses are empty'],
    ['merging NOT', 'Character 9: nothing stands after this NOT'],
    ['(merging -)', 'Character 10: nothing stands after this minus'],
    [
      'merging cat:cs.CL',
      'Character 9: there is no field “cat:”, the nearest of author:, category:, since:, until:, upvotes:, has:, source:, topic:, seen:, saved:, sort: is category:; for example: category:',
    ],
    [
      'year:2024',
      'Character 1: there is no field “year:”, the nearest of author:, category:, since:, until:, upvotes:, has:, source:, topic:, seen:, saved:, sort: is since:; for example: since:30d',
    ],
    [
      'save:me',
      'Character 1: there is no field “save:”, the nearest of author:, category:, since:, until:, upvotes:, has:, source:, topic:, seen:, saved:, sort: is saved:; for example: saved:me',
    ],
    ['merging tag:x', 'Character 9: there is no field “tag:”, only author:'],
    [
      'title:merging',
      'Character 1: there is no field “title:”, words are looked for in titles and abstracts anyway; for example: "merging"',
    ],
    [
      'merging autor:hinton',
      'Character 9: there is no field “autor:”, the nearest of author:, category:, since:, until:, upvotes:, has:, source:, topic:, seen:, saved:, sort: is author:; for example: author:hinton',
    ],
    [
      'foo:bar',
      'Character 1: there is no field “foo:”, only author:, category:, since:, until:, upvotes:, has:, source:, topic:, seen:, saved:, sort:; quotes make it text; for example: "foo:bar"',
    ],
    [
      'author: hinton',
      'Character 1: author: takes a name, right after the colon; for example: author:hinton',
    ],
    [
      'since:tomorrow',
      'Character 1: since: takes a date or a time back, such as 2024, 2024-05-17, 30d, 2w or last-week, not “tomorrow”; for example: since:30d',
    ],
    ['until:2024-13', 'Character 1: until: takes'],
    [
      'category:cs.CL,cs.LG',
      'Character 1: category: takes one category, such as cs.CL or cs.*, not “cs.CL,cs.LG”; for example: category:cs.CL OR category:cs.LG',
    ],
    ['upvotes:many', 'Character 1: upvotes: takes a whole number'],
    ['has:pdf', 'Character 1: has: takes code, project, summary, abstract, not “pdf”'],
    ['source:a,b', 'Character 1: source: takes one source'],
    ['seen:there', 'Character 1: seen: takes here'],
    ['merging saved:you', 'Character 9: saved: takes me'],
    ['x topic:', 'Character 3: topic: takes the name of a topic'],
    [
      'topic:merging',
      'Character 1: there is no topic “merging” here; for example: topic:model-merging',
    ],
    ['sort:best', 'Character 1: sort: takes new, top or relevance, not “best”'],
    ['-sort:new merging', 'Character 2: sort: orders the whole result'],
    ['sort:new merging sort:top', 'Character 18: there is a second sort:'],
  ])('answers %j with one sentence that points and shows', (typed, said) => {
    const message = complaint(typed);
    expect(message.startsWith(said)).toBe(true);
    expect(message).toMatch(/for example: \S/);
  });

  it.each([
    ['cond-mat', 'dis-nn mes-hall mtrl-sci other quant-gas soft stat-mech str-el supr-con'],
    [
      'physics',
      'acc-ph ao-ph app-ph atm-clus atom-ph bio-ph chem-ph class-ph comp-ph data-an ed-ph flu-dyn gen-ph geo-ph hist-ph ins-det med-ph optics plasm-ph pop-ph soc-ph space-ph',
    ],
    ['nlin', 'AO CD CG PS SI'],
  ])('knows each category of %s as one', (archive, names) => {
    for (const pattern of names.split(' ').map((name) => `${archive}.${name}`))
      expect.soft(parseQuery(pattern).where).toEqual({ kind: 'category', pattern });
  });

  it('says how long a query may be', () => {
    expect(complaint('merging '.repeat(80))).toMatch(
      /^That query has 639 characters and 500 is the most/,
    );
  });

  it('shows examples that are right', () => {
    const wrong = [
      '',
      'the',
      '"',
      'a OR',
      '(a',
      'a:b',
      'autor:b',
      'year:2024',
      'title:the',
      'abs:"a b"',
      'author:',
      'since:x',
      'until:x',
      'category:,',
      'upvotes:x',
      'sort:x',
      '-sort:new',
      'x'.repeat(501),
    ];
    for (const typed of wrong) {
      const [, example = ''] = /for example: (.+)$/.exec(complaint(typed)) ?? [];
      expect(() => parseQuery(example)).not.toThrow();
    }
  });
});

/** Milliseconds of the fastest of three: what else runs on the machine is not the parser's. */
function fastest(run: () => void): number {
  return Math.min(
    ...[1, 2, 3].map(() => {
      const start = performance.now();
      run();
      return performance.now() - start;
    }),
  );
}

/** A query or a `UserError`, nothing else. */
function answered(text: string): void {
  try {
    parseQuery(text);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.message.length).toBeLessThan(400);
  }
}

describe('bad input', () => {
  const pieces = fc.constantFrom(
    '"',
    '“',
    '(',
    ')',
    '-',
    'OR',
    'AND',
    'NOT',
    ':',
    'author:',
    'since:',
    'sort:new',
    'x',
    'the',
    ' ',
    '\u0000',
    '\u202e',
    '👩‍👩‍👧',
    '\ud800',
    '*',
    '\\',
    "'; DROP TABLE papers; --",
    '(a+)+$',
    'ا',
    '://',
  );

  it.each([
    ['10,000 characters', 'merging pruning '.repeat(625)],
    ['10,000 ORs', 'OR '.repeat(10_000)],
    ['250 ORs', 'x OR '.repeat(100)],
    ['deep nesting', `${'('.repeat(249)}x${')'.repeat(249)}`],
    ['deep negation', `${'-('.repeat(160)}x${')'.repeat(160)}`],
    ['only opening parentheses', '('.repeat(500)],
    ['nested parentheses in a word', `x${'('.repeat(240)}${')'.repeat(240)}`],
    ['control characters', '\u0000\u0007\u001b'.repeat(150)],
    ['right-to-left', '\u202eabc\u202c مرحبا'.repeat(20)],
    ['emoji', '👩‍👩‍👧'.repeat(60)],
    ['combining marks', `e${'\u0301'.repeat(499)}`],
    ['a regular expression', '(a+)+$ ^(?:.*)*$ [^\\]]{1,1000}'],
    ['SQL', "'; DROP TABLE papers; -- OR 1=1"],
    ['many stars', `category:${'*a'.repeat(200)}`],
  ])('%s: an answer within 50 ms', (_name, text) => {
    expect(fastest(() => answered(text))).toBeLessThan(50);
  });

  it('anything at all gives a query or one sentence', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 600 }),
      fc.array(pieces, { maxLength: 60 }).map((all) => all.join('')),
      fc.array(pieces, { maxLength: 60 }).map((all) => all.join(' ')),
    );
    fc.assert(fc.property(text, answered), { numRuns: 2_000 });
  });
});

describe('a topic in a query', () => {
  const topics = new Map([
    ['soups', '"model soup" OR topic:averaging'],
    ['averaging', 'averaging -survey sort:new'],
    ['snake', 'scales topic:tail'],
    ['tail', 'topic:snake'],
    ['broken', 'merging foo:bar'],
    ['empty', 'sort:new'],
    ...Array.from(
      { length: 8 },
      (_, i) => [`twice-${i}`, `topic:twice-${i + 1} OR x topic:twice-${i + 1}`] as const,
    ),
    ['twice-8', 'merging'],
  ]);

  it('stands for what the topic asks for, and prints as its name', () => {
    const query = parseQuery('topic:Soups -review', topics);
    expect(query).toEqual({
      where: {
        kind: 'all',
        of: [
          {
            kind: 'topic',
            name: 'soups',
            means: {
              kind: 'any',
              of: [
                { kind: 'phrase', text: 'model soup' },
                {
                  kind: 'topic',
                  name: 'averaging',
                  means: {
                    kind: 'all',
                    of: [word('averaging'), { kind: 'not', that: word('survey') }],
                  },
                },
              ],
            },
          },
          { kind: 'not', that: word('review') },
        ],
      },
    });
    expect(printQuery(query)).toBe('topic:soups -review');
    expect(parseQuery('topic:empty merging', topics)).toEqual(parseQuery('merging'));
  });

  it.each([
    ['x topic:snake', 'Character 3: a topic cannot be part of itself, as in snake → tail → snake;'],
    ['topic:soup', 'Character 1: there is no topic “soup” here; for example: topic:soups'],
    ['topic:broken', 'Character 1: the topic “broken” has a mistake: there is no field “foo:”'],
    ['a topic:twice-0', 'Character 3: topics stand for more than 50 others here;'],
  ])('of %j says %j', (typed, said) => {
    expect(() => parseQuery(typed, topics)).toThrow(said);
  });
});

it.each([
  ['merging since:soon', ['merging since:soon', '        ^']],
  ['模型 since:soon', ['模型 since:soon', '\u3000\u3000 ^']],
  [`${'merging '.repeat(9)}x)`, ['…ging merging merging merging x)', `${' '.repeat(31)}^`]],
])('a caret points into %j', (typed, lines) => {
  expect(pointing(typed).split('\n')).toEqual(lines);
});

function pointing(typed: string): string {
  try {
    parseQuery(typed);
  } catch (error) {
    if (error instanceof QueryError) return caret(error);
    throw error;
  }
  throw new Error(`no complaint about ${typed}`);
}
