/**
 * Papers from newline-delimited JSON, one record a line: the shape of `data/papers.ndjson` and of
 * files people bring. A line that does not hold up is reported; the others load.
 */
import { z } from 'zod';
import { type Paper, type PaperId, paperIdIn } from '../model/paper.ts';
import { statedIdentity } from './identity.ts';
import { LINE_MAX, linesOf } from './lines.ts';
import { withdrawalIn } from './withdrawal.ts';

/** A paper, or the number of a line (from 1) and why it holds none. */
export type PaperLine = { paper: Paper } | { line: number; reason: string };

const absent = <T extends z.ZodType>(schema: T) =>
  schema.nullish().transform((value) => value ?? undefined);

// PostgreSQL refuses NUL in text, and half a surrogate pair changes when it is written as UTF-8.
const storable = (schema: z.ZodString) =>
  schema
    .refine((value) => !value.includes('\0'), 'holds a NUL character')
    .refine((value) => value.isWellFormed(), 'holds half a character (a lone surrogate)');

const text = storable(
  z.string({ error: ({ input }) => (input === undefined ? 'is missing' : undefined) }),
);

/** 2407.0943 as a number may have been 2407.09430: which one, nobody can tell. */
const quotedId = storable(
  z.string({
    error: ({ input }) =>
      typeof input === 'number'
        ? 'must stand in quotes, "2407.09430", because a number loses its last zeros'
        : undefined,
  }),
);

/** Normalised, because a URL parser forgives spaces and line breaks that a link may not hold. */
const link = z.url({
  protocol: /^https?$/,
  normalize: true,
  error: 'is not a link that starts with http:// or https://',
});

const Record = z.object({
  id: absent(quotedId),
  arxiv: absent(quotedId),
  doi: absent(quotedId),
  title: text.refine((value) => value.trim() !== '', 'is empty'),
  abstract: absent(text),
  authors: absent(z.array(text)),
  published: absent(
    z.union([z.iso.date(), z.iso.datetime({ offset: true })], {
      error: 'is not a date such as 2024-07-12 or 2024-07-12T09:30:00Z',
    }),
  ),
  categories: absent(z.array(text)),
  upvotes: absent(z.number().int('is not a whole number').nonnegative('is less than 0')),
  url: absent(link),
  thumbnail: absent(link),
  comment: absent(text),
  version: absent(z.number().int('is not a whole number').positive('is less than 1')),
});
type Record = z.infer<typeof Record>;

/**
 * The papers and faults of a text, or of lines as they arrive (bytes are decoded as UTF-8). Memory
 * grows by one identity a paper, which is how a second line with the same paper is noticed.
 */
export async function* readPapers(
  source: string | AsyncIterable<string | Uint8Array>,
): AsyncGenerator<PaperLine> {
  const firstSeen = new Map<PaperId, number>();
  let line = 0;
  for await (const raw of typeof source === 'string' ? source.split('\n') : source) {
    line += 1;
    const result = readLine(raw, line === 1);
    if (result === undefined) continue;
    if (typeof result === 'string') {
      yield { line, reason: result };
      continue;
    }
    const earlier = firstSeen.get(result.id);
    if (earlier !== undefined) {
      yield { line, reason: `is the same paper as line ${earlier} (${result.id}), which stays` };
      continue;
    }
    firstSeen.set(result.id, line);
    yield { paper: result };
  }
}

/**
 * The same from a file, unpacked on the way when its name ends in `.gz`.
 * @throws UserError when the file cannot be read or unpacked.
 */
export function readPapersFile(
  path: string,
  onRead?: (bytes: number) => void,
): AsyncGenerator<PaperLine> {
  return readPapers(linesOf(path, onRead));
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A paper, the reason why there is none, or undefined for a blank line. */
function readLine(raw: string | Uint8Array, isFirst: boolean): Paper | string | undefined {
  if (raw.length > LINE_MAX) return `is longer than ${LINE_MAX / 1024 / 1024} MB`;
  let json: unknown;
  try {
    let decoded = typeof raw === 'string' ? raw : utf8.decode(raw);
    if (isFirst) decoded = decoded.replace(/^\uFEFF/, '');
    if (decoded.trim() === '') return undefined;
    json = JSON.parse(decoded);
  } catch (error) {
    if (!(error instanceof SyntaxError)) return 'is not UTF-8 text';
    const position = /at position (\d+)/.exec(error.message)?.[1];
    return `is not valid JSON${position ? ` (character ${Number(position) + 1})` : ''}`;
  }
  const record = Record.safeParse(json);
  if (record.success) return toPaper(record.data);
  const reasons = record.error.issues.map(({ path, message }) => describe(path, message));
  const id = Named.safeParse(json).data;
  return `${reasons.join('; ')}${id ? ` (${id})` : ''}`;
}

/** The paper that a faulty record says it is, for whoever looks for it. */
const Named = z
  .object({ id: absent(quotedId), arxiv: absent(quotedId), doi: absent(quotedId) })
  .transform(({ id, arxiv, doi }) => paperIdIn(arxiv ?? id ?? doi ?? ''));

function describe(path: PropertyKey[], message: string): string {
  const problem = message.replace(/^Invalid input: /, '');
  if (path.length === 0) return `is not a record: ${problem}`;
  return `${path.map(String).join('.')} ${problem}`;
}

function toPaper(record: Record): Paper | string {
  const id = statedIdentity(record);
  if (typeof id !== 'string') return id.reason;
  const { published, upvotes, url, thumbnail, comment, version } = record;
  const doi = record.doi && paperIdIn(record.doi);
  const withdrawn = withdrawalIn(comment, record.abstract ?? '');
  return {
    id,
    title: record.title,
    abstract: record.abstract ?? '',
    authors: record.authors ?? [],
    ...(published !== undefined && { published }),
    categories: record.categories ?? [],
    ...(upvotes !== undefined && { upvotes }),
    ...(url !== undefined && { url }),
    ...(thumbnail !== undefined && { thumbnail }),
    ...(doi?.startsWith('doi:') && { doi: doi.slice('doi:'.length) }),
    ...(comment !== undefined && { comment }),
    ...(version !== undefined && { version }),
    ...(withdrawn !== undefined && { withdrawn }),
  };
}
