/** arXiv's items, of its RSS feeds, its Atom API and its OAI-PMH, as listings. */
import type { FeedItem } from './feed-items.ts';
import { statedIdentity } from './identity.ts';
import { known } from './known.ts';
import type { OaiRecord } from './oai-records.ts';
import type { Flaw, Listing } from './source.ts';
import { withdrawalIn } from './withdrawal.ts';
import { oneLine, prose } from './words.ts';

/** `oai:arXiv.org:2604.21935v1`, `http://arxiv.org/abs/astro-ph/0601001v1` */
const identifier = /(?:^oai:arXiv\.org:|\/abs\/)(\S+?)(?:v(\d+))?$/i;
/** The first line of a description in RSS; https://info.arxiv.org/help/rss_specifications.html */
const announcement = /^\s*arXiv:\S+\s+Announce Type:\s*([\w-]+)\s*(?:Abstract:\s*)?/i;

/**
 * An item of RSS: `new` and `cross` are announced, `replace` and `replace-cross` bring a new version.
 * `day` is the day of the feed.
 */
export function rssListing(item: FeedItem, place: number, day: string): Listing | Flaw {
  const type = announcement.exec(item.text ?? '')?.[1]?.toLowerCase() ?? 'new';
  const replaced = type.startsWith('replace');
  return listing(item, place, {
    kind: replaced ? 'update' : 'new',
    text: (item.text ?? '').replace(announcement, ''),
    // A cross-listed paper may be years old, and the feed does not say.
    published: type === 'new' ? day : undefined,
    // One text for all names; a suffix is no name.
    authors: item.authors.flatMap((names) => names.split(/,\s+(?!(?:Jr|Sr|I{2,3}|IV)\b)/)),
  });
}

/** An entry of the API. */
export function apiListing(item: FeedItem, place: number): Listing | Flaw {
  return listing(item, place, {
    kind: 'new',
    text: item.text ?? '',
    published: item.date,
    authors: item.authors,
  });
}

/** A record of OAI-PMH: what a paper is by now, for whoever knows it. */
export function revision(record: OaiRecord, place: number): Listing | Flaw {
  // Its authors are one text with their institutions, which RSS and the API tell better.
  return listing({ ...record, authors: [] }, place, {
    kind: 'revision',
    text: record.abstract,
    published: undefined,
    authors: [],
    version: record.version,
  });
}

interface Reading {
  kind: 'new' | 'update' | 'revision';
  text: string;
  published: string | undefined;
  authors: string[];
  /** Where the id says nothing of it. */
  version?: number | undefined;
}

function listing(item: FeedItem, place: number, reading: Reading): Listing | Flaw {
  const shown = item.id ?? `item ${place}`;
  const [, arxiv, ofId] = identifier.exec(item.id ?? '') ?? [];
  if (!arxiv) return { item: shown, reason: 'has no arXiv id' };
  const title = oneLine(item.title ?? '');
  if (title === '') return { item: arxiv, reason: 'has no title' };
  const id = statedIdentity({ arxiv, title });
  if (typeof id !== 'string') return { item: arxiv, ...id };
  const abstract = prose(reading.text);
  const comment = item.comment && oneLine(item.comment);
  const withdrawn = withdrawalIn(comment, abstract);
  return {
    kind: withdrawn === undefined || reading.kind === 'revision' ? reading.kind : 'withdrawn',
    paper: {
      id,
      title,
      abstract,
      authors: reading.authors.map(oneLine).filter((name) => name !== ''),
      categories: [...new Set(item.categories)],
      url: `https://arxiv.org/abs/${id.slice('arxiv:'.length)}`,
      ...known({
        published: reading.published,
        version: ofId === undefined ? reading.version : Number(ofId),
        // Several DOIs stand in one field, apart by a space.
        doi: item.doi?.trim().split(/\s+/)[0],
        comment,
        withdrawn,
      }),
    },
  };
}
