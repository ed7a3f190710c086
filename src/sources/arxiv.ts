/**
 * arXiv by category. The day's own listing comes from RSS, or from the same as Atom
 * (https://info.arxiv.org/help/rss.html), which only ever has the newest batch; the Atom API fills earlier days in, and says how many papers a day should have.
 */
import { type ArxivAccess, type ArxivApi, createArxivApi } from './arxiv-api.ts';
import { apiListing, rssListing } from './arxiv-items.ts';
import { submissionWindow } from './arxiv-window.ts';
import { type Calendar, calendarFor } from './calendar.ts';
import { endpoint } from './endpoint.ts';
import type { FeedItem } from './feed-items.ts';
import { createPages, pagesOf } from './listings.ts';
import type { Source } from './source.ts';
import { parseXml } from './xml-parse.ts';

export interface ArxivOptions extends ArxivAccess {
  /** `https://rss.arxiv.org`; with `/atom` the feeds are read as Atom. */
  rssUrl: string;
  /** `cs.CL`; at least one. */
  categories: readonly string[];
  /** Default `arxiv`. */
  name?: string;
  calendar?: Calendar;
  now?: () => Date;
}

export interface Arxiv extends Source {
  /** For papers that people submit, and to look again at papers that may have been withdrawn. */
  lookup: ArxivApi['lookup'];
}

const HOUR = 3_600_000;

export function createArxiv(options: ArxivOptions): Arxiv {
  const { categories, calendar = calendarFor('arxiv'), now = () => new Date() } = options;
  const api = createArxivApi(options);

  const format = /\/atom\/?$/.test(new URL(options.rssUrl).pathname) ? 'atom' : 'rss';
  const readRss = (signal: AbortSignal) =>
    options.http({
      url: endpoint(options.rssUrl, `${format}/${categories.join('+')}`),
      expect: 'XML',
      keeps: true,
      signal,
      turn: options.turn,
      read: (body) => parseXml('feed', body, 'arXiv', signal),
    });

  /** RSS has a day from its midnight to the next. */
  const inRss = (day: string) => {
    const age = now().getTime() - calendar.completeAt(day).getTime();
    return age > -HOUR && age < 24 * HOUR;
  };

  return {
    name: options.name ?? 'arxiv',
    title: `arXiv ${categories.join(', ')}`,
    ...calendar,
    lookup: api.lookup,

    async *list(day, signal) {
      const pageOf = createPages();
      const rss = inRss(day) ? await readRss(signal) : undefined;
      const query = dayQuery(day, categories, calendar);
      let received = 0;
      let updates = 0;
      if (rss && feedDay(rss.date) === day) {
        const listing = (item: FeedItem, place: number) => rssListing(item, place, day);
        for await (const page of pagesOf(rss.items, listing, pageOf)) {
          received += page.listings.length + page.flaws.length;
          updates += page.listings.filter(({ kind }) => kind !== 'new').length;
          yield received === 0 ? page : { ...page, expected: received };
        }
        if (!calendar.announcement(day).announces) return;
        // What was submitted for this day is announced on it, beside what was held back before.
        if ((await api.count(query, signal)) <= received - updates) return;
      }
      for await (const { total, items } of api.search(query, signal)) {
        for await (const page of pagesOf(items, apiListing, pageOf)) {
          received += page.listings.length + page.flaws.length;
          yield total === 0 ? page : { ...page, expected: Math.max(total + updates, received) };
        }
      }
    },
  };
}

function dayQuery(day: string, categories: readonly string[], calendar: Calendar): string {
  const any = categories.map((category) => `cat:${category}`).join(' OR ');
  return `(${any}) AND submittedDate:${submissionWindow(day, calendar)}`;
}

/**
 * `Mon, 27 Apr 2026 00:00:00 -0400` is the date as it stands there, whatever the zone of this machine, as is
 * `2026-04-27T04:00:19+00:00`: at its midnight it is the same day in New York and by UTC.
 */
function feedDay(date = ''): string | undefined {
  const [iso] = /^\d{4}-\d\d-\d\d(?=T)/.exec(date) ?? [];
  if (iso) return iso;
  const [, dd, month, year] = /^\w{3}, (\d{1,2}) (\w{3}) (\d{4})/.exec(date) ?? [];
  const mm = 'JanFebMarAprMayJunJulAugSepOctNovDec'.indexOf(month ?? '-') / 3 + 1;
  return dd && year && mm >= 1
    ? `${year}-${String(mm).padStart(2, '0')}-${dd.padStart(2, '0')}`
    : undefined;
}
