/**
 * Any RSS, Atom, RDF or JSON feed: journals, archives, labs. A feed carries what is old beside what is new,
 * and may have no dates at all: what is dated long before its day is an `update`, everything else is new to
 * whoever did not know it.
 */
import { UserError } from '../errors.ts';
import { paperIdIn } from '../model/paper.ts';
import { type Calendar, calendarFor } from './calendar.ts';
import type { FeedItem } from './feed-items.ts';
import type { Http } from './http.ts';
import { statedIdentity } from './identity.ts';
import { known } from './known.ts';
import { createPages, pagesOf } from './listings.ts';
import type { Flaw, Listing, Source } from './source.ts';
import { oneLine, prose, withoutMarkup } from './words.ts';
import { parseXml } from './xml-parse.ts';

/** Days before its listing from which an item is old. */
const OLD_DAYS = 30;
const DAY = 86_400_000;

export interface FeedOptions {
  url: URL;
  /** Reaches public addresses only, unless the operator allows more. */
  http: Http;
  calendar?: Calendar;
}

/**
 * The address of a feed as a person wrote it.
 * Throws `UserError` for what cannot be one; where it leads is checked when it is read.
 */
export function feedUrl(text: string): URL {
  const url = URL.parse(text.trim());
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    throw new UserError(
      `"${text.slice(0, 80)}" is not the address of a feed. It looks like https://eprint.iacr.org/rss/rss.xml, without a name or password in it.`,
    );
  }
  url.hash = '';
  return url;
}

export function createFeed({ url, http, calendar = calendarFor('feed') }: FeedOptions): Source {
  return {
    name: `feed:${url.href}`,
    title: url.host + url.pathname.replace(/\/$/, ''),
    rolling: true,
    ...calendar,
    async *list(day, signal) {
      const feed = await http({
        url,
        // JSON feeds too; the address decides what comes.
        expect: 'XML',
        keeps: true,
        signal,
        read: (body) => parseXml('feed', body, url.host, signal),
      });
      const listing = (item: FeedItem, place: number) => toListing(item, place, day);
      yield* pagesOf(feed.items, listing, createPages());
    },
  };
}

function toListing(item: FeedItem, place: number, day: string): Listing | Flaw {
  const shown = item.link ?? item.id ?? `item ${place}`;
  const title = oneLine(withoutMarkup(item.title ?? ''));
  if (title === '') return { item: shown, reason: 'has no title' };
  // A DOI goes before a link, which may name another paper: the publisher's version of it.
  const named = [item.doi?.replace(/^doi:\s*/i, ''), item.link, item.id]
    .map((text) => text && paperIdIn(text))
    .find(Boolean);
  const id = statedIdentity({ title, id: named || undefined });
  if (typeof id !== 'string') return { item: shown, ...id };
  const published = isoDate(item.date);
  const old = published !== undefined && Date.parse(day) - Date.parse(published) > OLD_DAYS * DAY;
  return {
    kind: old ? 'update' : 'new',
    paper: {
      id,
      title,
      abstract: prose(withoutMarkup(item.text ?? '')),
      authors: item.authors
        .map((name) => oneLine(withoutMarkup(name)))
        .filter((name) => name !== ''),
      categories: item.categories.map(oneLine).filter((category) => category !== ''),
      ...known({
        published,
        doi: id.startsWith('doi:') ? id.slice('doi:'.length) : undefined,
        url: linkOf(item),
      }),
    },
  };
}

/** An instant; undefined for what no parser of dates understands. */
function isoDate(written: string | undefined): string | undefined {
  const ms = Date.parse(written ?? '');
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

function linkOf(item: FeedItem): string | undefined {
  const url = URL.parse(item.link ?? '');
  return url && /^https?:$/.test(url.protocol) ? url.href : undefined;
}
