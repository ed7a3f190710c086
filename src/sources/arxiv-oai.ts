/**
 * What changed at arXiv, by the day it changed: new versions and withdrawals of papers we know, which RSS
 * shows on one day only and the Atom API cannot be asked for. OAI-PMH tells of everything that changed; who
 * does not know a paper has no use for its change. https://info.arxiv.org/help/oa/index.html
 */
import { revision } from './arxiv-items.ts';
import { type Calendar, calendarFor } from './calendar.ts';
import { endpoint } from './endpoint.ts';
import type { Http } from './http.ts';
import { createPages, pagesOf } from './listings.ts';
import type { OaiPage } from './oai-records.ts';
import { type Source, SourceError, type Turn } from './source.ts';
import { parseXml } from './xml-parse.ts';

export interface ArxivOaiOptions {
  /** `https://oaipmh.arxiv.org` */
  oaiUrl: string;
  http: Http;
  /** Shared by all that ask arXiv. */
  turn: Turn;
  /** `cs.CL`; at least one. */
  categories: readonly string[];
  calendar?: Calendar;
}

/** A day has had some 4,000 changes a set, and a page has 3,500; past this the answer leads in circles. */
const PAGES_MAX = 100;

export function createArxivOai(options: ArxivOaiOptions): Source {
  const { oaiUrl, http, turn, categories, calendar = calendarFor('arxiv-oai') } = options;

  function ask(parameters: Record<string, string>, signal: AbortSignal): Promise<OaiPage> {
    const url = endpoint(oaiUrl, 'oai');
    url.search = new URLSearchParams({ verb: 'ListRecords', ...parameters }).toString();
    return http({
      url,
      expect: 'XML',
      signal,
      turn,
      async read(body) {
        const page = await parseXml('oai', body, 'arXiv', signal);
        const { records, resume, error } = page;
        if (error && error.code !== 'noRecordsMatch') {
          // A token that ran out is no reason to give up: the day is asked for anew.
          const failure = error.code === 'badResumptionToken' ? 'garbled' : 'refused';
          throw new SourceError(failure, `arXiv: ${error.code} ${error.text}`.trim());
        }
        if (records.length === 0 && resume !== undefined) {
          throw new SourceError('garbled', 'arXiv sent an empty page, though there is more');
        }
        return page;
      },
    });
  }

  async function* pages(first: Record<string, string>, signal: AbortSignal) {
    const tokens = new Set<string>();
    for (let next = first; ; ) {
      const { records, resume } = await ask(next, signal);
      yield records;
      if (resume === undefined) return;
      if (tokens.has(resume) || tokens.size === PAGES_MAX) {
        throw new SourceError('garbled', 'arXiv leads from one page in circles');
      }
      tokens.add(resume);
      next = { resumptionToken: resume };
    }
  }

  return {
    name: 'arxiv-oai',
    title: `New versions at arXiv in ${categories.join(', ')}`,
    changesOnly: true,
    ...calendar,
    async *list(day, signal) {
      const pageOf = createPages();
      let received = 0;
      for (const category of categories) {
        const asked = {
          metadataPrefix: 'arXivRaw',
          set: setOf(category),
          from: day,
          until: day,
        };
        for await (const records of pages(asked, signal)) {
          received += records.length;
          yield* pagesOf(records, revision, pageOf);
        }
      }
      // That there is none was said, and need not be doubted.
      if (received === 0) yield { listings: [], flaws: [], expected: 0 };
    },
  };
}

const GROUPS = new Set(['cs', 'econ', 'eess', 'math', 'physics', 'q-bio', 'q-fin', 'stat']);

/** `cs.AI` is `cs:cs:AI`; archives without a group of their own are physics: `physics:hep-th`. */
export function setOf(category: string): string {
  const [archive = '', subject] = category.split('.');
  const group = GROUPS.has(archive) ? archive : 'physics';
  if (subject !== undefined) return `${group}:${archive}:${subject}`;
  return group === archive ? archive : `${group}:${archive}`;
}
