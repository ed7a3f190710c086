/**
 * A paper's page as sections. Made for what LaTeXML writes for arXiv (https://math.nist.gov/~BMiller/LaTeXML/),
 * which marks everything with a class; of another page the headings and paragraphs are read.
 */
import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse } from 'parse5';
import type { Reading } from '../model/full-text.ts';
import { readable } from '../text/latex.ts';
import { SectionWriter } from './section-writer.ts';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

/** What is no prose of the paper: furniture of the page, lists of works and names, pictures, tables. */
const SKIPPED_TAGS = new Set(
  'head script style noscript template nav header footer aside form button iframe object svg img table'.split(
    ' ',
  ),
);
const SKIPPED_CLASSES =
  /(?:^|\s)ltx_(?:bibliography|authors|dates|TOC|tabular|tag_(?:equation|equationgroup|note|item)|note_mark|note_type|ERROR|page_(?:navbar|header|footer|logo)|listing_data|rule|pagination|index|keywords|classification|title_document)(?:\s|$)/;
const BLOCK_TAGS = new Set(
  'p li dd dt figcaption blockquote pre div section article figure main body ul ol dl h1 h2 h3 h4 h5 h6'.split(
    ' ',
  ),
);

/** Reads the page; without one paragraph there are no sections. Throws when it nests too deeply. */
export function readHtml(page: string): Reading {
  const writer = new SectionWriter();
  const notes: string[] = [];

  /** The text of what stands in a line, with notes put aside. */
  function inline(node: Node): string {
    if (defaultTreeAdapter.isTextNode(node)) return node.value;
    if (!defaultTreeAdapter.isElementNode(node) || isSkipped(node)) return '';
    if (node.tagName === 'math') return formula(node);
    if (hasClass(node, 'ltx_note')) {
      notes.push(textOf(node.childNodes));
      return '';
    }
    return node.tagName === 'br' ? ' ' : node.childNodes.map(inline).join('');
  }
  const textOf = (nodes: readonly Node[]) => nodes.map(inline).join('');

  function paragraph(nodes: readonly Node[]): void {
    writer.paragraph(textOf(nodes));
    for (const note of notes.splice(0)) writer.paragraph(note);
  }

  function block(element: Element, anchor: string | undefined): void {
    if (isDisplay(element)) paragraph([element]);
    else if (isSkipped(element)) return;
    else if (/^h[1-6]$/.test(element.tagName)) heading(element, anchor);
    else blocksOf(element, anchor);
  }

  function heading(element: Element, anchor: string | undefined): void {
    const name = textOf(element.childNodes);
    notes.length = 0;
    const runsIn = hasClass(
      element,
      'ltx_title_paragraph',
      'ltx_title_subparagraph',
      'ltx_title_theorem',
    );
    if (runsIn) writer.paragraph(name);
    else writer.heading(name, anchor ?? attribute(element, 'id'));
  }

  function blocksOf(element: Element, anchor: string | undefined): void {
    const here = (element.tagName === 'section' && attribute(element, 'id')) || anchor;
    let line: Node[] = [];
    const flush = () => {
      paragraph(line);
      line = [];
    };
    for (const child of element.childNodes) {
      if (!defaultTreeAdapter.isElementNode(child) || !isBlock(child)) {
        line.push(child);
        continue;
      }
      flush();
      block(child, here);
    }
    flush();
  }

  const version = statedVersion(page);
  const { childNodes } = parse(page);
  for (const child of childNodes) {
    if (defaultTreeAdapter.isElementNode(child)) block(paperIn(child) ?? child, undefined);
  }
  return { ...(version && { version }), sections: writer.sections() };
}

/** The paper itself, on a page of LaTeXML's. */
function paperIn(element: Element): Element | undefined {
  if (hasClass(element, 'ltx_document')) return element;
  for (const child of element.childNodes) {
    const found = defaultTreeAdapter.isElementNode(child) && paperIn(child);
    if (found) return found;
  }
  return undefined;
}

/** A formula in readable letters; LaTeXML keeps the LaTeX beside it. */
function formula(math: Element): string {
  const latex = attribute(math, 'alttext');
  return latex ? ` ${readable(`$${latex.replaceAll('$', '')}$`)} `.replace(/\s+/g, ' ') : '';
}

/** LaTeXML lays out equations as tables. */
const isDisplay = (element: Element) =>
  hasClass(element, 'ltx_equation', 'ltx_equationgroup', 'ltx_eqn_table');

const isBlock = (element: Element) =>
  element.tagName === 'table' ||
  (BLOCK_TAGS.has(element.tagName) && !hasClass(element, 'ltx_note'));

function isSkipped(element: Element): boolean {
  const isTable = SKIPPED_TAGS.has(element.tagName) && !isDisplay(element);
  return isTable || SKIPPED_CLASSES.test(attribute(element, 'class') ?? '');
}

function hasClass(element: Element, ...names: string[]): boolean {
  const own = attribute(element, 'class')?.split(/\s+/) ?? [];
  return names.some((name) => own.includes(name));
}

function attribute({ attrs }: Element, name: string): string | undefined {
  return attrs.find((attr) => attr.name === name)?.value;
}

/** arXiv stamps each version: `arXiv:2407.09435v2 [cs.CL] 12 Jul 2024`. */
export function statedVersion(text: string): number | undefined {
  const found = /\barXiv:(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})v(\d{1,3})\s+\[/.exec(
    text,
  );
  return found ? Number(found[1]) : undefined;
}
