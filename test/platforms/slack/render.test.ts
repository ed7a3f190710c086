import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PaperId } from '../../../src/model/paper.ts';
import { MESSAGE } from '../../../src/platforms/slack/limits.ts';
import { render, type SlackMessage, withoutPictures } from '../../../src/platforms/slack/render.ts';
import { split } from '../../../src/platforms/slack/split.ts';
import { paperBlock } from '../../../src/reply/paper.ts';
import type { Block, PaperBlock, Reply } from '../../../src/reply/reply.ts';
import { bold, link, plain, say } from '../../../src/reply/text.ts';
import { checkBlocks } from '../../fakes/slack/blocks.ts';
import { buttonsOf } from '../../fakes/slack/render.ts';
import { awkwardPapers, hostileReply } from '../../fixtures/hostile.ts';
import { expectAccepted, markups, read } from './judge.ts';

const reply = (blocks: Block[], more: Partial<Reply> = {}): Reply => ({
  visibility: 'asker',
  summary: 'Three papers.',
  blocks,
  ...more,
});

const line = () => 'show arxiv:2407.09435';

const paper: PaperBlock = {
  kind: 'paper',
  id: PaperId.parse('arxiv:2407.09435'),
  number: 2,
  title: 'MUSCLE: A <Model> Update Strategy & more',
  url: 'https://arxiv.org/abs/2407.09435?a=1&b=2',
  facts: ['Jessica Echterhoff et al.', '12 Jul 2024', '▲ 21'],
  body: say`On ${bold('model')} updates.`,
  reason: say`matches ${bold('model merging')}`,
  thumbnail: 'https://cdn.example/2407.09435.png',
  buttons: [
    { kind: 'run', label: 'Show', effect: 'answer', invocation: { command: 'show', args: {} } },
    { kind: 'link', label: 'Link', url: 'https://arxiv.org/abs/2407.09435' },
  ],
};

function words(message: SlackMessage): string {
  return markups(message.blocks)
    .map((markup) => read(markup).text)
    .join('\n');
}

describe('a paper', () => {
  const message = render(reply([paper]), line);

  test('has its number, linked title, body, picture, facts, reason and buttons', () => {
    expect(message.blocks).toEqual([
      {
        type: 'section',
        text: {
          type: 'mrkdwn',
          verbatim: true,
          text: '*2. <https://arxiv.org/abs/2407.09435?a=1&amp;b=2|MUSCLE: A &lt;Model&gt; Update Strategy &amp; more>*\nOn *model* updates.',
        },
        accessory: {
          type: 'image',
          image_url: 'https://cdn.example/2407.09435.png',
          alt_text: 'Picture of “MUSCLE: A &lt;Model&gt; Update Strategy &amp; more”',
        },
      },
      {
        type: 'context',
        elements: [
          {
            type: 'mrkdwn',
            verbatim: true,
            text: 'Jessica Echterhoff et al. · 12 Jul 2024 · ▲ 21',
          },
          { type: 'mrkdwn', verbatim: true, text: '_matches_ *model merging*' },
        ],
      },
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            text: { type: 'plain_text', text: 'Show', emoji: false },
            action_id: 'answer.asker.0',
            value: 'show arxiv:2407.09435',
          },
          {
            type: 'button',
            text: { type: 'plain_text', text: 'Link', emoji: false },
            action_id: 'link.asker.1',
            url: 'https://arxiv.org/abs/2407.09435',
          },
        ],
      },
    ]);
  });

  test('is accepted by Slack, and without its picture as well', () => {
    expectAccepted(message);
    const bare = withoutPictures(message);
    expect(bare && JSON.stringify(bare)).not.toContain('2407.09435.png');
    expect(bare && withoutPictures(bare)).toBeUndefined();
  });

  test('without title, body, facts and buttons is still one legible line', () => {
    const { number: _, url: __, reason: ___, thumbnail: ____, ...bare } = paper;
    const nothing = { ...bare, title: ' ', facts: [], body: [], buttons: [] };
    expect(words(render(reply([nothing]), line))).toBe('Untitled');
  });
});

