import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Paper, paperIdOf } from '../../../src/model/paper.ts';
import { type Carry, readCustomId } from '../../../src/platforms/discord/buttons.ts';
import { clean } from '../../../src/platforms/discord/escape.ts';
import { markdown } from '../../../src/platforms/discord/markdown.ts';
import { marksOf, render } from '../../../src/platforms/discord/render.ts';
import { split } from '../../../src/platforms/discord/split.ts';
import { buttons, pageButtons } from '../../../src/reply/build.ts';
import { paperBlock } from '../../../src/reply/paper.ts';
import type { Block, PaperBlock, Reply } from '../../../src/reply/reply.ts';
import { bold, code, italic, link, plain, say, type Text } from '../../../src/reply/text.ts';
import { parseMessage, requireSomething } from '../../fakes/discord/message-schema.ts';
import { awkwardPapers, hostilePaper, hostileSpans, hostileText } from '../../fixtures/hostile.ts';
import { marked, read } from './reader.ts';

const carry: Carry = ({ command, args }) => `${command} ${JSON.stringify(args)}`.slice(0, 97);

const reply = (...blocks: Block[]): Reply => ({ visibility: 'channel', summary: 'Papers', blocks });

/** Renders every part as it would be posted; throws where Discord would refuse one. */
function messages(whole: Reply) {
  return split(whole).map((part) => {
    const message = render(part, carry, `Paperboy · ${'f'.repeat(12)}`);
    parseMessage(message);
    requireSomething({ ...message, attachments: [] });
    return message;
  });
}

function only(whole: Reply) {
  const [message, ...more] = messages(whole);
  if (!message || more.length) throw new Error(`${more.length + 1} messages instead of one`);
  return message;
}

const paper = (more: Partial<Paper> = {}): Paper =>
  Paper.parse({
    id: 'arxiv:2407.09435',
    title: 'Merging models',
    abstract: 'We merge models. They get better.',
    authors: ['Ada Lovelace', 'Grace Hopper'],
    published: '2024-07-12',
    categories: ['cs.CL'],
    upvotes: 12,
    ...more,
  });

const papers = (count: number, title = 'Paper') =>
  Array.from({ length: count }, (_, i) => {
    const name = `${title} ${i + 1}`;
    return paperBlock(
      paper({ id: paperIdOf({ title: name }), title: name, url: 'https://a.example/' }),
      {
        number: i + 1,
        reason: say`matches ${italic('model-merging')}`,
      },
    );
  });

const labels = (message: ReturnType<typeof render>) =>
  message.components.map((row) =>
    row.components.map((button) => ('label' in button ? button.label : '')),
  );

describe('a paper', () => {
  test('is an embed with its title linked, facts, abstract with matches bold, reason and picture', () => {
    const block = paperBlock(
      paper({ url: 'https://arxiv.org/abs/2407.09435', thumbnail: 'https://a.example/t.png' }),
      { number: 3, terms: ['merg'], reason: say`matches ${italic('model-merging')}` },
    );
    const [embed] = only(reply(block)).embeds;
    expect(embed).toMatchObject({
      title: '3. Merging models',
      url: 'https://arxiv.org/abs/2407.09435',
      thumbnail: { url: 'https://a.example/t.png' },
    });
    const other = only(reply({ ...block, title: `www.good.example ${'x'.repeat(300)}` })).embeds[0];
    expect(other?.title).toMatch(/^3\. www\.good\.example .*… \(arxiv\.org\)$/);
    expect(other?.title).toHaveLength(256);
    const [facts, body, reason] = (embed?.description ?? '').split('\n');
    expect(read(facts ?? '').marks).toEqual([
      { kind: 'subtext', text: 'Ada Lovelace, Grace Hopper · 12 Jul 2024 · cs.CL · ▲ 12' },
    ]);
    expect(body).toBe('We **merge** models. They get better.');
    expect(marked(reason ?? '', 'em')).toEqual(['model-merging']);
  });

  test('on its own has its buttons in one row and room for a long abstract', () => {
    const abstract = 'A sentence of the abstract. '.repeat(120);
    const block = paperBlock(paper({ abstract }), { whole: true });
    const message = only(reply({ ...block, body: [plain(abstract)] }));
    expect(labels(message)).toEqual([['Similar', 'Save', '👍', '👎', 'Link']]);
    expect(message.embeds[0]?.description?.length).toBeGreaterThan(3_000);
  });

  test('without a title, an abstract or anything else still shows', () => {
    const [embed] = only(
      reply({ kind: 'paper', id: paper().id, title: '\u200b', facts: [], body: [], buttons: [] }),
    ).embeds;
    expect(embed?.title).toBe('Untitled');
  });

  test('whose address Discord would refuse has no link', () => {
    const message = only(
      reply({
        ...paperBlock(paper()),
        url: 'javascript:alert(1)',
        thumbnail: 'file:///etc/passwd',
      }),
    );
    expect(message.embeds[0]).not.toHaveProperty('url');
    expect(message.embeds[0]).not.toHaveProperty('thumbnail');
  });
});

