import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parseFragment } from 'parse5';
import { describe, expect, test } from 'vitest';
import { PaperId } from '../../../src/model/paper.ts';
import { renderLine, renderReply } from '../../../src/platforms/local/render.ts';
import { paperBlock } from '../../../src/reply/paper.ts';
import type { Block, PaperBlock, Reply } from '../../../src/reply/reply.ts';
import { bold, code, italic, link, plain, say } from '../../../src/reply/text.ts';
import { awkwardPapers, hostileReply, hostileText } from '../../fixtures/hostile.ts';

const allowed: Record<string, readonly string[]> = {
  p: ['class', 'dir'],
  h3: ['dir'],
  h4: ['dir'],
  ul: [],
  blockquote: [],
  footer: ['dir'],
  li: ['dir'],
  pre: ['tabindex'],
  div: ['class'],
  article: ['class'],
  span: ['class', 'dir'],
  strong: [],
  em: [],
  mark: [],
  code: [],
  a: ['class', 'href', 'target', 'rel', 'aria-label'],
  button: ['type', 'class', 'data-line', 'data-effect', 'data-fill', 'aria-label'],
  img: ['class', 'src', 'alt', 'width', 'height', 'loading', 'decoding', 'referrerpolicy'],
};

type Element = DefaultTreeAdapterTypes.Element;

/** The elements of the HTML as a browser builds them; fails on whatever a browser would have to repair. */
function elementsOf(html: string): Element[] {
  const errors: string[] = [];
  const tree = parseFragment(html, { onParseError: ({ code }) => errors.push(code) });
  expect(errors).toEqual([]);
  const walk = (node: DefaultTreeAdapterTypes.ParentNode): Element[] =>
    node.childNodes.flatMap((child) =>
      defaultTreeAdapter.isElementNode(child) ? [child, ...walk(child)] : [],
    );
  return walk(tree);
}

function wordsOf(html: string): string {
  const walk = (node: DefaultTreeAdapterTypes.ParentNode): string =>
    node.childNodes
      .map((child) => {
        if (defaultTreeAdapter.isTextNode(child)) return child.value;
        return defaultTreeAdapter.isElementNode(child) ? walk(child) : '';
      })
      .join('');
  return walk(parseFragment(html));
}

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((each) => each.name === name)?.value;
}

function expectHarmless(html: string): void {
  for (const element of elementsOf(html)) {
    const names = allowed[element.tagName];
    expect(names, `<${element.tagName}> in ${html}`).toBeDefined();
    for (const { name } of element.attrs) expect(names).toContain(name);
    for (const name of ['href', 'src']) {
      const url = attribute(element, name);
      if (url === undefined) continue;
      expect(url).toMatch(/^https?:\/\//);
      expect(new URL(url).username).toBe('');
    }
    if (element.tagName !== 'a') continue;
    expect(attribute(element, 'target')).toBe('_blank');
    expect(attribute(element, 'rel')).toBe('noopener noreferrer');
  }
  // Nothing that reorders or hides what a person reads.
  expect(wordsOf(html)).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b\ufeff]/);
}

const carry = ({ command, args }: { command: string; args: object }) =>
  `${command} ${JSON.stringify(args)}`;

const reply = (...blocks: Block[]): Reply => ({ visibility: 'asker', summary: 'Words.', blocks });
const render = (...blocks: Block[]) => renderReply(reply(...blocks), carry);

const paper: PaperBlock = {
  kind: 'paper',
  id: PaperId.parse('arxiv:2407.09435'),
  number: 2,
  title: 'MUSCLE: A <Model> Update & more',
  url: 'https://arxiv.org/abs/2407.09435?a=1&b=2',
  facts: ['Jessica Echterhoff et al.', '12 Jul 2024', '▲ 21'],
  body: say`On ${bold('model')} updates.`,
  reason: say`matches ${italic('model merging')}`,
  thumbnail: 'https://cdn.example/2407.09435.png',
  buttons: [
    {
      kind: 'run',
      label: 'Show',
      effect: 'answer',
      invocation: { command: 'show', args: { paper: 'arxiv:2407.09435' } },
    },
    { kind: 'link', label: 'Link', url: 'https://arxiv.org/abs/2407.09435' },
  ],
};

