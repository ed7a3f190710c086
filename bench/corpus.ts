/** The documents of an evaluation set as papers. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { type Paper, paperIdOf } from '../src/model/paper.ts';

export const Id = z.union([z.string(), z.number()]).transform(String);
const Document = z.object({
  id: Id,
  title: z.string().nullish(),
  abstract: z.string().nullish(),
  authors: z.array(z.string()).nullish(),
});

/** Papers with the set's own identities beside them. */
export async function readCorpus(folder: string): Promise<{ paper: Paper; id: string }[]> {
  return (await lines(`${folder}/corpus.ndjson`)).map((line) => {
    const { id, title, abstract, authors } = Document.parse(line);
    const paper: Paper = {
      id: paperIdOf({ doi: `10.9999/${encodeURIComponent(id)}`, title: '' }),
      title: title ?? '',
      abstract: abstract ?? '',
      authors: authors ?? [],
      categories: [],
    };
    return { paper, id };
  });
}

/** The same for the worker that builds the index. */
export default async function* papersOf(folder: unknown): AsyncGenerator<Paper[]> {
  yield (await readCorpus(String(folder))).map(({ paper }) => paper);
}

/** The lines of an NDJSON file or of its `.gz`. */
export async function lines(file: string): Promise<unknown[]> {
  const text = existsSync(file)
    ? await readFile(file, 'utf8')
    : gunzipSync(await readFile(`${file}.gz`)).toString('utf8');
  return text.split('\n').flatMap((line) => (line.trim() ? [JSON.parse(line)] : []));
}
