/** The whole text of a paper, by section, as it is stored and quoted. */
import type { PaperId } from './paper.ts';

/** A part of a paper under one heading, without those below it. */
export interface Section {
  /** With its number where it has one: `3.2 Method`. */
  name: string;
  /** Paragraphs, an empty line between them. */
  text: string;
  /** Where in the document it stands, `S3.SS2`. */
  anchor?: string;
}

/** A paper's document as it came. */
export type Document = { kind: 'html'; text: string } | { kind: 'pdf'; bytes: Uint8Array };

/** What a document says, before anybody knows which paper it is. */
export interface Reading {
  /** The arXiv version it says of itself, from 1. */
  version?: number;
  sections: Section[];
}

export interface FullText extends Reading {
  paper: PaperId;
  /** `arxiv-html`, `arxiv-pdf`, or a file of the operator's. */
  from: 'arxiv-html' | 'arxiv-pdf' | 'file';
  /** ISO 8601 instant. */
  readAt: string;
}

/** Words of a text, as people count them. */
export function wordsIn(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}

/** Where a reader finds a section; undefined where only the whole paper has an address. */
export function sectionUrl(
  { paper, from, version }: Pick<FullText, 'paper' | 'from' | 'version'>,
  { anchor }: Pick<Section, 'anchor'>,
): string | undefined {
  if (from !== 'arxiv-html' || !anchor || !paper.startsWith('arxiv:')) return undefined;
  const id = paper.slice('arxiv:'.length);
  return `https://arxiv.org/html/${id}${version ? `v${version}` : ''}#${encodeURIComponent(anchor)}`;
}
