/** Pages and PDFs as sections. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readHtml } from '../../src/reading/html.ts';
import { readPdf } from '../../src/reading/pdf.ts';
import { readApart } from '../../src/reading/read-apart.ts';
import { bombOf, column, type Placed, pdfOf } from '../fakes/pdf.ts';

const page = readFileSync(new URL('../fixtures/papers/2407.09435.html', import.meta.url), 'utf8');
const readText = (pages: readonly (readonly Placed[])[]) =>
  readPdf(new TextEncoder().encode(pdfOf(pages)));

describe('a page of LaTeXML', () => {
  const { version, sections } = readHtml(page);
  const text = (name: string) => sections.find((section) => section.name === name)?.text;

  test('has its sections in order with their numbers and anchors, and its version', () => {
    expect(version).toBe(2);
    expect(sections.map(({ name, anchor }) => [name, anchor])).toEqual([
      ['Abstract', undefined],
      ['1 Introduction', 'S1'],
      ['2.1 Masking strategy', 'S2.SS1'],
      ['3 Results', 'S3'],
      ['Appendix A Prompts', 'A1'],
    ]);
  });

  test('reads formulas as letters, and footnotes after their paragraph', () => {
    expect(text('1 Introduction')).toBe(
      [
        'A successor with α≤0.5 forgets little (Smith, 2020). We write the risk as',
        'Measured on one seed.',
        'R=∑ᵢwᵢθᵢ',
        'Figure 1: Negative flips fall as the mask grows.',
      ].join('\n\n'),
    );
  });

  test('keeps captions and items, and leaves out cells, references, thanks and the page around it', () => {
    const all = sections.map((section) => section.text).join('\n');
    expect(text('3 Results')).toContain('Table 1: Flips by task.');
    expect(text('2.1 Masking strategy')).toContain('The adapter has 0.3 % of the parameters.');
    for (const other of [
      '7.7',
      'Smith. 2020',
      'cats',
      'License',
      'Generated',
      'toc',
      '\\eg',
      'color',
    ]) {
      expect(all).not.toContain(other);
    }
  });
});

test('another page is read by its headings and paragraphs', () => {
  const { version, sections } = readHtml(
    '<body><nav>Menu</nav><main><h1>A title</h1><p>One &amp; two.<br>Three.<h2 id=m>Method</h2><div>Loose <b>words</b>.<p>Last.</div><script>x()</script></main>',
  );
  expect(version).toBeUndefined();
  expect(sections).toEqual([
    { name: 'A title', text: 'One & two. Three.' },
    { name: 'Method', text: 'Loose words.\n\nLast.', anchor: 'm' },
  ]);
});

const heading = (text: string, x: number, y: number): Placed => ({
  text,
  x,
  y,
  size: 12,
  bold: true,
});
const head = { text: 'Preprint. Under review.', x: 250, y: 760 };
const title: Placed[] = [
  { text: 'Swapping Models Without Surprises', x: 150, y: 720, size: 17, bold: true },
  { text: 'Ada Example, University of Examples', x: 200, y: 700 },
];

describe('a PDF', () => {
  test('with two columns is read one column after the other', async () => {
    const left = [
      heading('1 Introduction', 54, 660),
      ...column(54, 640, [
        'Large models are swapped for their successors all',
        'the time, and whoever built upon them is in for a sur-',
        'prise. We deﬁne a negative ﬂip as an answer that was',
        'right before. A few-shot prompt does not help here, as',
      ]),
    ];
    const right = [
      { text: 'others found.', x: 320, y: 660 },
      heading('2 Method', 320, 630),
      ...column(320, 610, [
        'The adapter is trained with a mask of 64 tokens. It',
        'keeps what the older model knew. We call this few-',
        'shot masking, and it goes on over the page to where',
      ]),
    ];
    // Row by row, as some programs write it.
    const mixed = left.flatMap((line, i) => [line, ...(right[i] ? [right[i]] : [])]);
    const stamp = {
      text: 'arXiv:2407.09435v3 [cs.AI] 12 Jul 2024',
      x: 20,
      y: 200,
      size: 20,
      turned: true,
    };
    const wide = {
      text: 'Figure 1: Flips over time, for a model and its successor, on all of the tasks that we looked at in this work.',
      x: 54,
      y: 720,
    };
    const { sections, version } = await readText([
      [head, ...title, stamp, ...mixed, { text: '1', x: 306, y: 40 }],
      [
        head,
        wide,
        ...column(54, 680, [
          'the next column begins, and there it ends. Some more',
          'text follows on the left.',
        ]),
        ...column(320, 680, [
          'And on the right there are more words, so that there',
          'are two columns.',
        ]),
        { text: '2', x: 306, y: 40 },
      ],
    ]);
    expect(version).toBe(3);
    expect(sections).toEqual([
      {
        name: '1 Introduction',
        text: 'Large models are swapped for their successors all the time, and whoever built upon them is in for a surprise. We define a negative flip as an answer that was right before. A few-shot prompt does not help here, as others found.',
      },
      {
        name: '2 Method',
        text: [
          'The adapter is trained with a mask of 64 tokens. It keeps what the older model knew. We call this few-shot masking, and it goes on over the page to where the next column begins, and there it ends. Some more text follows on the left.',
          'Figure 1: Flips over time, for a model and its successor, on all of the tasks that we looked at in this work.',
          'And on the right there are more words, so that there are two columns.',
        ].join('\n\n'),
      },
    ]);
  });

  test('loses its references, the cells of its tables and its footnotes’ place, but no sentence', async () => {
    const { sections } = await readText([
      [
        ...title,
        { text: 'Abstract', x: 280, y: 670, bold: true },
        ...column(72, 650, [
          'We look at what changes when a model is swapped for its successor, and',
          'ﬁnd that',
        ]),
        ...column(72, 626, ['little does.']),
        heading('3.1 Results', 72, 590),
        ...column(72, 570, ['Flips fall from 8.1 % to 4.9 % with the adapter, and rise']),
        ...column(72, 558, ['Task 8.1 4.9 7.7 0.3', 'Dialogue 1.1 2.2 3.3']),
        { text: 'Table 2: Flips by task.', x: 72, y: 520 },
        { text: 'without it on every task.', x: 72, y: 480 },
        { text: 'Measured on one seed of three, like all the others here.', x: 72, y: 90, size: 8 },
      ],
      [
        heading('References', 72, 720),
        ...column(72, 700, ['[1] Smith. A paper that says that all is well. 2020.']),
        heading('A Prompts', 72, 650),
        ...column(72, 630, ['Each prompt names the task first.']),
      ],
    ]);
    expect(sections).toEqual([
      {
        name: 'Abstract',
        text: 'We look at what changes when a model is swapped for its successor, and find that little does.',
      },
      {
        name: '3.1 Results',
        text: [
          'Flips fall from 8.1 % to 4.9 % with the adapter, and rise without it on every task.',
          'Table 2: Flips by task.',
          'Measured on one seed of three, like all the others here.',
        ].join('\n\n'),
      },
      { name: 'A Prompts', text: 'Each prompt names the task first.' },
    ]);
  });

  test('of pictures, of nothing, and what is none is said to be so', async () => {
    await expect(readText([[], []])).rejects.toThrow('holds pictures of pages, not their text');
    await expect(readPdf(new TextEncoder().encode('%PDF-1.4 and then nonsense'))).rejects.toThrow(
      'is no PDF that can be read',
    );
  });
});

describe('in a thread of their own', () => {
  const html = (text: string) => ({ kind: 'html' as const, text });

  test('documents are read with the same result', async () => {
    expect(await readApart(html(page))).toEqual(readHtml(page));
  });

  test('one that nests without end, or takes too long or too much memory, costs only its thread', async () => {
    await expect(readApart(html('<div>'.repeat(200_000)))).rejects.toThrow(
      /cannot be read|takes too/,
    );
    await expect(readApart(html(page), { timeMs: 1 })).rejects.toThrow('takes too long to read');
    const large = html('<p>word '.repeat(1_000_000));
    await expect(readApart(large, { memoryMb: 16 })).rejects.toThrow('takes too much memory');
  });

  test('a PDF of a kilobyte that unpacks to 60 MB is not unpacked to its end', async () => {
    const bytes = bombOf(60);
    expect(bytes.length).toBeLessThan(2_000);
    const bomb = { kind: 'pdf' as const, bytes };
    await expect(readApart(bomb, { memoryMb: 16 })).rejects.toThrow('takes too much memory');
  });

  test('a page that declares entities which grow without end has none of them', async () => {
    const doctype = `<!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(99)}"><!ENTITY c "${'&b;'.repeat(99)}">]>`;
    const { sections } = await readApart(html(`${doctype}<h1>Title</h1><p>Said &c; once.`));
    expect(JSON.stringify(sections).length).toBeLessThan(2_000);
  });
});