describe('several papers', () => {
  test('have their buttons by what they do, then those of the list', () => {
    const list = pageButtons({ page: 2, pages: 3, command: 'search', args: { query: 'x' } });
    expect(labels(only(reply(...papers(3), ...list)))).toEqual([
      ['Show 1', 'Show 2', 'Show 3'],
      ['Similar 1', 'Similar 2', 'Similar 3'],
      ['Save 1', 'Save 2', 'Save 3'],
      ['◀ Previous', 'Next ▶'],
    ]);
  });

  test('of a page fit one message, however long each is', () => {
    const long = papers(5).map((block) => ({
      ...block,
      title: '*'.repeat(10_000),
      facts: ['_'.repeat(3_000)],
      body: [plain('[x](y) '.repeat(1_000))],
      reason: [plain('`'.repeat(2_000))],
    }));
    const list = pageButtons({ page: 2, pages: 3, command: 'search', args: { query: 'x' } });
    const message = only(reply({ kind: 'heading', text: '#'.repeat(400) }, ...long, ...list));
    expect(message.embeds).toHaveLength(5);
    expect(message.components).toHaveLength(4);
  });

  test('stay in order, with what comes before and after them', () => {
    const message = only(
      reply(
        { kind: 'heading', text: 'Papers for Monday' },
        { kind: 'text', text: say`Two of ${bold('many')}.` },
        ...papers(2),
        { kind: 'note', text: say`2 of 9 papers looked at.` },
      ),
    );
    expect(message.content).toBe('**Papers for Monday**\nTwo of **many**.');
    expect(message.embeds.map(({ title, description }) => title ?? description)).toEqual([
      '1. Paper 1',
      '2. Paper 2',
      '-# 2 of 9 papers looked at.',
    ]);
  });

  test('of a digest of 20 are divided between messages, none cut, the buttons of the list last', () => {
    const parts = messages(
      reply(
        { kind: 'heading', text: 'Papers for Monday' },
        ...papers(20),
        { kind: 'note', text: say`20 of 90 papers looked at.` },
        ...buttons({
          kind: 'run',
          label: 'Topics',
          effect: 'answer',
          invocation: { command: 'topics', args: {} },
        }),
      ),
    );
    const titles = parts.flatMap(({ embeds }) => embeds.flatMap(({ title }) => title ?? []));
    expect(titles).toEqual(papers(20).map(({ number, title }) => `${number}. ${title}`));
    expect(parts.length).toBeLessThanOrEqual(4);
    expect(labels(parts.at(-1) ?? only(reply())).at(-1)).toEqual(['Topics']);
    expect(parts[0]?.content).toBe('**Papers for Monday**');
  });
});

