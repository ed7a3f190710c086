/** Real papers to measure with: 100,000 drawn from arXiv, and more made of them where more are asked for. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { type Paper, paperIdOf } from '../src/model/paper.ts';

/** What the files hold of a paper, whatever else. */
const Line = z.object({
  id: z.string(),
  title: z.string().min(1),
  abstract: z.string().default(''),
  authors: z.array(z.string()).default([]),
  categories: z.array(z.string()).default([]),
  published: z.string().optional(),
  upvotes: z.number().optional(),
});

export interface Wanted {
  /** Folder of the files. */
  data: string;
  papers: number;
}

const files = ['arxiv-cs-100k.ndjson.gz', 'arxiv-daily-2025-10-11.ndjson.gz'];

/** Batches of papers: those of the files once, then again and again, each with half of another's abstract. */
export default async function* papersFrom(wanted: unknown): AsyncGenerator<Paper[]> {
  const { data, papers } = wanted as Wanted;
  let left = papers;
  for (let round = 0; left > 0; round += 1) {
    let before = '';
    for (const file of files) {
      for await (const batch of batches(`${data}/${file}`)) {
        const made = batch.slice(0, left).map((paper) => {
          const made = round ? varied(paper, before, round) : paper;
          before = paper.abstract;
          return made;
        });
        yield made;
        left -= made.length;
        if (left <= 0) return;
      }
    }
  }
}

function varied(paper: Paper, other: string, round: number): Paper {
  const half = (text: string) => text.slice(0, text.length / 2);
  return {
    ...paper,
    id: paperIdOf({ doi: `10.9999/${round}/${paper.id}`, title: paper.title }),
    title: `${paper.title} ${round}`,
    abstract: `${half(paper.abstract)} ${half(other)}`,
  };
}

async function* batches(file: string, size = 500): AsyncGenerator<Paper[]> {
  let batch: Paper[] = [];
  // Unpacked ahead while whoever asked is busy with what it got.
  const input = createReadStream(file).pipe(createGunzip({ chunkSize: 2 ** 20 }));
  try {
    for await (const line of createInterface({ input })) {
      if (!line) continue;
      const { id, ...rest } = Line.parse(JSON.parse(line));
      const arxiv = id.replace(/^arxiv:/, '');
      batch.push({ ...rest, id: paperIdOf({ arxiv, title: rest.title }) });
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
  } finally {
    input.destroy();
  }
  if (batch.length) yield batch;
}

export async function readPapers(wanted: Wanted): Promise<Paper[]> {
  const papers: Paper[] = [];
  for await (const batch of papersFrom(wanted)) papers.push(...batch);
  return papers;
}
