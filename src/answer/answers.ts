/** The answers service: finds papers, reads them, answers from what they say. Its ports are passed in. */
import type { Answered, Prose } from '../model/answer.ts';
import type { Paper, PaperId } from '../model/paper.ts';
import { answer, type FoundPaper, PAPERS_READ } from './answer.ts';
import type { Rarity } from './question.ts';
import type { Writer } from './writer.ts';

/** Among which papers an answer is looked for; all of them when nothing is said. */
export interface Among {
  /** A topic's query. */
  topic?: string | undefined;
  /** These papers alone. */
  within?: readonly PaperId[] | undefined;
}

/** What of a paper is read beside its abstract, or instead of it. */
export type PaperText = Pick<FoundPaper, 'sections' | 'passages'>;

/** The papers, as answers need them. */
export interface Library {
  rarity(): Rarity;
  /** Papers that speak of what the question speaks of, best first, and how many were looked through. */
  find(
    question: string,
    among: Among,
    limit: number,
  ): Promise<{ found: readonly FoundPaper[]; searched: number }>;
  /** More of these papers than their abstracts, where there is more. */
  texts?(papers: readonly PaperId[]): Promise<ReadonlyMap<PaperId, PaperText>>;
}

export interface AskOptions extends Among {
  /** The one paper that is asked. */
  paper?: Paper | undefined;
  signal?: AbortSignal | undefined;
  onStage?: ((stage: 'searching' | 'reading') => void) | undefined;
  /** Whose budget a written answer comes from. */
  workspace: string;
  /** Told of the answer without prose, and again with every sentence that comes. */
  onWriting?: ((soFar: Answered) => void) | undefined;
}

export interface Answers {
  /** Throws what the signal was aborted with. */
  ask(question: string, options: AskOptions): Promise<Answered>;
}

export function createAnswers(library: Library, writer?: Writer): Answers {
  return {
    async ask(question, options) {
      const { paper, topic, within, workspace, signal, onStage, onWriting } = options;
      onStage?.('searching');
      const { found, searched } = paper
        ? { found: [{ paper, score: 1 }], searched: 1 }
        : await library.find(question, { topic, within }, PAPERS_READ);
      signal?.throwIfAborted();
      onStage?.('reading');
      const texts = await library.texts?.(found.map((each) => each.paper.id));
      signal?.throwIfAborted();
      const read = found.map((each) => ({ ...each, ...texts?.get(each.paper.id) }));
      const given = { rarity: library.rarity(), isPaperGiven: paper !== undefined };
      const answered = { ...answer(question, read, given), searched };
      if (answered.kind === 'refusal' || !writer) return answered;
      const onProse = (sentences: Prose['sentences']) =>
        onWriting?.({ ...answered, prose: { sentences } });
      onProse([]);
      const prose = await writer.write(question, answered.quotes, { workspace, signal, onProse });
      return { ...answered, prose };
    },
  };
}