describe('other blocks', () => {
  test('read as lists, notes and code', () => {
    const { content } = only(
      reply(
        { kind: 'heading', text: 'Topics' },
        { kind: 'list', items: [say`${bold('a')}: one`, say`two\nlines`] },
        { kind: 'note', text: say`Say ${code('/paper help')}.` },
        { kind: 'code', text: '/paper search x\n/paper show y' },
      ),
    );
    expect(content).toBe(
      '**Topics**\n- **a**: one\n- two lines\n-# Say `/paper help`.\n\n```\n/paper search x\n/paper show y\n```\n-# Paperboy · ffffffffffff',
    );
  });

  test('that are too long for the content go on below it, and then in another message', () => {
    const items = Array.from({ length: 90 }, (_, i) => say`item ${i} ${'word '.repeat(40)}`);
    const parts = messages(reply({ kind: 'heading', text: 'Many' }, { kind: 'list', items }));
    const text = parts
      .flatMap(({ content, embeds }) => [
        content,
        ...embeds.map((embed) => embed.description ?? ''),
      ])
      .join('\n');
    expect(items.every((_, i) => text.includes(`item ${i} `))).toBe(true);
    expect(parts.length).toBeGreaterThan(1);
  });

  test('never leave buttons alone in a message', () => {
    const own = Array.from({ length: 25 }, (_, i) => ({
      kind: 'run' as const,
      label: `Subscribe ${i}`,
      effect: 'answer' as const,
      invocation: { command: 'subscribe', args: { topic: `t${i}` } },
    }));
    const parts = messages(
      reply(...papers(2), { kind: 'text', text: say`Choose:` }, { kind: 'buttons', buttons: own }),
    );
    expect(parts.map(({ content }) => content.split('\n')[0])).toEqual(['', 'Choose:']);
  });

  test('without a word to show, show the summary', () => {
    expect(only({ ...reply({ kind: 'text', text: [] }), summary: 'Nothing *new*' }).content).toBe(
      'Nothing \\*new\\*\n-# Paperboy · ffffffffffff',
    );
  });
});

