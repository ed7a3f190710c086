/** arXiv's Atom API: single papers, counts and long lists. https://info.arxiv.org/help/api/user-manual.html */
import { paperIdIn } from '../model/paper.ts';
import { apiListing } from './arxiv-items.ts';
import { endpoint } from './endpoint.ts';
import type { FeedItem } from './feed-items.ts';
import type { Http } from './http.ts';
import { createPages } from './listings.ts';
import { type Flaw, type Listing, SourceError, type Turn } from './source.ts';
import { parseXml } from './xml-parse.ts';

export interface ArxivAccess {
  /** `https://export.arxiv.org` */
  apiUrl: string;
  http: Http;
  /** Shared by all that ask arXiv. */
  turn: Turn;
}

export interface Found {
  listings: Listing[];
  flaws: Flaw[];
  /** The ids asked for that arXiv does not know. */
  missing: string[];
}

export interface ArxivApi {
  /** How many papers match a query, without fetching them. */
  count(query: string, signal: AbortSignal): Promise<number>;
  /** All that match a query, in parts; throws when a part brings nothing that was not there before. */
  search(query: string, signal: AbortSignal): AsyncGenerator<{ total: number; items: FeedItem[] }>;
  /** Papers by id, of any version and form; nothing is guessed. Throws `SourceError`. */
  lookup(ids: readonly string[], signal: AbortSignal): Promise<Found>;
}

/** Papers a part; 2,000 are allowed and take a second to read. */
const SLICE = 500;
/** What an address can hold of ids. */
const IDS = 100;

export function createArxivApi({ apiUrl, http, turn }: ArxivAccess): ArxivApi {
  const ask = (parameters: Record<string, string | number>, signal: AbortSignal) => {
    const url = endpoint(apiUrl, 'api/query');
    for (const [name, value] of Object.entries(parameters))
      url.searchParams.set(name, String(value));
    return http({
      url,
      expect: 'XML',
      signal,
      turn,
      read: async (body) => {
        const { total = 0, items } = await parseXml('feed', body, 'arXiv', signal);
        const error = items.find(({ id }) => id?.includes('/api/errors'));
        if (error) throw new SourceError('refused', `arXiv: ${error.text ?? 'error'}`);
        const due = Math.min(total - Number(parameters.start ?? 0), Number(parameters.max_results));
        // Later pages sometimes come back empty though more exist.
        if (items.length === 0 && due > 0) {
          throw new SourceError('garbled', `arXiv sent an empty page, of ${total} papers`);
        }
        return { total, items };
      },
    });
  };

  return {
    async count(query, signal) {
      return (await ask({ search_query: query, max_results: 1 }, signal)).total;
    },

    async *search(query, signal) {
      const order = { sortBy: 'submittedDate', sortOrder: 'ascending', max_results: SLICE };
      const seen = new Set<string>();
      for (let start = 0, total = 1; start < total; ) {
        const slice = await ask({ search_query: query, start, ...order }, signal);
        const before = seen.size;
        for (const { id } of slice.items) if (id !== undefined) seen.add(id);
        if (start > 0 && seen.size === before) {
          throw new SourceError('garbled', `arXiv sent a page again, of ${slice.total} papers`);
        }
        yield slice;
        total = slice.total;
        start += slice.items.length;
      }
    },

    async lookup(ids, signal) {
      const wanted = new Map<string, string>();
      const missing: string[] = [];
      for (const given of ids) {
        const id = paperIdIn(given);
        if (id?.startsWith('arxiv:')) wanted.set(id.slice('arxiv:'.length), given);
        else missing.push(given);
      }
      const found: (Listing | Flaw)[] = [];
      const all = [...wanted.keys()];
      for (let start = 0; start < all.length; start += IDS) {
        found.push(...(await byId(all.slice(start, start + IDS), signal)));
      }
      const { listings, flaws } = createPages()(found);
      const known = new Set(listings.map(({ paper }) => paper.id.slice('arxiv:'.length)));
      const flawed = new Set(flaws.map(({ item }) => item));
      for (const [id, given] of wanted) if (!known.has(id) && !flawed.has(id)) missing.push(given);
      return { listings, flaws, missing };
    },
  };

  async function byId(ids: string[], signal: AbortSignal): Promise<(Listing | Flaw)[]> {
    try {
      const { items } = await ask({ id_list: ids.join(','), max_results: ids.length }, signal);
      return items.map((item, index) => apiListing(item, index + 1));
    } catch (error) {
      if (!isOfTheIds(error)) throw error;
      // One id that arXiv finds malformed costs the others of its request.
      if (ids.length === 1) return [];
      const half = Math.ceil(ids.length / 2);
      return [
        ...(await byId(ids.slice(0, half), signal)),
        ...(await byId(ids.slice(half), signal)),
      ];
    }
  }
}

/** Whether arXiv found fault with what was asked for, in its answer or by its status, rather than with who asks. */
function isOfTheIds(error: unknown): boolean {
  if (!(error instanceof SourceError) || error.failure !== 'refused') return false;
  return error.status === undefined || error.status === 400 || error.status === 404;
}