describe('the other blocks', () => {
  test('each become what Slack has for it', () => {
    const message = render(
      reply([
        { kind: 'heading', text: 'Model merging & more' },
        { kind: 'text', text: say`Now in ${bold('#papers')}.` },
        { kind: 'list', items: [say`one`, [], say`two`] },
        { kind: 'note', text: say`Until then.` },
        { kind: 'code', text: 'a ``` b <!here>' },
        { kind: 'buttons', buttons: [] },
      ]),
      line,
    );
    expectAccepted(message);
    expect(message.blocks.map((block) => block.type)).toEqual([
      'header',
      'section',
      'section',
      'context',
      'section',
    ]);
    expect(words(message)).toBe(
      'Model merging & more\nNow in #papers.\n• one\n• two\nUntil then.\na ˋˋˋ b <!here>\n',
    );
  });

  test('buttons carry style and effect, none has the id of another, and 26 take two rows', () => {
    const one = {
      kind: 'run',
      effect: 'replace',
      invocation: { command: 'help', args: {} },
    } as const;
    const buttons = Array.from({ length: 26 }, (_, i) => ({ ...one, label: `Go ${i}` }));
    const message = render(
      reply(
        [{ kind: 'buttons', buttons: [{ ...one, label: 'Yes', style: 'primary' }, ...buttons] }],
        {
          visibility: 'channel',
        },
      ),
      line,
    );
    expectAccepted(message);
    const checked = checkBlocks(message.blocks);
    const seen = checked.ok ? buttonsOf(checked.blocks) : [];
    expect(seen[0]).toMatchObject({ text: 'Yes', style: 'primary', actionId: 'replace.channel.0' });
    expect(new Set(seen.map((button) => button.actionId)).size).toBe(27);
    expect(message.blocks).toHaveLength(2);
  });

  test('an empty reply still notifies with a sentence', () => {
    expect(render(reply([], { summary: '' }), line)).toEqual({ text: 'Paperboy', blocks: [] });
  });
});

describe('splitting', () => {
  const many = (n: number): Block[] =>
    Array.from({ length: n }, (_, i) => ({ ...paper, number: i + 1 }));

  test('a digest of 20 papers comes in two messages, no paper parted, in order', () => {
    const parts = split(reply([{ kind: 'heading', text: 'Today' }, ...many(20)]));
    expect(parts.map((part) => part.summary)).toEqual([
      'Three papers. (1/2)',
      'Three papers. (2/2)',
    ]);
    const numbers = parts.map((part) =>
      part.blocks.flatMap((block) => (block.kind === 'paper' ? [block.number] : [])),
    );
    expect(numbers.flat()).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    for (const part of parts) expectAccepted(render(part, line));
  });

  test('a heading goes where what it heads goes', () => {
    const parts = split(reply([...many(16), { kind: 'heading', text: 'Next topic' }, ...many(1)]));
    expect(parts[0]?.blocks.at(-1)?.kind).toBe('paper');
    expect(parts[1]?.blocks.map((block) => block.kind)).toEqual(['heading', 'paper']);
  });

  test('a list that no message holds is continued in the next', () => {
    const items = Array.from({ length: 300 }, (_, i) => [plain(`item ${i} ${'word '.repeat(20)}`)]);
    const parts = split(reply([{ kind: 'list', items }]));
    expect(parts.length).toBeGreaterThan(2);
    const shown = parts.map((part) => words(render(part, line))).join('\n');
    expect(shown.match(/^• item \d+/gm)).toHaveLength(300);
    for (const part of parts) expectAccepted(render(part, line));
  });

  test('what fits stays as it is', () => {
    const whole = reply(many(3));
    expect(split(whole)).toEqual([whole]);
  });
});

describe('hostile papers', () => {
  const papers = awkwardPapers().map((each, i) => paperBlock(each, { number: i + 1 }));

  test('there are some', () => {
    expect(papers.length).toBeGreaterThan(20);
  });

  test.each(papers.map((block) => [block.title, block] as const))('%s', (title, block) => {
    const message = render(reply([block]), line);
    expectAccepted(message);
    const alike = (text: string) =>
      text.replaceAll('∗', '*').replaceAll('ˍ', '_').replaceAll('∼', '~').replaceAll('ˋ', '`');
    // Whole titles are shown with every character they have.
    expect(alike(words(message))).toContain(title.replaceAll('\u200b', ''));
  });

  test('any reply, split, is accepted by Slack and calls nobody', () => {
    fc.assert(
      fc.property(hostileReply, (any) => {
        for (const part of split(any)) {
          const message = render(part, () => 'x'.repeat(2_000));
          expectAccepted(message);
          expect(message.blocks.length).toBeLessThanOrEqual(MESSAGE.blocks);
        }
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});

test('quotes of a paper stand behind one bar, each on a line of its own, over their source', () => {
  const { blocks } = render(
    reply([
      {
        kind: 'quote',
        quotes: [say`On ${bold('model')} <updates>,\nat last.`, say`&gt; no mark of ours`],
        source: [plain('— '), link('MUSCLE', 'https://arxiv.org/abs/2407.09435')],
      },
    ]),
    line,
  );
  const [quoted, source] = markups(blocks);
  expect(quoted).toBe(
    '&gt; On *model* &lt;updates&gt;, at last.\n&gt;\n&gt; &amp;gt; no mark of ours',
  );
  expect(source).toBe('— <https://arxiv.org/abs/2407.09435|MUSCLE>');
});
