/** Whole texts on request: from the store, else a file of the operator's, else arXiv's page or PDF. */
import { Refusal } from '../errors.ts';
import type { Document, FullText, Reading } from '../model/full-text.ts';
import type { Paper, PaperId } from '../model/paper.ts';
import { documentIn, fileNameOf } from './files.ts';
import { readApart } from './read-apart.ts';
import { UnreadableError } from './unreadable.ts';

export interface ReaderPorts {
  /** The newest version at arXiv; undefined when there is none of that kind. */
  fetch(kind: Document['kind'], id: string, signal: AbortSignal): Promise<Document | undefined>;
  store: {
    put(text: FullText): Promise<void>;
    get(papers: readonly PaperId[]): Promise<Map<PaperId, FullText>>;
  };
  /** Where the operator's files lie. */
  folder: string | undefined;
  /** Bytes of a document, at most. */
  maxBytes: number;
  now(): Date;
}

/** A person waits no longer for arXiv. */
const FETCH_MS = 60_000;
/** A page with fewer letters is no paper. */
const LETTERS_LEAST = 200;

type Read = Pick<FullText, 'from' | 'sections'> & { version?: number | undefined };

/** Gives a paper's text, and whether it was stored. Throws `Refusal` when it cannot be had. */
export function createReader({ fetch, store, folder, maxBytes, now }: ReaderPorts) {
  /** Two people who ask for the same paper wait for one reading. */
  const reading = new Map<PaperId, Promise<FullText>>();

  async function readNow(paper: Paper): Promise<FullText> {
    const { version, from, sections } = (await fromFolder(paper)) ?? (await fromArxiv(paper));
    // The catalogue has the abstract already.
    const kept = paper.abstract
      ? sections.filter(({ name }) => !/^abstract$/i.test(name))
      : sections;
    const known = version ?? paper.version;
    const text: FullText = {
      paper: paper.id,
      ...(known && { version: known }),
      from,
      readAt: now().toISOString(),
      sections: kept,
    };
    await store.put(text);
    return text;
  }

  async function fromFolder({ id }: Paper): Promise<Read | undefined> {
    if (folder === undefined) return undefined;
    const found = await documentIn(folder, id, maxBytes);
    if (!found) return undefined;
    const { version, sections } = enough(await readApart(found.document));
    return { from: 'file', version: found.version ?? version, sections };
  }

  async function fromArxiv({ id }: Paper): Promise<Read> {
    if (!id.startsWith('arxiv:')) {
      throw new Refusal(
        `I read from arXiv, and this paper is not there.${folder === undefined ? '' : ` Whoever runs me can put it into ${folder} as ${fileNameOf(id)}.pdf.`}`,
      );
    }
    const name = id.slice('arxiv:'.length);
    const signal = AbortSignal.timeout(FETCH_MS);
    const page = await fetch('html', name, signal);
    const read = page && (await readApart(page).catch(ifUnreadable));
    if (read && isEnough(read)) return { from: 'arxiv-html', ...read };
    const pdf = await fetch('pdf', name, signal);
    if (pdf) return { from: 'arxiv-pdf', ...enough(await readApart(pdf)) };
    throw new Refusal(`arXiv has neither a page nor a PDF of ${name}; it may have been withdrawn.`);
  }

  return {
    async read(paper: Paper): Promise<{ text: FullText; wasStored: boolean }> {
      const stored = (await store.get([paper.id])).get(paper.id);
      const isCurrent = stored && (stored.version ?? Infinity) >= (paper.version ?? 0);
      if (isCurrent) return { text: stored, wasStored: true };
      const started =
        reading.get(paper.id) ?? readNow(paper).finally(() => reading.delete(paper.id));
      reading.set(paper.id, started);
      try {
        return { text: await started, wasStored: false };
      } catch (cause) {
        if (stored) return { text: stored, wasStored: true };
        throw cause instanceof UnreadableError
          ? new Refusal(`This paper cannot be read: its document ${cause.message}.`, { cause })
          : cause;
      }
    },
  };
}

function isEnough({ sections }: Reading): boolean {
  return sections.reduce((sum, { text }) => sum + text.length, 0) >= LETTERS_LEAST;
}

function enough(read: Reading): Reading {
  if (!isEnough(read)) throw new UnreadableError('has hardly any text');
  return read;
}

function ifUnreadable(error: unknown): undefined {
  if (!(error instanceof UnreadableError)) throw error;
}
