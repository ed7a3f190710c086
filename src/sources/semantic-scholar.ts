/**
 * Semantic Scholar: what it adds to papers we know, and papers like one. Without a key its users share one
 * small pool of requests, and are turned away often. https://api.semanticscholar.org/api-docs/
 */
import { z } from 'zod';
import type { Paper, PaperId } from '../model/paper.ts';
import { endpoint } from './endpoint.ts';
import { type Http, parseJson } from './http.ts';
import { statedIdentity } from './identity.ts';
import { known } from './known.ts';
import { createPages } from './listings.ts';
import { type Flaw, type Listing, SourceError, type Turn } from './source.ts';
import { oneLine, prose } from './words.ts';

/** https://api.semanticscholar.org/api-docs/graph#tag/Paper-Data/operation/post_graph_get_papers */
const BATCH = 500;
const RECOMMENDED_FIELDS = 'title,abstract,authors,externalIds,publicationDate,citationCount';
const WHO = 'Semantic Scholar';

export interface SemanticScholar {
  /** Citations of those it knows; papers known by title only are not asked for. Throws `SourceError`. */
  citations(ids: readonly PaperId[], signal: AbortSignal): Promise<Map<PaperId, number>>;
  /** Recent papers like one; undefined when it does not know the one. Throws `SourceError`. */
  recommendations(id: PaperId, limit: number, signal: AbortSignal): Promise<Paper[] | undefined>;
}

export interface SemanticScholarOptions {
  /** `https://api.semanticscholar.org` */
  url: string;
  /** Its own pool of requests. */
  key?: string | undefined;
  http: Http;
  /** Taken by every request. Default: at once. */
  turn?: Turn;
}

const Counted = z.array(
  z.object({ citationCount: z.number().int().nonnegative() }).nullable().catch(null),
);

const Work = z.object({
  title: z.string().min(1),
  abstract: z.string().nullish(),
  authors: z.array(z.object({ name: z.string() })).catch([]),
  externalIds: z.object({ ArXiv: z.string().optional(), DOI: z.string().optional() }).catch({}),
  publicationDate: z.iso.date().optional().catch(undefined),
  citationCount: z.number().int().nonnegative().optional().catch(undefined),
});

// Nothing found has no list at all.
const Recommended = z.object({ recommendedPapers: z.array(z.unknown()).default([]) });

export function createSemanticScholar({
  url,
  key,
  http,
  turn = (run) => run(),
}: SemanticScholarOptions): SemanticScholar {
  const headers = key === undefined ? {} : { 'x-api-key': key };
  return {
    async citations(ids, signal) {
      const asked = ids.flatMap((id) => {
        const theirs = theirId(id);
        return theirs === undefined ? [] : [{ id, theirs }];
      });
      const counts = new Map<PaperId, number>();
      for (let start = 0; start < asked.length; start += BATCH) {
        const batch = asked.slice(start, start + BATCH);
        const address = endpoint(url, 'graph/v1/paper/batch');
        address.searchParams.set('fields', 'citationCount');
        const found = await http({
          url: address,
          expect: 'JSON',
          headers,
          turn,
          json: { ids: batch.map(({ theirs }) => theirs) },
          signal,
          read: (body) => read(Counted, body),
        });
        batch.forEach(({ id }, index) => {
          const count = found[index]?.citationCount;
          if (count !== undefined) counts.set(id, count);
        });
      }
      return counts;
    },

    async recommendations(id, limit, signal) {
      const theirs = theirId(id);
      if (theirs === undefined) return undefined;
      const address = endpoint(url, `recommendations/v1/papers/forpaper/${theirs}`);
      address.search = new URLSearchParams({
        from: 'recent',
        limit: String(limit),
        fields: RECOMMENDED_FIELDS,
      }).toString();
      try {
        const { recommendedPapers } = await http({
          url: address,
          expect: 'JSON',
          headers,
          turn,
          signal,
          read: (body) => read(Recommended, body),
        });
        return createPages()(recommendedPapers.map(toListing)).listings.map(({ paper }) => paper);
      } catch (error) {
        if (error instanceof SourceError && error.status === 404) return undefined;
        throw error;
      }
    },
  };
}

function read<T extends z.ZodType>(schema: T, body: string): z.infer<T> {
  const parsed = schema.safeParse(parseJson(body, WHO));
  if (!parsed.success) throw new SourceError('garbled', `${WHO} sent something else than papers`);
  return parsed.data;
}

/** `ARXIV:2407.09435`, `DOI:10.1000/182`; none for a title. */
function theirId(id: PaperId): string | undefined {
  return /^(?:arxiv|doi):/.test(id) ? id.replace(/^\w+/, (kind) => kind.toUpperCase()) : undefined;
}

function toListing(raw: unknown, index: number): Listing | Flaw {
  const work = Work.safeParse(raw);
  const place = `item ${index + 1}`;
  if (!work.success) return { item: place, reason: 'is not a paper' };
  const { abstract, authors, externalIds, publicationDate, citationCount } = work.data;
  const title = oneLine(work.data.title);
  const id = statedIdentity({ arxiv: externalIds.ArXiv, doi: externalIds.DOI, title });
  if (typeof id !== 'string') return { item: place, ...id };
  return {
    kind: 'update',
    paper: {
      id,
      title,
      abstract: prose(abstract ?? ''),
      authors: authors.map(({ name }) => oneLine(name)),
      categories: [],
      ...known({ published: publicationDate, citations: citationCount, doi: externalIds.DOI }),
    },
  };
}