describe('a paper', () => {
  const html = render(paper);

  test('has its title linked, its facts, the found words marked, its reason and its picture', () => {
    const named = (name: string) => elementsOf(html).filter(({ tagName }) => tagName === name);
    const [title] = named('a');
    expect(title && attribute(title, 'href')).toBe('https://arxiv.org/abs/2407.09435?a=1&b=2');
    expect(wordsOf(html)).toContain('MUSCLE: A <Model> Update & more');
    expect(wordsOf(html)).toContain('Jessica Echterhoff et al.');
    expect(html).toContain('<mark>model</mark>');
    expect(html).toContain('matches <em>model merging</em>');
    const [picture] = named('img');
    expect(picture && attribute(picture, 'loading')).toBe('lazy');
    expect(picture && attribute(picture, 'width')).toBe('320');
  });

  test('has buttons that carry their command and say which paper they are of', () => {
    const button = elementsOf(html).find(({ tagName }) => tagName === 'button');
    expect(button && attribute(button, 'data-line')).toBe('show {"paper":"arxiv:2407.09435"}');
    expect(button && attribute(button, 'data-effect')).toBe('answer');
    expect(button && attribute(button, 'aria-label')).toBe('Show: MUSCLE: A <Model> Update & more');
  });

  test('whose title reads like another address says where its link leads', () => {
    const html = render({ ...paper, title: 'www.good.example' });
    expect(wordsOf(html)).toContain('www.good.example (arxiv.org)');
  });

  test('of 10,000 characters of title is cut to what a card holds', () => {
    const long = render({ ...paper, title: 'word '.repeat(2_000) });
    expect(wordsOf(long).length).toBeLessThan(500);
    expect(wordsOf(long)).toContain('…');
  });
});

test('papers that follow each other share one frame', () => {
  const html = render(paper, paper, { kind: 'note', text: [plain('and')] }, paper);
  expect(html.match(/class="papers"/g)).toHaveLength(2);
});

test('outside a paper bold is emphasis, and spaces between spans stay', () => {
  const html = render({
    kind: 'text',
    text: say`3 papers for ${bold('tea')} and ${italic('milk')}.`,
  });
  expect(wordsOf(html)).toBe('3 papers for tea and milk.');
  expect(html).toContain('<strong>tea</strong>');
});

test('a command in the text can be taken over into the message box, other code cannot', () => {
  const html = render({ kind: 'text', text: say`Try ${code('/paper topics')} or ${code('x')}.` });
  expect(html).toContain('data-fill="/paper topics"');
  expect(html.match(/<button/g)).toHaveLength(1);
});

test.each([
  ['javascript:alert(1)'],
  ['data:text/html,x'],
  ['https://arxiv.org@evil.example/'],
  ['//evil.example'],
])('the link %s is shown as text alone', (url) => {
  const html = render(
    { kind: 'text', text: [link('here', url)] },
    { ...paper, url, thumbnail: url, buttons: [{ kind: 'link', label: 'Link', url }] },
  );
  expect(elementsOf(html).filter(({ tagName }) => /^(a|img)$/.test(tagName))).toEqual([]);
  expect(wordsOf(html)).toContain('here');
});

test('what a person typed is text, its command set off', () => {
  expect(renderLine('/paper search <b>')).toBe(
    '<p dir="auto"><code>/paper search</code> &lt;b&gt;</p>',
  );
  expect(renderLine('hello')).toBe('<p dir="auto">hello</p>');
});

test('no reply of any content gives anything but harmless, well-formed HTML', () => {
  fc.assert(
    fc.property(hostileReply, (any) => expectHarmless(renderReply(any, carry))),
    { numRuns: 200 },
  );
});

test('no line of any content gives anything but harmless, well-formed HTML', () => {
  fc.assert(fc.property(hostileText, (line) => expectHarmless(renderLine(line))));
});

test.each(awkwardPapers().map((each) => [each.title.slice(0, 60), paperBlock(each)] as const))(
  'the awkward paper “%s” is shown with its words',
  (_, awkward) => {
    const html = render(awkward);
    expectHarmless(html);
    const [first = ''] = awkward.title.split(/[\s\p{Cc}]/u);
    expect(wordsOf(html)).toContain(first);
  },
);

test('quotes of a paper are one blockquote with their source at its foot, what matches marked', () => {
  const html = renderReply(
    {
      visibility: 'channel',
      summary: 'An answer.',
      blocks: [
        {
          kind: 'quote',
          quotes: [say`On ${bold('model')} updates.`, say`<b>twice</b>`],
          source: [plain('— '), link('MUSCLE', 'https://arxiv.org/abs/2407.09435')],
        },
      ],
    },
    () => '',
  );
  expect(html).toContain('<p dir="auto">On <mark>model</mark> updates.</p>');
  expect(html).toMatch(/<footer dir="auto">— <a href="https:\/\/arxiv.org\/abs\/2407.09435"/);
  expect(elementsOf(html).map(({ tagName }) => tagName)).toEqual([
    'blockquote',
    'p',
    'mark',
    'p',
    'footer',
    'a',
  ]);
});
