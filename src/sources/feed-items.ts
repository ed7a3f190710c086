/**
 * A feed of any format as neutral items, their text as it came. feedsmith reads RSS, Atom, RDF and JSON Feed
 * with the namespaces that journals and arXiv use, and refuses what breaks off.
 */
import { type AtomFeed, type JsonFeed, parseFeed, type RdfFeed, type RssFeed } from 'feedsmith';

export interface FeedItem {
  id?: string | undefined;
  title?: string | undefined;
  link?: string | undefined;
  /** What it says of the work; may hold markup. */
  text?: string | undefined;
  /** As the feed writes it. */
  date?: string | undefined;
  /** One name an entry, or several in one. */
  authors: string[];
  categories: string[];
  doi?: string | undefined;
  /** arXiv's own. */
  comment?: string | undefined;
}

export interface FeedDocument {
  title?: string | undefined;
  /** When the feed says it was published, as it writes it. */
  date?: string | undefined;
  /** How many items there are over all pages (OpenSearch). */
  total?: number | undefined;
  items: FeedItem[];
}

/** More than any feed has: arXiv's stop at 2,000. */
const ITEMS_MAX = 5000;

/** Throws when the text is no feed. */
export function readFeed(text: string): FeedDocument {
  const parsed = parseFeed(text, { maxItems: ITEMS_MAX });
  switch (parsed.format) {
    case 'rss':
      return fromRss(parsed.feed);
    case 'atom':
      return fromAtom(parsed.feed);
    case 'rdf':
      return fromRdf(parsed.feed);
    case 'json':
      return fromJson(parsed.feed);
  }
}

const texts = (values: (string | undefined)[] | undefined) =>
  (values ?? []).filter((value) => value !== undefined);

function fromRss(feed: RssFeed.Feed<string>): FeedDocument {
  return {
    title: feed.title,
    date: feed.pubDate ?? feed.lastBuildDate,
    items: (feed.items ?? []).map((item) => ({
      id: item.guid?.value,
      title: item.title ?? item.dc?.titles?.[0],
      link: item.link ?? (item.guid?.isPermaLink ? item.guid.value : undefined),
      text: item.description ?? item.content?.encoded ?? item.dc?.descriptions?.[0],
      date: item.pubDate ?? item.dc?.dates?.[0],
      authors: item.dc?.creators ?? texts(item.authors?.map(({ name }) => name)),
      categories: texts(item.categories?.map(({ name }) => name)),
      doi: item.prism?.doi ?? item.dc?.identifiers?.find(isDoi),
    })),
  };
}

function fromAtom(feed: AtomFeed.Feed<string>): FeedDocument {
  return {
    title: feed.title?.value,
    date: feed.updated,
    total: feed.opensearch?.totalResults,
    items: (feed.entries ?? []).map((entry) => ({
      id: entry.id,
      title: entry.title?.value,
      link: entry.links?.find(({ rel = 'alternate' }) => rel === 'alternate')?.href,
      text: entry.summary?.value ?? entry.content?.value,
      date: entry.published ?? entry.updated,
      authors: entry.authors?.length
        ? texts(entry.authors.map(({ name }) => name))
        : (entry.dc?.creators ?? []),
      categories: texts(entry.categories?.map(({ term }) => term)),
      doi: entry.arxiv?.doi ?? entry.dc?.identifiers?.find(isDoi),
      comment: entry.arxiv?.comment,
    })),
  };
}

function fromRdf(feed: RdfFeed.Feed<string>): FeedDocument {
  return {
    title: feed.title,
    date: feed.dc?.dates?.[0],
    items: (feed.items ?? []).map((item) => ({
      id: item.rdf?.about,
      title: item.title ?? item.dc?.titles?.[0],
      link: item.link ?? item.rdf?.about,
      text: item.description ?? item.content?.encoded ?? item.dc?.descriptions?.[0],
      date: item.dc?.dates?.[0],
      authors: item.dc?.creators ?? [],
      categories: item.dc?.subjects ?? [],
      doi: item.dc?.identifiers?.find(isDoi),
    })),
  };
}

function fromJson(feed: JsonFeed.Feed<string>): FeedDocument {
  return {
    title: feed.title,
    items: (feed.items ?? []).map((item) => ({
      id: item.id,
      title: item.title,
      link: item.url ?? item.external_url,
      text: item.summary ?? item.content_text ?? item.content_html,
      date: item.date_published,
      authors: texts(item.authors?.map(({ name }) => name)),
      categories: item.tags ?? [],
    })),
  };
}

const isDoi = (identifier: string) =>
  /^(?:doi:\s*|https?:\/\/(?:dx\.)?doi\.org\/)?10\.\d{4,9}\//i.test(identifier);