describe('rich text', () => {
  test.each<[string, Text, string]>([
    ['bold inside a word', [plain('re'), bold('merg'), plain('ing')], 're**merg**ing'],
    ['bold with spaces', [plain('a'), bold(' b '), plain('c')], 'a **b** c'],
    ['neighbours of one style', [bold('a'), bold('b')], '**ab**'],
    ['neighbours of two styles', [bold('a'), italic('b')], '**a**\u2060*b*'],
    ['bold of stars', [bold('**')], '**\\*\\***'],
    ['nothing', [bold(''), italic('\u200b'), plain('')], ''],
    [
      'a link',
      [link('[MASK] it', 'https://a.example/(x)')],
      '[\\[MASK\\] it](<https://a.example/%28x%29>)',
    ],
    ['a link to nowhere', [link('x', 'javascript:alert(1)')], 'x'],
    [
      'a link whose label looks like another',
      [link('https://good.example', 'https://evil.example/')],
      'https\\://good.example (<https://evil.example/>)',
    ],
    [
      'a link whose label looks like a part of another',
      [link('good.example/x', 'https://evil.example/')],
      'good.example/x (<https://evil.example/>)',
    ],
    [
      'a link with half a bracket',
      [link('a ] b', 'https://a.example/')],
      '[a ) b](<https://a.example/>)',
    ],
  ])('writes %s', (_, text, written) => {
    expect(markdown(text)).toBe(written);
  });

  test('shows the words and the styles it was given, whatever they hold', () => {
    fc.assert(
      fc.property(hostileSpans, (spans) => {
        const { text, marks } = read(markdown(spans));
        const bare = (words: string) => clean(words).replace(/\s+/g, '');
        expect(bare(text)).toBe(bare(spans.map((span) => span.text).join('')));
        const strong = marks.filter(({ kind }) => kind === 'strong').map((mark) => mark.text);
        const meant = spans.filter((span) => span.kind === 'text' && span.style === 'bold');
        expect(bare(strong.join(''))).toBe(bare(meant.map((span) => span.text).join('')));
        const kinds = new Set(marks.map(({ kind }) => kind));
        expect([...kinds].filter((kind) => !['strong', 'em', 'autolink'].includes(kind))).toEqual(
          [],
        );
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('hostile papers', () => {
  test('are always messages that Discord takes, with nothing in them that mentions or misleads', () => {
    fc.assert(
      fc.property(
        fc.array(hostilePaper, { minLength: 1, maxLength: 7 }),
        hostileText,
        (blocks, text) => {
          const whole = reply(
            { kind: 'heading', text },
            { kind: 'text', text: [plain(text)] },
            ...blocks,
          );
          const parts = messages(whole);
          expect(parts.flatMap(({ embeds }) => embeds.filter(({ color }) => color))).toHaveLength(
            blocks.length,
          );
          for (const { content, embeds } of parts) {
            for (const words of [
              content,
              ...embeds.map((embed) => embed.description ?? ''),
              ...embeds.map((embed) => (embed.title ?? '').replace(/^\d+\. /, '')),
            ]) {
              const kinds = read(words).marks.map(({ kind }) => kind);
              expect(
                kinds.filter((kind) => !['strong', 'em', 'subtext', 'autolink'].includes(kind)),
              ).toEqual([]);
              expect(words).not.toMatch(/@everyone|@here|[\u202a-\u202e\u2066-\u2069]/i);
            }
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  test('from real collections are messages that Discord takes, alone and in lists', () => {
    const blocks: PaperBlock[] = awkwardPapers().map((each, i) =>
      paperBlock(each, { number: i + 1, terms: ['model', 'learn'] }),
    );
    expect(blocks.length).toBeGreaterThan(20);
    for (const block of blocks) only(reply(block));
    const seen = messages(reply(...blocks)).flatMap(({ embeds }) => embeds);
    expect(seen).toHaveLength(blocks.length);
  });
});

describe('buttons', () => {
  test('carry their effect and command, and never share a custom id', () => {
    const again = {
      kind: 'run',
      label: 'Again',
      invocation: { command: 'topics', args: {} },
    } as const;
    const message = only(
      reply(
        { kind: 'text', text: say`x` },
        ...buttons(
          { ...again, effect: 'replace' },
          { ...again, effect: 'answer' },
          { ...again, effect: 'replace' },
        ),
      ),
    );
    const ids = message.components.flatMap((row) =>
      row.components.map((button) => ('custom_id' in button ? button.custom_id : '')),
    );
    expect(ids.map((id) => readCustomId(id))).toEqual([
      { effect: 'replace', carried: 'topics {}' },
      { effect: 'answer', carried: 'topics {}' },
      { effect: 'replace', carried: 'topics {}' },
    ]);
    expect(new Set(ids).size).toBe(3);
  });

  test('of other makers are not read', () => {
    expect(readCustomId('vote:yes')).toBeUndefined();
    expect(readCustomId('r0:')).toBeUndefined();
  });
});

test('the mark of a message is found again where it was put', () => {
  const [text] = messages(reply({ kind: 'text', text: say`Nothing new.` }));
  const [embed] = messages(reply(...papers(1)));
  for (const message of [text, embed]) {
    expect(marksOf(message ?? only(reply()))).toContain('Paperboy · ffffffffffff');
  }
});

describe('quotes', () => {
  const source = [plain('— '), link('MUSCLE', 'https://arxiv.org/abs/2407.09435')];

  test('of a paper are one embed, each a paragraph, over their source', () => {
    const { content, embeds } = only(
      reply(
        { kind: 'text', text: [plain('1 of 96 papers speaks to this.')] },
        { kind: 'quote', quotes: [say`On ${bold('model')}\nupdates.`, say`# Not a title`], source },
      ),
    );
    expect(content).toBe('1 of 96 papers speaks to this.');
    const [description = ''] = embeds.map((embed) => embed.description);
    expect(description).toMatch(/^On \*\*model\*\* updates\.\n\n/);
    expect(description).toContain('\n\\# Not a title');
    expect(description).toMatch(/\n-# — \[MUSCLE\]\(<?https:\/\/arxiv\.org\/abs\/2407\.09435>?\)$/);
  });

  test('five of the longest fit one message with their buttons', () => {
    const quotes = [[plain('word '.repeat(300))]];
    const many = Array.from({ length: 5 }, () => ({ kind: 'quote' as const, quotes, source }));
    expect(only(reply(...many)).embeds).toHaveLength(5);
  });

  test('of nothing are no embed, which Discord would refuse', () => {
    const { embeds } = only(reply({ kind: 'quote', quotes: [[]], source: [] }));
    expect(embeds).toEqual([]);
  });

  test('of anything never make Discord refuse the message', () => {
    const quote = fc.record({
      kind: fc.constant('quote' as const),
      quotes: fc.array(hostileSpans, { maxLength: 5 }),
      source: hostileSpans,
    });
    fc.assert(
      fc.property(fc.array(quote, { minLength: 1, maxLength: 6 }), (quotes) => {
        expect(messages(reply(...quotes)).length).toBeGreaterThan(0);
      }),
      { numRuns: 40 },
    );
  });
});
