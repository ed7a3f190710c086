/** The evaluation sets' files, plain or gzipped, and what is made of them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { type Passage, passage } from '../src/answer/passages.ts';
import type { Rarity } from '../src/answer/question.ts';
import { type Paper, paperIdOf } from '../src/model/paper.ts';

const Query = z.object({ id: z.string(), text: z.string() });
const Document = z.object({ id: z.string(), title: z.string().optional(), abstract: z.string() });
const Divided = z.object({ id: z.string(), sentences: z.array(z.string()) });
const Selection = z.object({
  qid: z.string(),
  text: z.string(),
  doc: z.string(),
  sentences: z.array(z.string()),
  gold: z.array(z.number()).optional(),
});
const Rationale = z.object({
  qid: z.string(),
  doc: z.string(),
  evidence_sets: z.array(z.array(z.number())),
});
export type Query = z.infer<typeof Query>;
export type Selection = z.infer<typeof Selection>;
export type Rationale = z.infer<typeof Rationale>;

export interface Dataset {
  /** By the set's own document id; with its sentences where the set numbers them. */
  documents: ReadonlyMap<string, { paper: Paper; passages?: Passage[] }>;
  queries: Query[];
  /** Questions with their paper given. */
  selection: Selection[];
  rationales: Rationale[];
}

/** Reads a set's directory; what it does not have is empty. */
export function readDataset(directory: string): Dataset {
  const read = <Row>(name: string, schema: z.ZodType<Row>): Row[] => {
    const path = join(directory, `${name}.ndjson`);
    const text = existsSync(path)
      ? readFileSync(path, 'utf8')
      : existsSync(`${path}.gz`)
        ? gunzipSync(readFileSync(`${path}.gz`)).toString('utf8')
        : '';
    return text
      .split('\n')
      .flatMap((line) => (line.trim() ? [schema.parse(JSON.parse(line))] : []));
  };
  const divided = new Map(read('corpus_sentences', Divided).map((row) => [row.id, row.sentences]));
  const corpus = read('corpus', Document);
  const documents = new Map<string, { paper: Paper; passages?: Passage[] }>();
  for (const { id, title, abstract } of corpus) {
    const sentences = divided.get(id);
    const paper = paperOf(id, title ?? '', abstract);
    documents.set(id, sentences ? { paper, passages: passagesFrom(sentences) } : { paper });
  }
  for (const [id, sentences] of divided) {
    if (documents.has(id)) continue;
    documents.set(id, {
      paper: paperOf(id, '', sentences.join(' ')),
      passages: passagesFrom(sentences),
    });
  }
  return {
    documents,
    queries: read('queries', Query),
    selection: read('selection', Selection),
    rationales: read('rationales', Rationale),
  };
}

/** The sentences as the set divides and numbers them. */
export function passagesFrom(sentences: readonly string[]): Passage[] {
  return sentences.map((text, index) => passage(text.trim(), index));
}

/** A paper of a set, whose documents have no identity of ours. */
export function paperOf(id: string, title: string, abstract: string): Paper {
  return {
    id: paperIdOf({ title: id }),
    title: title || id,
    abstract,
    authors: [],
    categories: [],
  };
}

/** How rare words are among these texts. */
export function rarityIn(texts: Iterable<string>): Rarity {
  const counts = new Map<string, number>();
  let papers = 0;
  for (const text of texts) {
    papers += 1;
    for (const term of passage(text, 0).terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  return { papers, having: (term) => counts.get(term) ?? 0 };
}

/** A random order that is the same on every run, and another for every seed. */
export function shuffled<Item>(items: readonly Item[], seed: string): Item[] {
  const keyed = items.map((item, at) => ({ item, key: hashOf(`${seed}/${at}`) }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

/** The papers of the development half, by their ids; the other half is for measuring only. */
export function isDevelopment(document: string): boolean {
  return hashOf(document) % 2 === 0;
}

/** FNV-1a with a final mix: 32 bits that depend on every character. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 12)) >>> 0;
}
