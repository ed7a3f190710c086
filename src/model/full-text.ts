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

export interface PlacedSection extends Section {
  /** Where a reader finds it. */
  url?: string;
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

/** The sections, each with its address where it has one of its own. */
export function placedSections({ paper, from, version, sections }: FullText): PlacedSection[] {
  const id = paper.slice('arxiv:'.length);
  const page = `https://arxiv.org/html/${id}${version ? `v${version}` : ''}`;
  return sections.map((section) => {
    const { anchor } = section;
    const hasUrl = from === 'arxiv-html' && anchor !== undefined;
    return hasUrl ? { ...section, url: `${page}#${encodeURIComponent(anchor)}` } : section;
  });
}
