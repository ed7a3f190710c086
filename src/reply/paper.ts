/** How a paper reads, on its own and in a list. */
import type { Hit } from '../model/hit.ts';
import { ABSTRACT_READ, type Paper, paperUrl } from '../model/paper.ts';
import { readable } from '../text/latex.ts';
import { shorten } from '../text/sentences.ts';
import { asWritten, snippet } from '../text/snippet.ts';
import { run } from './build.ts';
import { marked } from './marked.ts';
import type { Button, PaperBlock } from './reply.ts';
import { bold, italic, link, plain, type Span, say, type Text } from './text.ts';
import { day } from './time.ts';

/** Characters of the abstract: beside others in a list, and on its own. */
const LIST_BODY = 280;
const WHOLE_BODY = 1_500;
const AUTHORS_SHOWN = 3;
const CATEGORIES_SHOWN = 3;
const SHARED_SHOWN = 3;

export interface PaperOptions {
  /** Its place in a list, from 1. */
  number?: number;
  /** Analysed words to show in bold; the body becomes a snippet around them. */
  terms?: readonly string[];
  reason?: Text;
  /** Show the abstract as far as it fits, and no Show button. */
  whole?: boolean;
}

/** A paper with what can be done about it. */
export function paperBlock(paper: Paper, options: PaperOptions = {}): PaperBlock {
  const url = paperUrl(paper);
  return {
    kind: 'paper',
    id: paper.id,
    title: titleOf(paper),
    facts: facts(paper),
    body: body(paper, options),
    buttons: paperButtons(paper, url, options),
    ...(url ? { url } : {}),
    ...(paper.thumbnail ? { thumbnail: paper.thumbnail } : {}),
    ...(options.number === undefined ? {} : { number: options.number }),
    ...(options.reason?.length ? { reason: options.reason } : {}),
  };
}

/** The title in readable Unicode, in one line. */
export function titleOf({ title }: Pick<Paper, 'title'>): string {
  return readable(title).replace(/\s+/g, ' ').trim();
}

/** The title, and where the paper is. */
export function linkedTitle(paper: Paper): Span {
  const url = paperUrl(paper);
  return url ? link(titleOf(paper), url) : bold(titleOf(paper));
}

function abstractOf({ abstract }: Paper): string {
  return readable(abstract.slice(0, ABSTRACT_READ)).replace(/\s+/g, ' ').trim();
}

/** Why a similar paper is here: the weighty words it shares, as it writes them. */
export function sharedWords({ paper, terms }: Hit): Text {
  const words = asWritten(`${titleOf(paper)}. ${abstractOf(paper)}`, terms, SHARED_SHOWN);
  return words.length ? say`shares ${enumerated(words.map(italic))}` : [];
}

/** Spans with commas between them. */
export function enumerated(spans: readonly Span[]): Text {
  return spans.flatMap((span, i) => (i ? [plain(', '), span] : [span]));
}

function facts(paper: Paper): string[] {
  const authors = paper.authors.slice(0, AUTHORS_SHOWN).join(', ');
  const more = paper.authors.length > AUTHORS_SHOWN ? ' et al.' : '';
  const categories = paper.categories.slice(0, CATEGORIES_SHOWN).join(', ');
  return [
    authors && authors + more,
    paper.published && day(paper.published),
    categories,
    paper.upvotes !== undefined && `▲ ${paper.upvotes}`,
  ].filter((fact) => typeof fact === 'string' && fact !== '') as string[];
}

function body(paper: Paper, { terms = [], whole }: PaperOptions): Text {
  const abstract = abstractOf(paper);
  if (!abstract) return [plain('No abstract.')];
  if (whole || !terms.length) return [plain(shorten(abstract, whole ? WHOLE_BODY : LIST_BODY))];
  const { text, marks } = snippet(abstract, terms, LIST_BODY);
  return marked(text, marks);
}

function paperButtons(paper: Paper, url: string | undefined, { whole }: PaperOptions): Button[] {
  const about = { paper: paper.id };
  const [similar, save] = [run('Similar', 'similar', about), run('Save', 'save', about)];
  if (!whole) return [run('Show', 'show', about), similar, save];
  return [
    similar,
    save,
    run('👍', 'vote', { ...about, vote: 'up' }),
    run('👎', 'vote', { ...about, vote: 'down' }),
    // In a list the title is the link.
    ...(url ? [{ kind: 'link', label: 'Link', url } as const] : []),
  ];
}
