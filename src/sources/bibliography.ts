/**
 * BibTeX, BibLaTeX and RIS files, as reference managers write them. Every entry is parsed by itself, so that
 * one with a missing brace does not swallow those after it.
 */
import { BibLatexParser, RISParser } from 'biblatex-csl-converter';
import { z } from 'zod';
import { Paper, paperIdIn } from '../model/paper.ts';
import { statedIdentity } from './identity.ts';
import { known } from './known.ts';
import { problems } from './listings.ts';
import type { PaperLine } from './ndjson.ts';
import { oneLine, prose } from './words.ts';

/** Text with marks, as the parser gives it; what is no text (a citation, an unknown string) is left out. */
const Text = z
  .array(z.object({ text: z.string().default('') }).catch({ text: '' }))
  .transform((nodes) => nodes.map(({ text }) => text).join(''))
  .or(z.string());

const Name = z.object({
  literal: Text.default(''),
  given: Text.default(''),
  prefix: Text.default(''),
  family: Text.default(''),
  suffix: Text.default(''),
});

const Entry = z.object({
  fields: z.object({
    title: Text.default(''),
    abstract: Text.default(''),
    author: z.array(Name).default([]).catch([]),
    date: Text.optional().catch(undefined),
    doi: Text.optional().catch(undefined),
    url: Text.optional().catch(undefined),
    eprint: Text.optional().catch(undefined),
    eprinttype: Text.optional().catch(undefined),
    eprintclass: Text.optional().catch(undefined),
    keywords: z.array(Text).optional().catch(undefined),
    note: Text.optional().catch(undefined),
  }),
});
type Fields = z.infer<typeof Entry>['fields'];

interface Parsed {
  entries: Record<number, unknown>;
  errors: { type: string; expected?: string }[];
}

/** The papers of a BibTeX or BibLaTeX file. */
export function* readBibtex(text: string): Generator<PaperLine> {
  const chunks = chunksAt(text, /^[^\S\n]*@/);
  const strings = chunks.filter((chunk) => /^\s*@string\b/i.test(chunk.text));
  const prefix = strings.map((chunk) => chunk.text).join('\n');
  for (const { line, text } of chunks) {
    if (!/^\s*@/.test(text) || /^\s*@(?:string|comment|preamble)\b/i.test(text)) continue;
    const parse = () => new BibLatexParser(`${prefix}\n${text}`, { processUnknown: true }).parse();
    yield fromEntry(line, parse);
  }
}

/** The papers of a RIS file. */
export function* readRis(text: string): Generator<PaperLine> {
  for (const { line, text: record } of chunksAt(text, /^TY {2}-/)) {
    if (!/^TY {2}-/.test(record)) continue;
    // A line without a tag goes on with the one before it, which the parser would drop.
    const joined = record.replace(/\r?\n(?![A-Z][A-Z0-9] {2}-)(?=.*\S)/g, ' ');
    yield fromEntry(line, () => new RISParser(joined).parse());
  }
}

/** A text in parts that each begin with a line like `start`, and what stands before the first. */
function chunksAt(text: string, start: RegExp): { line: number; text: string }[] {
  const chunks: { line: number; lines: string[] }[] = [];
  text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .forEach((content, index) => {
      const last = chunks.at(-1);
      if (!last || start.test(content)) chunks.push({ line: index + 1, lines: [content] });
      else last.lines.push(content);
    });
  return chunks.map(({ line, lines }) => ({ line, text: lines.join('\n') }));
}

function fromEntry(line: number, parse: () => Parsed): PaperLine {
  let parsed: Parsed;
  try {
    parsed = parse();
  } catch {
    return { line, reason: 'is not an entry that can be read' };
  }
  const [error] = parsed.errors;
  if (error) {
    const expected = error.expected ? `: a ${error.expected} is missing` : '';
    return { line, reason: `is not an entry that can be read${expected}` };
  }
  const entry = Entry.safeParse(Object.values(parsed.entries)[0]);
  if (!entry.success) return { line, reason: 'is not an entry that can be read' };
  const paper = toPaper(entry.data.fields);
  if ('reason' in paper) return { line, ...paper };
  const checked = Paper.safeParse(paper);
  return checked.success ? { paper } : { line, reason: problems(checked.error) };
}

function toPaper(fields: Fields): Paper | { reason: string } {
  const title = oneLine(fields.title);
  if (title === '') return { reason: 'title is missing' };
  const isArxiv = /^arxiv$/i.test(fields.eprinttype ?? '');
  const link = URL.parse(fields.url ?? '');
  const url = link && /^https?:$/.test(link.protocol) ? link.href : undefined;
  const doi = fields.doi && paperIdIn(fields.doi);
  const id = statedIdentity({
    title,
    arxiv: isArxiv && fields.eprint ? fields.eprint : undefined,
    // A DOI of arXiv's names the arXiv id.
    id: doi || (url && paperIdIn(url)) || undefined,
  });
  if (typeof id !== 'string') return id;
  return {
    id,
    title,
    abstract: prose(fields.abstract),
    authors: fields.author.map(nameOf).filter((name) => name !== ''),
    categories: isArxiv && fields.eprintclass ? [oneLine(fields.eprintclass)] : [],
    ...known({
      published: dateOf(fields.date),
      url,
      doi: doi?.startsWith('doi:') ? doi.slice('doi:'.length) : undefined,
      comment: fields.note && oneLine(fields.note),
      keywords: fields.keywords?.map(oneLine).filter((keyword) => keyword !== ''),
    }),
  };
}

const nameOf = ({ literal, given, prefix, family, suffix }: z.infer<typeof Name>) =>
  oneLine(literal || [given, prefix, family, suffix].filter(Boolean).join(' '));

/** `2021-05-03`, `2021/05/03/` and `2021-05/2022-01` → `2021-05-03`, `2021-05-03`, `2021-05`. */
function dateOf(written: string | undefined): string | undefined {
  const [, year, month, day] =
    /^(\d{4})(?:[-/](0[1-9]|1[0-2])(?!\d)(?:[-/](0[1-9]|[12]\d|3[01])(?!\d))?)?/.exec(
      written ?? '',
    ) ?? [];
  return year && [year, month, day].filter(Boolean).join('-');
}
