/** A paper: one work, one identity over its versions and sources. */
import { createHash } from 'node:crypto';
import { z } from 'zod';

/** `arxiv:2407.09435`, else `doi:10.1000/xyz`, else `title:<hash of the normalised title>`. */
export const PaperId = z
  .string()
  .regex(/^(arxiv|doi|title):\S+$/)
  .brand<'PaperId'>();
export type PaperId = z.infer<typeof PaperId>;

export const Paper = z.object({
  id: PaperId,
  title: z.string().min(1),
  /** As the source gave it; empty when it gave none. */
  abstract: z.string(),
  authors: z.array(z.string()),
  /** ISO 8601 date or instant, as the source states it. */
  published: z.string().optional(),
  categories: z.array(z.string()),
  upvotes: z.number().int().nonnegative().optional(),
  url: z.url().optional(),
  thumbnail: z.url().optional(),
  doi: z.string().optional(),
  /** The newest version known, from 1. */
  version: z.number().int().positive().optional(),
  /** Why the authors took it back. */
  withdrawn: z.string().optional(),
  /** What the authors remark: pages, venue, code. */
  comment: z.string().optional(),
  comments: z.number().int().nonnegative().optional(),
  /** Written by the source's language model, not by the authors. */
  aiSummary: z.string().optional(),
  keywords: z.array(z.string()).optional(),
  code: z.url().optional(),
  project: z.url().optional(),
  /** Who put it before the community. */
  submitter: z.string().optional(),
  organisation: z.string().optional(),
  citations: z.number().int().nonnegative().optional(),
  /** Names of the sources that told of it, in order. */
  sources: z.array(z.string()).optional(),
});
export type Paper = z.infer<typeof Paper>;

/** Characters of an abstract that answers and replies read: ten times the longest that arXiv takes. */
export const ABSTRACT_READ = 20_000;

/**
 * Letters and digits of the title, folded to lower case and single spaces, so that case,
 * punctuation, LaTeX dollars and line breaks do not make two works of one.
 */
export function normaliseTitle(title: string): string {
  return title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The identity of a work: arXiv id without version, then DOI, then the hash of its title. */
export function paperIdOf(work: {
  arxiv?: string | undefined;
  doi?: string | undefined;
  title: string;
}): PaperId {
  // arXiv registers a DOI of its own for every paper: https://info.arxiv.org/help/doi.html
  const arxiv = work.arxiv ?? /^10\.48550\/arxiv\.(\S+)$/i.exec(work.doi ?? '')?.[1];
  if (arxiv) return PaperId.parse(`arxiv:${arxiv.replace(/v\d+$/, '')}`);
  if (work.doi) return PaperId.parse(`doi:${work.doi.toLowerCase()}`);
  const normal = normaliseTitle(work.title) || work.title;
  return PaperId.parse(`title:${createHash('sha256').update(normal).digest('hex').slice(0, 16)}`);
}

const newStyle = /\d{4}\.\d{4,5}/;
/** The same with months alone, so that it is told from other numbers. */
const monthly = /\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}/;
const oldStyle = /[a-z-]+(?:\.[A-Z]{2})?\/\d{7}/;
const anyId = `${newStyle.source}|${oldStyle.source}`;
const bareId = new RegExp(`^(?:arxiv:)?(${anyId})(?:v\\d+)?$`, 'i');
/** Sites about papers have the id anywhere in the address; there an old one would read like any folder and its file. */
const linkedId = new RegExp(
  `^<?(?:https?://)?[^\\s/]+/(?:(?:abs|pdf|html|papers)/(${anyId})|(?:[^\\s?#]*/)?(?:arxiv:)?(${monthly.source}))(?:v\\d+)?(?:\\.pdf)?(?:[/?#].*)?>?$`,
  'i',
);
const doiOf = /^(?:doi:|(?:https?:\/\/)?(?:dx\.)?doi\.org\/)?(10\.\d{4,9}\/\S+)$/i;

/**
 * The paper a text names outright: an arXiv id (any version), a link to arXiv or to any other site that has the
 * id in its address, a DOI or its link, or one of our own identities. Undefined for anything else.
 * Formats: https://info.arxiv.org/help/arxiv_identifier.html
 */
export function paperIdIn(text: string): PaperId | undefined {
  const trimmed = text.trim();
  const doi = doiOf.exec(trimmed)?.[1];
  if (doi) return paperIdOf({ doi, title: '' });
  const [, bare] = bareId.exec(trimmed) ?? [];
  const [, listed, linked] = linkedId.exec(trimmed) ?? [];
  const arxiv = bare ?? listed ?? linked;
  if (arxiv) return paperIdOf({ arxiv, title: '' });
  return /^title:[0-9a-f]{16}$/.test(trimmed) ? PaperId.parse(trimmed) : undefined;
}

/** Where a reader finds the work: its own link, else the one its identity implies. */
export function paperUrl(paper: Pick<Paper, 'id' | 'url'>): string | undefined {
  if (paper.url) return paper.url;
  if (paper.id.startsWith('arxiv:')) return `https://arxiv.org/abs/${paper.id.slice(6)}`;
  if (paper.id.startsWith('doi:')) return `https://doi.org/${paper.id.slice(4)}`;
  return undefined;
}
