/** bioRxiv and medRxiv, which share one API. https://api.biorxiv.org/ */
import { z } from 'zod';
import { type Calendar, calendarFor } from './calendar.ts';
import { endpoint } from './endpoint.ts';
import { type Http, parseJson } from './http.ts';
import { statedIdentity } from './identity.ts';
import { known } from './known.ts';
import { createPages, problems } from './listings.ts';
import { type Flaw, type Listing, type Source, SourceError } from './source.ts';
import { withdrawalIn } from './withdrawal.ts';
import { oneLine, prose } from './words.ts';

/** Numbers come as text or as numbers. */
const number = z.coerce.number().int().nonnegative();

const Answer = z.object({
  messages: z
    .array(
      z.object({
        status: z.string().optional(),
        count: number.optional(),
        total: number.optional(),
      }),
    )
    .min(1),
  collection: z.array(z.unknown()).default([]),
});

const Item = z.object({
  title: z.string().min(1),
  authors: z.string().default(''),
  doi: z.string().min(1),
  date: z.iso.date().optional().catch(undefined),
  version: number.optional().catch(undefined),
  type: z.string().default(''),
  category: z.string().default(''),
  abstract: z.string().default(''),
});
type Item = z.infer<typeof Item>;

export interface BiorxivOptions {
  server: 'biorxiv' | 'medrxiv';
  /** `https://api.biorxiv.org` */
  url: string;
  http: Http;
  calendar?: Calendar;
}

export function createBiorxiv({
  server,
  url,
  http,
  calendar = calendarFor(server),
}: BiorxivOptions): Source {
  const title = server === 'biorxiv' ? 'bioRxiv' : 'medRxiv';
  return {
    name: server,
    title,
    ...calendar,
    async *list(day, signal) {
      const pageOf = createPages();
      for (let cursor = 0, total = 1; cursor < total; ) {
        const at = cursor;
        const part = await http({
          url: endpoint(url, `details/${server}/${day}/${day}/${at}/json`),
          expect: 'JSON',
          signal,
          read: (body) => partOf(body, at, title, server),
        });
        yield { ...pageOf(part.items), ...(part.total > 0 && { expected: part.total }) };
        total = part.total;
        cursor += part.count;
      }
    },
  };
}

function partOf(body: string, cursor: number, title: string, server: BiorxivOptions['server']) {
  const answer = Answer.safeParse(parseJson(body, title));
  if (!answer.success) throw new SourceError('garbled', `${title} sent no list of papers`);
  const { messages, collection } = answer.data;
  // A day without papers: `{"messages":[{"status":"no posts found"}],"collection":[]}`.
  const total = messages[0]?.total ?? collection.length;
  const count = messages[0]?.count ?? collection.length;
  if (count === 0 && cursor < total) {
    throw new SourceError('garbled', `${title} sent an empty page, of ${total} papers`);
  }
  const items = collection.map((raw, index): Listing | Flaw => {
    const parsed = Item.safeParse(raw);
    if (parsed.success) return toListing(parsed.data, server);
    const doi = z.object({ doi: z.string() }).safeParse(raw).data?.doi;
    return { item: doi ?? `item ${cursor + index + 1}`, reason: problems(parsed.error) };
  });
  return { total, count, items };
}

function toListing(item: Item, server: BiorxivOptions['server']): Listing | Flaw {
  const title = oneLine(item.title);
  const id = statedIdentity({ doi: item.doi, title });
  if (typeof id !== 'string') return { item: item.doi, ...id };
  const abstract = prose(item.abstract);
  const withdrawn =
    /withdrawn/i.test(item.type) || /^withdrawn\b/i.test(title)
      ? abstract || 'Withdrawn by the authors.'
      : withdrawalIn(undefined, abstract);
  const update = item.version !== undefined && item.version > 1;
  return {
    kind: withdrawn ? 'withdrawn' : update ? 'update' : 'new',
    paper: {
      id,
      title,
      abstract,
      authors: item.authors
        .split(';')
        .map(nameFirst)
        .filter((name) => name !== ''),
      categories: item.category ? [oneLine(item.category)] : [],
      url: `https://www.${server}.org/content/${item.doi}v${item.version || 1}`,
      doi: item.doi,
      // The date is of this version.
      ...known({
        published: update ? undefined : item.date,
        version: item.version || undefined,
        withdrawn,
      }),
    },
  };
}

/** `Quinn, A. J.` → `A. J. Quinn` */
function nameFirst(name: string): string {
  const [family = '', given = ''] = oneLine(name).split(/,\s*(.*)/);
  return `${given} ${family}`.trim();
}
