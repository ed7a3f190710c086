/** Sources by their names, as the environment and people write them. */
import { UserError } from '../errors.ts';
import { createArxiv } from './arxiv.ts';
import { type ArxivApi, createArxivApi } from './arxiv-api.ts';
import { createArxivOai } from './arxiv-oai.ts';
import { createBiorxiv } from './biorxiv.ts';
import { calendarFor, type calendars } from './calendar.ts';
import { createFeed, feedUrl } from './feed.ts';
import { createHttp, type HttpSettings } from './http.ts';
import { createHuggingFace } from './huggingface.ts';
import { privateAddressOf, publicOnly } from './network.ts';
import { createSemanticScholar, type SemanticScholar } from './semantic-scholar.ts';
import type { Source, Turn } from './source.ts';
import { createTurn } from './turn.ts';

export interface SourceSettings {
  huggingFaceUrl: string;
  arxivApiUrl: string;
  arxivRssUrl: string;
  arxivOaiUrl: string;
  biorxivUrl: string;
  semanticScholarUrl: string;
  semanticScholarKey?: string | undefined;
  /** Those of the source `arxiv`. */
  arxivCategories: readonly string[];
  /** Whether feeds may be on the operator's own network. */
  allowPrivateFeeds: boolean;
  calendars: typeof calendars;
}

export interface SourceParts {
  /** arXiv's, shared by every instance. */
  turn: Turn;
  now: () => Date;
  http?: HttpSettings;
}

export interface Sources {
  /** A source by its name, as `sourceName` gives it. */
  open(name: string): Source;
  /** Throws `UserError` for a feed at an address where feeds may not be, as far as that shows before it is read. */
  allow(name: string): Promise<void>;
  /** What comes along with those of these names: with arXiv's, the new versions of its papers. */
  along(names: readonly string[]): Source[];
  /** Single papers, whichever sources are on. */
  lookup: ArxivApi['lookup'];
  semanticScholar: SemanticScholar;
}

/** One request a second for a key: https://www.semanticscholar.org/product/api */
const SCHOLAR_PAUSE_MS = 1_000;

const category = /^[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]{2}|\.[a-z]+(?:-[a-z]+)*)?$/;

/**
 * The one name of a source: `huggingface`, `arxiv` (the categories of the environment), `arxiv:cs.CL+cs.LG`,
 * `biorxiv`, `medrxiv`, `feed:https://…`; the address of a feed alone will do. Throws `UserError`.
 */
export function sourceName(text: string): string {
  const written = text.trim();
  const plain = written.toLowerCase();
  if (['huggingface', 'arxiv', 'biorxiv', 'medrxiv'].includes(plain)) return plain;
  if (/^(?:feed:)?https?:/i.test(written)) {
    return `feed:${feedUrl(written.replace(/^feed:/i, '')).href}`;
  }
  const [, listed] = /^arxiv:(.+)$/i.exec(written) ?? [];
  const categories = listed?.split(/[+,\s]+/).filter((one) => one !== '');
  if (categories?.length && categories.every((one) => category.test(one))) {
    return `arxiv:${[...new Set(categories)].sort().join('+')}`;
  }
  throw new UserError(
    `"${written.slice(0, 80)}" is no source. There are huggingface, arxiv, arxiv:cs.CL+cs.LG, biorxiv, medrxiv, and the address of any feed, such as https://eprint.iacr.org/rss/rss.xml.`,
  );
}

export function createSources(settings: SourceSettings, { turn, now, http }: SourceParts): Sources {
  const anywhere = createHttp(http);
  const feeds = settings.allowPrivateFeeds
    ? anywhere
    : createHttp({ ...http, dispatcher: publicOnly() });
  const access = { apiUrl: settings.arxivApiUrl, http: anywhere, turn };
  const calendar = (of: string) => calendarFor(of, settings.calendars);
  const categoriesOf = (name: string) => {
    if (name === 'arxiv') return settings.arxivCategories;
    return name.startsWith('arxiv:') ? name.slice('arxiv:'.length).split('+') : [];
  };
  return {
    lookup: createArxivApi(access).lookup,
    semanticScholar: createSemanticScholar({
      url: settings.semanticScholarUrl,
      key: settings.semanticScholarKey,
      turn: createTurn(SCHOLAR_PAUSE_MS),
      http: anywhere,
    }),
    along(names) {
      const categories = [...new Set(names.flatMap(categoriesOf))].sort();
      if (categories.length === 0) return [];
      const oaiUrl = settings.arxivOaiUrl;
      return [createArxivOai({ oaiUrl, http: anywhere, turn, categories })];
    },
    async allow(name) {
      if (settings.allowPrivateFeeds || !name.startsWith('feed:')) return;
      const { hostname } = feedUrl(name.replace(/^feed:/, ''));
      if ((await privateAddressOf(hostname)) === undefined) return;
      throw new UserError(
        `${hostname} is not on the public internet, and feeds must be; whoever runs me can allow others with PAPERBOY_ALLOW_PRIVATE_FEEDS=yes.`,
      );
    },
    open(name) {
      switch (name) {
        case 'huggingface':
          return createHuggingFace({
            url: settings.huggingFaceUrl,
            http: anywhere,
            calendar: calendar(name),
          });
        case 'biorxiv':
        case 'medrxiv':
          return createBiorxiv({
            server: name,
            url: settings.biorxivUrl,
            http: anywhere,
            calendar: calendar(name),
          });
      }
      const categories = categoriesOf(name);
      if (categories.length > 0) {
        const rssUrl = settings.arxivRssUrl;
        return createArxiv({
          ...access,
          name,
          rssUrl,
          categories,
          calendar: calendar('arxiv'),
          now,
        });
      }
      const url = feedUrl(name.replace(/^feed:/, ''));
      return createFeed({ url, http: feeds, calendar: calendar('feed') });
    },
  };
}
