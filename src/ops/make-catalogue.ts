/**
 * Makes the first catalogue from a captured Daily Papers page:
 *
 *   npm run make:catalogue -- <page.txt> [--enriched <file.ndjson>] [--out data/papers.ndjson]
 *
 * Title and abstract are those of the page, to the letter. A file of facts found elsewhere
 * (`--enriched`: n, title, arxiv_id, authors, published, categories, upvotes) adds what it states
 * and nothing else. The same input gives the same bytes.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { UserError } from '../errors.ts';
import { normaliseTitle } from '../model/paper.ts';
import { readPapers } from '../sources/ndjson.ts';
import { type PagePaper, parsePage } from '../sources/page.ts';

/** What was found elsewhere about the page's n-th paper. */
const Facts = z.object({
  /** Its number on the page, from 1. */
  n: z.number().int().positive(),
  title: z.string(),
  arxiv_id: z.string().nullish(),
  authors: z.array(z.string()).nullish(),
  published: z.string().nullish(),
  categories: z.array(z.string()).nullish(),
  upvotes: z.number().int().nonnegative().nullish(),
});
type Facts = z.infer<typeof Facts>;

/**
 * The catalogue as NDJSON, one record a paper in the page's order.
 * @throws UserError with the line of the page or of the facts that does not hold up.
 */
export async function makeCatalogue(page: string, enriched = ''): Promise<string> {
  const papers = parsePage(page);
  const facts = readFacts(enriched, papers);
  const records = papers.map(({ title, abstract }, index) => {
    const found = facts.get(index + 1);
    return {
      title,
      abstract,
      arxiv: found?.arxiv_id ?? undefined,
      authors: found?.authors ?? undefined,
      published: found?.published ?? undefined,
      categories: found?.categories ?? undefined,
      upvotes: found?.upvotes ?? undefined,
    };
  });
  const catalogue = records.map((record) => `${JSON.stringify(record)}\n`).join('');
  // Whoever loads the catalogue reads it this way: what that would report is found here.
  for await (const result of readPapers(catalogue)) {
    if ('paper' in result) continue;
    throw new UserError(
      `Paper ${result.line} of the page, "${papers[result.line - 1]?.title}", ${result.reason}; correct what the enriched file says of it.`,
    );
  }
  return catalogue;
}

/** Facts by the number of the paper they are about. */
function readFacts(ndjson: string, papers: PagePaper[]): Map<number, Facts> {
  const facts = new Map<number, Facts>();
  for (const [index, text] of ndjson.split('\n').entries()) {
    if (text.trim() === '') continue;
    const where = `Line ${index + 1} of the enriched file`;
    const found = parseFacts(text, where);
    const paper = papers[found.n - 1];
    if (!paper) {
      throw new UserError(
        `${where} is about paper ${found.n}, but the page has ${papers.length}; is it for another page?`,
      );
    }
    if (normaliseTitle(paper.title) !== normaliseTitle(found.title)) {
      throw new UserError(
        `${where} calls paper ${found.n} "${found.title}", but on the page it is "${paper.title}"; correct its number or remove it.`,
      );
    }
    if (facts.has(found.n)) {
      throw new UserError(`${where} is about paper ${found.n} again; keep one of the two.`);
    }
    facts.set(found.n, found);
  }
  return facts;
}

function parseFacts(text: string, where: string): Facts {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new UserError(`${where} is not valid JSON; correct or remove it.`, { cause });
  }
  const facts = Facts.safeParse(json);
  if (facts.success) return facts.data;
  const [issue] = facts.error.issues;
  throw new UserError(
    `${where} does not fit: ${issue?.path.join('.')}: ${issue?.message}; correct or remove it.`,
  );
}

const usage =
  'Usage: npm run make:catalogue -- <page.txt> [--enriched <file.ndjson>] [--out data/papers.ndjson]';

async function main(args: string[]): Promise<void> {
  const { values, positionals } = parseCommandLine(args);
  const [pagePath] = positionals;
  if (!pagePath || positionals.length > 1) throw new UserError(usage);
  const page = await readText(pagePath);
  const enriched = values.enriched === undefined ? undefined : await readText(values.enriched);
  const catalogue = await makeCatalogue(page, enriched);
  await writeFile(values.out, catalogue);
  console.log(`${values.out}: ${catalogue.split('\n').length - 1} papers.`);
}

function parseCommandLine(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        enriched: { type: 'string' },
        out: { type: 'string', default: 'data/papers.ndjson' },
      },
    });
  } catch (cause) {
    throw new UserError(usage, { cause });
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new UserError(`The file ${path} cannot be read; check its name.`, { cause });
  }
}

if (import.meta.main) {
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
