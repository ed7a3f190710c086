/**
 * Hugging Face Daily Papers, a day at a time. https://huggingface.co/docs/hub/api and the client's own
 * description of the answer, https://github.com/huggingface/huggingface_hub (`PaperInfo`).
 */
import { z } from 'zod';
import { calendarFor } from './calendar.ts';
import { endpoint } from './endpoint.ts';
import { type Http, parseJson } from './http.ts';
import { statedIdentity } from './identity.ts';
import { known } from './known.ts';
import { createPages, problems } from './listings.ts';
import { type Flaw, type Listing, type Source, SourceError } from './source.ts';
import { oneLine, prose } from './words.ts';

/** The most the service gives at once. */
const LIMIT = 100;
/** A day has had some 100 papers; past this the answer leads in circles. */
const PAGES_MAX = 50;

// What is not needed to know a paper may be wrong without costing us the paper.
const maybe = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
const name = maybe(z.string());
const count = maybe(z.number().int().nonnegative());
const link = maybe(z.url({ protocol: /^https?$/, normalize: true }));
const person = maybe(z.object({ fullname: name, name }));

const Item = z.object({
  paper: z.object({
    id: z.string(),
    title: z.string().min(1),
    summary: maybe(z.string()),
    authors: maybe(z.array(z.object({ name: z.string(), hidden: maybe(z.boolean()) }))),
    publishedAt: maybe(z.iso.datetime({ offset: true })),
    submittedOnDailyBy: person,
    upvotes: count,
    projectPage: link,
    githubRepo: link,
    organization: person,
    ai_summary: maybe(z.string()),
    ai_keywords: maybe(z.array(z.string())),
  }),
  thumbnail: link,
  numComments: count,
  submittedBy: person,
  organization: person,
});
type Item = z.infer<typeof Item>;

export interface HuggingFaceOptions {
  /** `https://huggingface.co` */
  url: string;
  http: Http;
  calendar?: ReturnType<typeof calendarFor>;
}

export function createHuggingFace({
  url,
  http,
  calendar = calendarFor('huggingface'),
}: HuggingFaceOptions): Source {
  const first = (day: string) => {
    const address = endpoint(url, 'api/daily_papers');
    address.search = new URLSearchParams({ date: day, limit: String(LIMIT) }).toString();
    return address;
  };
  return {
    name: 'huggingface',
    title: 'Hugging Face Daily Papers',
    ...calendar,
    async *list(day, signal) {
      const asked = new Set<string>();
      const pageOf = createPages();
      for (let next: URL | undefined = first(day); next; ) {
        if (asked.has(next.href) || asked.size === PAGES_MAX) {
          throw new SourceError('garbled', 'Hugging Face leads from one page in circles');
        }
        asked.add(next.href);
        const here: URL = next;
        const read = await http({
          url: here,
          expect: 'JSON',
          signal,
          read: (body, headers) => ({
            page: pageOf(itemsOf(body)),
            next: nextPage(headers.get('link'), here),
          }),
        });
        yield read.page;
        next = read.next;
      }
    },
  };
}

/**
 * `Link: <https://huggingface.co/api/daily_papers?p=1&…>; rel="next"`. Only its query is taken, so that the
 * way goes on at the address that is configured.
 */
function nextPage(header: string | null, here: URL): URL | undefined {
  const target = /<([^>]*)>\s*;\s*rel="?next"?/i.exec(header ?? '')?.[1];
  const search = target && URL.parse(target, here.href)?.search;
  return search ? new URL(search, here) : undefined;
}

function itemsOf(body: string): (Listing | Flaw)[] {
  const items = z.array(z.unknown()).safeParse(parseJson(body, 'Hugging Face'));
  if (!items.success) throw new SourceError('garbled', 'Hugging Face sent no list of papers');
  return items.data.map((raw, index) => {
    const parsed = Item.safeParse(raw);
    if (parsed.success) return toListing(parsed.data);
    return { item: idOf(raw) ?? `item ${index + 1}`, reason: problems(parsed.error) };
  });
}

function idOf(raw: unknown): string | undefined {
  return z.object({ paper: z.object({ id: z.string() }) }).safeParse(raw).data?.paper.id;
}

function toListing(item: Item): Listing | Flaw {
  const { paper } = item;
  const title = oneLine(paper.title);
  const id = statedIdentity({ arxiv: paper.id, title });
  if (typeof id !== 'string') return { item: paper.id, ...id };
  const submitter = paper.submittedOnDailyBy ?? item.submittedBy;
  const organisation = paper.organization ?? item.organization;
  const facts = {
    published: paper.publishedAt,
    upvotes: paper.upvotes,
    comments: item.numComments,
    thumbnail: item.thumbnail,
    aiSummary: paper.ai_summary && prose(paper.ai_summary),
    keywords: paper.ai_keywords?.map(oneLine),
    code: paper.githubRepo,
    project: paper.projectPage,
    submitter: shown(submitter),
    organisation: shown(organisation),
  };
  return {
    kind: 'new',
    paper: {
      id,
      title,
      abstract: prose(paper.summary ?? ''),
      authors: (paper.authors ?? [])
        .filter(({ hidden }) => !hidden)
        .map((one) => oneLine(one.name)),
      categories: [],
      ...known(facts),
    },
  };
}

const shown = (who: { fullname?: string | undefined; name?: string | undefined } | undefined) =>
  who && oneLine(who.fullname || who.name || '');
